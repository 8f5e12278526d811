using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Applications;

/// <summary>A key of an application. (account-management, AccessKey.)</summary>
[Audited("access_key", Label = nameof(Name))]
internal sealed class AccessKey : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId ApplicationId { get; init; }

    public Application Application { get; init; } = null!;

    public required string Name { get; set; }

    public string? Description { get; set; }

    public ApiKeyStatus Status { get; set; } = ApiKeyStatus.Active;

    /// <summary>From then on the key authenticates nobody; null for never.</summary>
    public DateTimeOffset? Expiration { get; set; }

    /// <summary>32 bytes; see <see cref="ApiKeySecret"/>.</summary>
    [Secret]
    public required byte[] SecretHash { get; init; }

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The last use, to the minute.</summary>
    [NotAudited("every use")]
    public DateTimeOffset? LastUsedAt { get; set; }
}
