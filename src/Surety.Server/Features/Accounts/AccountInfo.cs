using System.Globalization;
using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Accounts;

/// <summary>An account as the API shows it.</summary>
internal sealed record AccountInfo
{
    /// <summary>Always <c>account</c>.</summary>
    public string Object { get; init; } = "account";

    public required EntityId Id { get; init; }

    public required string DisplayName { get; init; }

    public required AccountStatus Status { get; init; }

    /// <summary><c>0</c> free, <c>1</c> commercial, <c>2</c> partner.</summary>
    public required string Tier { get; init; }

    public required string EndMarket { get; init; }

    public required string Etag { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public EntityId? ParentId { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>With <c>include=limits</c>; deprecated in favour of <see cref="Limitations"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Limits { get; init; }

    /// <summary>With <c>include=limits</c>; empty, because Surety limits nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Limitations { get; init; }

    /// <summary>With <c>include=policies</c>; empty, because every feature is allowed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Policies { get; init; }

    /// <summary>With <c>include=sub_accounts</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AccountInfo>? SubAccounts { get; init; }

    public static AccountInfo Of(Account account, IReadOnlyCollection<string> include) => new()
    {
        Id = account.Id,
        ParentId = account.ParentId,
        DisplayName = account.DisplayName,
        Status = account.Status,
        Tier = account.Tier,
        EndMarket = account.EndMarket,
        Etag = account.Version.ToString(CultureInfo.InvariantCulture),
        CreatedAt = account.CreatedAt,
        UpdatedAt = account.UpdatedAt,
        Limits = include.Contains("limits") ? new Dictionary<string, string>() : null,
        Limitations = include.Contains("limits") ? [] : null,
        Policies = include.Contains("policies") ? [] : null,
        SubAccounts = include.Contains("sub_accounts") ? [] : null,
    };
}
