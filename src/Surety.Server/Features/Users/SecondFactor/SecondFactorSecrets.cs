namespace Surety.Server.Features.Users;

/// <summary>What a user sees once of their second factor.</summary>
internal sealed record SecondFactorSecrets
{
    /// <summary>The key for the authenticator, base32; in the first step.</summary>
    public string? Secret { get; init; }

    /// <summary>The same as a URI, to be shown as a QR code.</summary>
    public string? Uri { get; init; }

    /// <summary>In the second step.</summary>
    public IReadOnlyList<string>? ScratchCodes { get; init; }
}
