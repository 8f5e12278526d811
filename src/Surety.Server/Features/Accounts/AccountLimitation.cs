using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Accounts;

/// <summary>How much of something an account may have. (account-management, AccountLimitation.)</summary>
internal sealed record AccountLimitation
{
    /// <summary>Always <c>limitation</c>.</summary>
    public string Object { get; init; } = "limitation";

    public required EntityId Id { get; init; }

    public required string Etag { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>As many as there may be.</summary>
    public required int Limit { get; init; }

    /// <summary>As many as there may be in a billing period; 0: that is not counted.</summary>
    public int Quota { get; init; }

    public bool Inherited { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}
