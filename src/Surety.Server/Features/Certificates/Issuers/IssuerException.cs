namespace Surety.Server.Features.Certificates;

/// <summary>An external authority did not issue; the message says why, in words for an operator, and holds no secret.</summary>
internal sealed class IssuerException(string message, Exception? inner = null) : Exception(message, inner);
