using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>
/// The primitives, all from the platform. Sessions hold bytes, never objects of this layer, so that an idle one costs nothing here. Safe to use
/// from any thread.
/// </summary>
internal abstract class CryptoBackend
{
    /// <summary>Calls of the libcrypto that .NET itself has loaded where that works, the base library elsewhere.</summary>
    public static CryptoBackend Default { get; } = OpenSslCrypto.TryCreate() ?? (CryptoBackend)new PlatformCrypto();

    /// <summary>Encrypts in place (AEAD ciphers only).</summary>
    public abstract void Seal(BulkCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additionalData, Span<byte> data, Span<byte> tag);

    /// <summary>Decrypts in place (AEAD ciphers only).</summary>
    /// <returns>False when the tag is not right; the data is then worth nothing.</returns>
    public abstract bool Open(
        BulkCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additionalData, Span<byte> data, ReadOnlySpan<byte> tag);

    /// <summary>The PRF of RFC 5246, 5.</summary>
    public abstract void Prf(PrfHash hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed, Span<byte> output);

    /// <summary>There are key pairs of this group.</summary>
    public abstract bool Supports(NamedGroup group);

    /// <summary>Makes an ephemeral key pair.</summary>
    public abstract KeyShare CreateKeyShare(NamedGroup group);

    /// <summary>Verifies an ECDSA signature.</summary>
    /// <param name="curve">The key's curve.</param>
    /// <param name="publicKey">The key: an uncompressed point, whatever the peer sent.</param>
    /// <param name="hash">What was signed.</param>
    /// <param name="signature">DER of Ecdsa-Sig-Value.</param>
    public abstract bool Verify(NamedGroup curve, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature);

    /// <summary>An uncompressed point has the length and the first byte that the curve asks for.</summary>
    protected static bool IsUncompressedPoint(NamedGroup curve, ReadOnlySpan<byte> point) =>
        point.Length == (curve == NamedGroup.Secp256r1 ? 65 : 97) && point[0] == 4;

    /// <summary>The hash of the transcript.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int Hash(PrfHash hash, ReadOnlySpan<byte> data, Span<byte> destination) =>
        hash == PrfHash.Sha256 ? SHA256.HashData(data, destination) : SHA384.HashData(data, destination);
}
