using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>A P-256 key that signs the tokens of users.</summary>
internal sealed class TokenKey : IEntity
{
    public EntityId Id { get; init; }

    /// <summary>The private key, PKCS #8, as <see cref="Hosting.SecretProtector"/> keeps it.</summary>
    public required byte[] SealedKey { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
