using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Users;

/// <summary>A session of a user as the API shows it.</summary>
internal sealed record ActiveSession
{
    /// <summary>Always <c>user-session</c>.</summary>
    public string Object { get; init; } = "user-session";

    public required EntityId AccountId { get; init; }

    public required string IpAddress { get; init; }

    public required string UserAgent { get; init; }

    /// <summary>Names the session; it is not the token and opens nothing.</summary>
    public required string ReferenceToken { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset LoginTime { get; init; }

    public static ActiveSession Of(UserSession session) => new()
    {
        AccountId = session.AccountId,
        IpAddress = session.IpAddress,
        UserAgent = session.UserAgent,
        ReferenceToken = $"rt_{session.Id}",
        CreatedAt = session.CreatedAt,
        LoginTime = session.CreatedAt,
    };
}
