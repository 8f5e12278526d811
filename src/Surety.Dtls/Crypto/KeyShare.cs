namespace Surety.Dtls;

/// <summary>An ephemeral key pair of ours.</summary>
internal abstract class KeyShare : IDisposable
{
    /// <summary>The longest shared secret, bytes.</summary>
    public const int MaxSecretLength = 48;

    /// <summary>As in a ServerKeyExchange: an uncompressed point, or 32 bytes of X25519.</summary>
    public abstract ReadOnlySpan<byte> PublicKey { get; }

    /// <summary>Agrees with a peer's public key.</summary>
    /// <param name="peerPublicKey">Whatever the peer sent.</param>
    /// <param name="secret">At least <see cref="MaxSecretLength"/> bytes.</param>
    /// <returns>The secret's length; 0 when the peer's key is not of the group.</returns>
    public abstract int Derive(ReadOnlySpan<byte> peerPublicKey, Span<byte> secret);

    public abstract void Dispose();
}
