namespace Surety.Server.Features.Notifications;

/// <summary>A webhook's host has no address that the operator permits.</summary>
internal sealed class ForbiddenAddressException(string message) : IOException(message);
