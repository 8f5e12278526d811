namespace Surety.Server.Features.IdentityProviders;

/// <summary>A key that an identity provider signs its ID tokens with. (account-management, IdpPublicKey.)</summary>
/// <param name="Kid">What the provider calls it; empty: it has no name.</param>
/// <param name="Key">A SubjectPublicKeyInfo, PEM.</param>
internal sealed record IdpPublicKey(string? Kid, string? Key);
