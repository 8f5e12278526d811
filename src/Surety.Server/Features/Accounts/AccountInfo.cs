using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Surety.Server.Api;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Accounts;

/// <summary>An account as the API shows it.</summary>
internal record AccountInfo
{
    /// <summary>Always <c>account</c>.</summary>
    public string Object { get; init; } = "account";

    public EntityId Id { get; init; }

    public EntityId? ParentId { get; init; }

    /// <summary>In answers to a tenant about itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ParentAccountInfo? ParentAccount { get; init; }

    public string DisplayName { get; init; } = "";

    public AccountStatus Status { get; init; }

    /// <summary>Why the status is what it is.</summary>
    public string? Reason { get; init; }

    /// <summary><c>0</c> free, <c>1</c> commercial, <c>2</c> partner.</summary>
    public string Tier { get; init; } = "";

    public string EndMarket { get; init; } = "";

    public string Etag { get; init; } = "";

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? AddressLine1 { get; init; }

    public string? AddressLine2 { get; init; }

    public string? City { get; init; }

    public string? Company { get; init; }

    public string? Contact { get; init; }

    public string? ContractNumber { get; init; }

    public string? Country { get; init; }

    public string? CustomerNumber { get; init; }

    public string? Email { get; init; }

    public string? PhoneNumber { get; init; }

    public string? PostalCode { get; init; }

    public string? SalesContact { get; init; }

    public string? State { get; init; }

    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = new Dictionary<string, string?>();

    public IReadOnlyList<string> NotificationEmails { get; init; } = [];

    /// <summary>Minutes without a request after which a session ends.</summary>
    public int IdleTimeout { get; init; }

    public MfaStatus MfaStatus { get; init; }

    public PasswordPolicy? PasswordPolicy { get; init; }

    /// <summary>Minutes that the link in a recovery mail is good.</summary>
    public int PasswordRecoveryExpiration { get; init; }

    public int? ExpirationWarningThreshold { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>With <c>include=limits</c>; deprecated in favour of <see cref="Limitations"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Limits { get; init; }

    /// <summary>With <c>include=limits</c>; empty, because Surety limits nothing by contract.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AccountLimitation>? Limitations { get; init; }

    /// <summary>With <c>include=policies</c>: every feature, since an account has them all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FeaturePolicy>? Policies { get; init; }

    /// <summary>With <c>include=sub_accounts</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AccountInfo>? SubAccounts { get; init; }

    /// <summary>With <c>include=history</c>; empty, because Surety sells no tiers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? TierHistory { get; init; }

    /// <summary><paramref name="account"/>, with the parts that <paramref name="include"/> names, but for the tenants.</summary>
    public static AccountInfo Of(Account account, IReadOnlyCollection<string> include) => Fill(new AccountInfo(), account, include);

    /// <summary>Puts what is to be said of <paramref name="account"/> in place of what <paramref name="empty"/> says.</summary>
    public static T Fill<T>(T empty, Account account, IReadOnlyCollection<string> include)
        where T : AccountInfo => (T)((AccountInfo)empty with
        {
            Id = account.Id,
            ParentId = account.ParentId,
            DisplayName = account.DisplayName,
            Status = account.Status,
            Reason = account.Reason,
            Tier = account.Tier,
            EndMarket = account.EndMarket,
            Etag = account.Version.ToString(CultureInfo.InvariantCulture),
            Aliases = [.. account.Aliases],
            AddressLine1 = account.Profile.AddressLine1,
            AddressLine2 = account.Profile.AddressLine2,
            City = account.Profile.City,
            Company = account.Profile.Company,
            Contact = account.Profile.Contact,
            ContractNumber = account.Profile.ContractNumber,
            Country = account.Profile.Country,
            CustomerNumber = account.Profile.CustomerNumber,
            Email = account.Profile.Email,
            PhoneNumber = account.Profile.PhoneNumber,
            PostalCode = account.Profile.PostalCode,
            SalesContact = account.Profile.SalesContact,
            State = account.Profile.State,
            CustomFields = JsonSerializer.Deserialize<Dictionary<string, string?>>(account.CustomFields)!,
            NotificationEmails = [.. account.NotificationEmails],
            IdleTimeout = account.IdleTimeout ?? AccountPolicy.DefaultIdleTimeout,
            MfaStatus = account.MfaStatus,
            PasswordPolicy = new PasswordPolicy { MinimumLength = account.PasswordMinimumLength ?? AccountPolicy.DefaultMinimumLength },
            PasswordRecoveryExpiration = account.PasswordRecoveryExpiration ?? AccountPolicy.DefaultPasswordRecovery,
            ExpirationWarningThreshold = account.ExpirationWarningThreshold,
            CreatedAt = account.CreatedAt,
            UpdatedAt = account.UpdatedAt,
            Limits = include.Contains("limits") ? new Dictionary<string, string>() : null,
            Limitations = include.Contains("limits") ? [] : null,
            Policies = include.Contains("policies") ? FeaturePolicies.OfAccount() : null,
            SubAccounts = include.Contains("sub_accounts") ? [] : null,
            TierHistory = include.Contains("history") ? [] : null,
        });
}
