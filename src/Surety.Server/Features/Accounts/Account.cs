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

    public AccountProfile Profile { get; set; } = new();

    /// <summary>Other ids of the account, in lower case; each belongs to one account only, see <see cref="AccountAlias"/>.</summary>
    public List<string> Aliases { get; set; } = [];

    /// <summary>Whom to write to about the account.</summary>
    public List<string> NotificationEmails { get; set; } = [];

    /// <summary>At most ten members, as JSON.</summary>
    public string CustomFields { get; set; } = "{}";

    /// <summary>Why <see cref="Status"/> is what it is; for people.</summary>
    public string? Reason { get; set; }

    /// <summary>Minutes; a session ends after this time without a request. Null: <see cref="AccountPolicy.DefaultIdleTimeout"/>.</summary>
    public int? IdleTimeout { get; set; }

    /// <summary>Characters; null: <see cref="AccountPolicy.DefaultMinimumLength"/>.</summary>
    public int? PasswordMinimumLength { get; set; }

    /// <summary>Minutes that the link in a recovery mail is good; null: <see cref="AccountPolicy.DefaultPasswordRecovery"/>.</summary>
    public int? PasswordRecoveryExpiration { get; set; }

    /// <summary>Days before the end of the account's contract at which it is warned; the API keeps it, Surety ends no account.</summary>
    public int? ExpirationWarningThreshold { get; set; }

    public MfaStatus MfaStatus { get; set; } = MfaStatus.Optional;

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }
}
