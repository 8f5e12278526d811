namespace Surety.Dtls;

/// <summary>The pre-shared keys of a server (RFC 4279). Called from any thread.</summary>
public interface IPreSharedKeyStore
{
    /// <summary>Finds the key of an identity.</summary>
    /// <param name="identity">Whatever the client sent, at most 128 bytes.</param>
    /// <returns>The key; null when there is no such identity, which the client does not learn: its handshake fails as with a wrong key.</returns>
    ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity);

    /// <summary>Asked when a session is resumed, on the thread of the engine, so from memory: there still is this identity. The default: there is.</summary>
    /// <param name="identity">An identity that the client has proven before.</param>
    bool IsStillKnown(ReadOnlyMemory<byte> identity) => true;
}
