namespace Surety.Server.Features.IdentityProviders;

/// <summary>What a browser brings from a provider. (RFC 6749, 4.1.2; RFC 9207, 2.)</summary>
/// <param name="Code">To be exchanged for an ID token.</param>
/// <param name="Issuer">Who answers, if the answer says so.</param>
/// <param name="Error">Why there is no code.</param>
internal sealed record SignInAnswer(string? Code, string? Issuer, string? Error);
