using Surety.Dtls;

namespace Surety.Coap;

/// <summary>A client's identity and key, for one server (RFC 4279).</summary>
public sealed class TlsPreSharedKey
{
    /// <summary>The longest identity, bytes (RFC 7925, 4.2).</summary>
    public const int MaxIdentity = 128;

    /// <summary>The longest key, bytes (RFC 4279, 5.3).</summary>
    public const int MaxKey = 64;

    /// <summary>An identity with its key.</summary>
    /// <param name="identity">Sent in the clear; at most <see cref="MaxIdentity"/> bytes.</param>
    /// <param name="key">1 to <see cref="MaxKey"/> bytes; at least 16 random ones, to be worth something.</param>
    /// <exception cref="ArgumentException">One of them is too long, or there is no key.</exception>
    public TlsPreSharedKey(ReadOnlyMemory<byte> identity, ReadOnlyMemory<byte> key)
    {
        if (identity.Length > MaxIdentity)
            throw new ArgumentException($"An identity has at most {MaxIdentity} bytes.", nameof(identity));
        if (key.Length is 0 or > MaxKey)
            throw new ArgumentException($"A pre-shared key has 1 to {MaxKey} bytes.", nameof(key));
        Dtls = new PreSharedKeyCredential(identity, key);
    }

    /// <summary>One object for all connections: a session is resumed with the credential that it was made with.</summary>
    internal PreSharedKeyCredential Dtls { get; }
}
