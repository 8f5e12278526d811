namespace Surety.Dtls;

/// <summary>The pre-shared keys of a server (RFC 4279). Called from any thread.</summary>
public interface IPreSharedKeyStore
{
    /// <summary>Finds the key of an identity.</summary>
    /// <param name="identity">Whatever the client sent, at most 128 bytes.</param>
    /// <returns>The key; null when there is no such identity, which the client does not learn: its handshake fails as with a wrong key.</returns>
    ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity);
}
