using System.Text.Json;
using Surety.Server.Api;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>Somebody who tells an account who its users are, by OpenID Connect. (account-management, IdentityProviderInfo.)</summary>
[Audited("identity_provider", Label = nameof(Name))]
internal sealed class IdentityProvider : IEntity, IAccountOwned
{
    private static readonly JsonSerializerOptions Format = CreateFormat();

    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public IdentityProviderStatus Status { get; set; }

    /// <summary>An <see cref="OidcInfo"/> as JSON, without secret and keys.</summary>
    public required string OidcAttributes { get; set; }

    /// <summary>Encrypted by <see cref="Hosting.SecretProtector"/>; null: the provider knows this server by its id alone.</summary>
    [Secret]
    public byte[]? ProtectedClientSecret { get; set; }

    /// <summary>The keys that sign ID tokens, as JSON.</summary>
    public string SigningKeys { get; set; } = "[]";

    /// <summary>When they were read at the provider; null: never.</summary>
    [NotAudited("goes with the keys")]
    public DateTimeOffset? SigningKeysReadAt { get; set; }

    /// <summary>The provider says of itself that its answers name it (RFC 9207, 3), so one that does not is another's.</summary>
    public bool NamesItself { get; set; }

    /// <summary>The provider takes the secret in the body alone, and not as RFC 6749, 2.3.1 prefers.</summary>
    public bool TakesSecretInBody { get; set; }

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>What <see cref="ProtectedClientSecret"/> is encrypted for.</summary>
    public static string PurposeOf(EntityId id) => $"identity-provider/{id}";

    /// <summary>The attributes, without secret and keys.</summary>
    public OidcInfo Attributes() => JsonSerializer.Deserialize<OidcInfo>(OidcAttributes, Format)!;

    /// <summary>The keys that sign ID tokens.</summary>
    public IReadOnlyList<IdpPublicKey> Keys() => JsonSerializer.Deserialize<IReadOnlyList<IdpPublicKey>>(SigningKeys, Format)!;

    /// <summary>What <see cref="OidcAttributes"/> keeps.</summary>
    public static string Write(OidcInfo attributes) => JsonSerializer.Serialize(attributes with { ClientSecret = null, Keys = null }, Format);

    /// <summary>What <see cref="SigningKeys"/> keeps.</summary>
    public static string Write(IReadOnlyList<IdpPublicKey> keys) => JsonSerializer.Serialize(keys, Format);

    private static JsonSerializerOptions CreateFormat()
    {
        var options = new JsonSerializerOptions();
        Json.Configure(options);
        return options;
    }
}
