using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.PreSharedKeys;

/// <summary>The pre-shared key of a device. Its identity in the handshake is the endpoint name, so that a name belongs to one account.</summary>
[Audited("pre_shared_key", Label = nameof(EndpointName))]
internal sealed class PreSharedKey : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>16 to 64 printable ASCII characters.</summary>
    public required string EndpointName { get; init; }

    /// <summary>The key, encrypted (<see cref="Hosting.SecretProtector"/>).</summary>
    [Secret]
    public required byte[] ProtectedSecret { get; init; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }
}
