using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>Somebody has signed in as a user, or tried to. (account-management, LoginHistory.)</summary>
[NotAudited("signing in is an entry of its own")]
internal sealed class LoginAttempt : IEntity, IAccountOwned
{
    /// <summary>Kept of each user; older ones go.</summary>
    public const int Kept = 5;

    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId UserId { get; init; }

    public bool Success { get; init; }

    public required string IpAddress { get; init; }

    public required string UserAgent { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
