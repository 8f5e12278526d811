using System.Globalization;
using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>An identity provider as the API shows it, without its secret.</summary>
internal sealed record IdentityProviderInfo
{
    /// <summary>Always <c>identity-provider</c>.</summary>
    public string Object { get; init; } = "identity-provider";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required string Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Description { get; init; }

    public IdentityProviderType Type { get; init; } = IdentityProviderType.Oidc;

    public required IdentityProviderStatus Status { get; init; }

    /// <summary>False: the default is the password.</summary>
    public bool IsDefault { get; init; }

    public required OidcInfo OidcAttributes { get; init; }

    public required string Etag { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    public static IdentityProviderInfo Of(IdentityProvider provider) => new()
    {
        Id = provider.Id,
        AccountId = provider.AccountId,
        Name = provider.Name,
        Description = provider.Description,
        Status = provider.Status,
        OidcAttributes = provider.Attributes() with { Keys = provider.Keys() },
        Etag = provider.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = provider.CreatedAt,
        UpdatedAt = provider.UpdatedAt,
    };
}
