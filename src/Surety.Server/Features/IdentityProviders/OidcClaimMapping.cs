using System.Text.Json.Serialization;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>What a provider calls the standard claims, where it has other names for them. (account-management, OIDCClaimMapping.)</summary>
internal sealed record OidcClaimMapping
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sub { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Email { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EmailVerified { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GivenName { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FamilyName { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PhoneNumber { get; init; }

    /// <summary>Kept for Pelion's clients: no profile is stored whose age could matter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UpdatedAt { get; init; }

    /// <inheritdoc cref="UpdatedAt"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UpdatedAtPattern { get; init; }

    /// <summary>Every name that is given, with what it is called in requests.</summary>
    [JsonIgnore]
    public IEnumerable<(string Member, string? Name)> All =>
    [
        ("sub", Sub), ("email", Email), ("email_verified", EmailVerified), ("name", Name), ("given_name", GivenName), ("family_name", FamilyName),
        ("phone_number", PhoneNumber), ("updated_at", UpdatedAt), ("updated_at_pattern", UpdatedAtPattern),
    ];
}
