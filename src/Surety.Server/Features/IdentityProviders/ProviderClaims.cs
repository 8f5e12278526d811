namespace Surety.Server.Features.IdentityProviders;

/// <summary>What a provider says of somebody. (OpenID Connect Core, 5.1.)</summary>
internal sealed record ProviderClaims
{
    /// <summary>Of subjects (OpenID Connect Core, 2), and of what else is stored.</summary>
    public const int MaxLength = 255;

    /// <summary>Who it is at the provider.</summary>
    public required string Subject { get; init; }

    /// <summary>The address, if the provider vouches for it; null otherwise.</summary>
    public required string? VerifiedEmail { get; init; }

    public required string? FullName { get; init; }

    public required string? PhoneNumber { get; init; }

    /// <summary>The values of the claim that <see cref="OidcInfo.GroupMapping"/> names; null when there is none.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Reads claims by their standard names, or those that the provider has for them.</summary>
    /// <param name="attributes">The provider's names.</param>
    /// <param name="claim">The text of a claim: of booleans <c>true</c> or <c>false</c>; null when there is none.</param>
    /// <param name="list">The texts of a claim that may have several; null when there is none.</param>
    /// <returns>Null when they do not say who it is.</returns>
    public static ProviderClaims? Read(OidcInfo attributes, Func<string, string?> claim, Func<string, IReadOnlyList<string>?> list)
    {
        var mapping = attributes.ClaimMapping;
        var subject = Of(mapping?.Sub, "sub");
        if (string.IsNullOrEmpty(subject) || subject.Length > MaxLength || subject.Contains('\0', StringComparison.Ordinal))
            return null;
        var email = Of(mapping?.Email, "email");
        var isVerified = string.Equals(Of(mapping?.EmailVerified, "email_verified"), "true", StringComparison.OrdinalIgnoreCase);
        var names = $"{Of(mapping?.GivenName, "given_name")} {Of(mapping?.FamilyName, "family_name")}".Trim();
        return new ProviderClaims
        {
            Subject = subject,
            VerifiedEmail = isVerified && email is { Length: >= 3 and <= 254 } && IsAddress(email) ? email : null,
            FullName = Clean(Of(mapping?.Name, "name") ?? names),
            PhoneNumber = Clean(Of(mapping?.PhoneNumber, "phone_number")),
            Groups = attributes.GroupMapping is { } groups ? list(string.IsNullOrEmpty(groups.Claim) ? OidcGroupMapping.DefaultClaim : groups.Claim) : null,
        };

        string? Of(string? mapped, string standard) => claim(string.IsNullOrEmpty(mapped) ? standard : mapped);
    }

    private static bool IsAddress(string email) =>
        email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == email.LastIndexOf('@') && at < email.Length - 1 && !email.AsSpan().ContainsAnyInRange('\0', ' ');

    private static string? Clean(string? text) => text?.Replace("\0", "", StringComparison.Ordinal) is { } clean ? clean[..Math.Min(clean.Length, 100)] : null;
}
