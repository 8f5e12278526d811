using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Users;

/// <summary>A sign-in of a user, or an attempt, as the API shows it.</summary>
internal sealed record LoginHistory
{
    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset Date { get; init; }

    public required bool Success { get; init; }

    public required string IpAddress { get; init; }

    public required string UserAgent { get; init; }

    public static LoginHistory Of(LoginAttempt attempt) => new()
    {
        Date = attempt.CreatedAt,
        Success = attempt.Success,
        IpAddress = attempt.IpAddress,
        UserAgent = attempt.UserAgent,
    };
}
