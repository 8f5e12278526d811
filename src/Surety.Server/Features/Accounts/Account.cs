using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>An account: the tenant that owns devices, keys, users and certificates. (account-management, AccountInfo.)</summary>
[Audited("account", Label = nameof(DisplayName))]
internal sealed class Account : IEntity
{
    public EntityId Id { get; init; }

    /// <summary>The account that administers this one; null for one that stands alone. Parents have no parents.</summary>
    public EntityId? ParentId { get; init; }

    public required string DisplayName { get; set; }

    public AccountStatus Status { get; set; } = AccountStatus.Active;

    /// <summary><c>0</c> free, <c>1</c> commercial, <c>2</c> partner.</summary>
    public required string Tier { get; set; }

    public string EndMarket { get; set; } = "";

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }
}
