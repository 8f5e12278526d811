namespace Surety.Server.Features.IdentityProviders;

/// <summary>An identity provider could not be used; the message says why, with the provider as its subject.</summary>
internal sealed class ProviderException(string message, Exception? inner = null) : Exception(message, inner);
