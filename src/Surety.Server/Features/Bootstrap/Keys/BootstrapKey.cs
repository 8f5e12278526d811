using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Bootstrap;

/// <summary>A key that a device was given at its bootstrap: a pre-shared key, or the raw public key of the pair that was made for it.</summary>
[NotAudited("made and taken back by bootstraps, which are device events")]
internal sealed class BootstrapKey : IEntity, IAccountOwned
{
    /// <summary>Characters of an identity at most: a SHA-256 in hexadecimal.</summary>
    public const int IdentityLength = 64;

    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId DeviceId { get; init; }

    public required string EndpointName { get; init; }

    /// <summary>The PSK identity, random; of a raw public key the SHA-256 of its SubjectPublicKeyInfo, hexadecimal.</summary>
    public required string Identity { get; init; }

    /// <summary>The pre-shared key, encrypted (<see cref="Hosting.SecretProtector"/>); null: a raw public key, whose private key the device alone has.</summary>
    public byte[]? ProtectedSecret { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the device acknowledged the Finish; null: it has not, and the key is deleted when it does not.</summary>
    public DateTimeOffset? FinishedAt { get; set; }
}
