using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.ApiKeys;

/// <summary>An API key: the name, rights and proof of an application. (account-management, ApiKeyInfoResp.)</summary>
[Audited("api_key", Label = nameof(Name))]
internal sealed class ApiKey : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>What stands for the key where others stand as well, and belongs to policy groups.</summary>
    public required Subject Subject { get; init; }

    public required string Name { get; set; }

    public ApiKeyStatus Status { get; set; } = ApiKeyStatus.Active;

    /// <summary>The user that owns the key; none for the key of the first run.</summary>
    public EntityId? Owner { get; set; }

    /// <summary>32 bytes; see <see cref="ApiKeySecret"/>.</summary>
    [Secret]
    public required byte[] SecretHash { get; set; }

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
