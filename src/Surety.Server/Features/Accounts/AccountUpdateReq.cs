using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Accounts;

/// <summary>What to change of the caller's account. A member that is absent or null stays as it is.</summary>
internal record AccountUpdateReq : AccountReq
{
    [MaxLength(100)]
    public string? EndMarket { get; init; }

    [Description("At most 10 members of texts.")]
    public IReadOnlyDictionary<string, string?>? CustomFields { get; init; }

    [Range(1, 180)]
    public int? ExpirationWarningThreshold { get; init; }

    [Description("Minutes without a request after which a session ends.")]
    [Range(1, 120)]
    public int? IdleTimeout { get; init; }

    [Description("enforced: users without a second factor can do nothing but set one up.")]
    public MfaStatus? MfaStatus { get; init; }

    [Description("Whom to write to about the account, at most 100 addresses.")]
    public IReadOnlyList<string>? NotificationEmails { get; init; }

    public PasswordPolicy? PasswordPolicy { get; init; }

    [Description("Minutes that the link in a recovery mail is good.")]
    [Range(1, 45)]
    public int? PasswordRecoveryExpiration { get; init; }
}
