namespace Surety.Pki;

/// <summary>A factory box cannot do what it was told; the message says why and what to do.</summary>
public sealed class FactoryException(string message, Exception? inner = null) : Exception(message, inner);
