using Surety.Server.Features.Accounts;
using Surety.Server.Storage;

namespace Surety.Server.Features.ApiKeys;

/// <summary>An API key: the name, rights and proof of an application. (account-management, ApiKeyInfoResp.)</summary>
internal sealed class ApiKey : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public required string Name { get; set; }

    public ApiKeyStatus Status { get; set; } = ApiKeyStatus.Active;

    /// <summary>The user that owns the key; none for the key of the first run.</summary>
    public EntityId? Owner { get; set; }

    /// <summary>Member of the policy group <c>Administrators</c>.</summary>
    public bool IsAdministrator { get; set; }

    /// <summary>32 bytes; see <see cref="ApiKeySecret"/>.</summary>
    public required byte[] SecretHash { get; set; }

    /// <summary>Counts changes; the etag.</summary>
    public int Version { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The last use, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>What stands for the key where users stand as well.</summary>
    public Subject ToSubject() => new() { Id = Id, AccountId = AccountId };
}
