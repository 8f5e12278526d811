using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Applications;

/// <summary>
/// An application, which calls with any of its access keys: so a key is replaced while the application goes on. Rights, channels and subscriptions are the
/// application's. (account-management, Application.)
/// </summary>
[Audited("application", Label = nameof(Name))]
internal sealed class Application : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>What stands for the application where others stand as well, and belongs to policy groups.</summary>
    public required Subject Subject { get; init; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>No key of an inactive application authenticates; its channels and subscriptions are gone.</summary>
    public ApiKeyStatus Status { get; set; } = ApiKeyStatus.Active;

    /// <summary>Counts changes; the etag.</summary>
    [NotAudited("counts changes")]
    public int Version { get; set; } = 1;

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }

    public List<AccessKey> Keys { get; init; } = [];
}
