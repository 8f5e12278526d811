using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>A user who is signed in. (account-management, ActiveSession.)</summary>
[NotAudited("signing in is an entry of its own")]
internal sealed class UserSession : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId UserId { get; init; }

    public required string IpAddress { get; init; }

    public required string UserAgent { get; init; }

    /// <summary>Ids of the users that the sign-in has proven, one in each account: between these the session can switch.</summary>
    public List<string> ProvenUsers { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last request, to the minute.</summary>
    public DateTimeOffset LastUsedAt { get; set; }
}
