using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>
/// A private key that signs with ECDSA, wherever it is: in this process, or in a token that never lets it out. Safe to use from any thread.
/// </summary>
public abstract class SigningKey : IDisposable
{
    private static readonly byte[] EcdsaWithSha256 = AlgorithmIdentifier(Oids.EcdsaWithSha256);
    private static readonly byte[] EcdsaWithSha384 = AlgorithmIdentifier(Oids.EcdsaWithSha384);

    /// <summary>Its public half.</summary>
    public abstract PublicKey PublicKey { get; }

    /// <summary>Its curve; SHA-256 goes with P-256 and SHA-384 with P-384.</summary>
    public abstract KeyCurve Curve { get; }

    /// <summary>What it hashes with.</summary>
    public HashAlgorithmName HashAlgorithm => Curve == KeyCurve.P384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>AlgorithmIdentifier of its signatures, DER (RFC 5758, 3.2).</summary>
    internal ReadOnlySpan<byte> SignatureAlgorithm => Curve == KeyCurve.P384 ? EcdsaWithSha384 : EcdsaWithSha256;

    /// <summary>Makes a key in this process.</summary>
    public static SigningKey Generate(KeyCurve curve = KeyCurve.P256) =>
        new SoftwareKey(ECDsa.Create(curve == KeyCurve.P384 ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256));

    /// <summary>A key of this process; it is disposed of with the result.</summary>
    /// <exception cref="SigningKeyException">It is neither on P-256 nor on P-384.</exception>
    public static SigningKey From(ECDsa key) => new SoftwareKey(key);

    /// <summary>Whether a name is that of a token's key, a <c>pkcs11:</c> URI, and not of a file.</summary>
    public static bool IsInToken(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.StartsWith(Pkcs11Uri.Scheme, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Opens a key by its name: a PEM file, or a token's key by a <c>pkcs11:</c> URI (RFC 7512).</summary>
    /// <param name="source">Path or URI.</param>
    /// <param name="passphrase">Of an encrypted file, or the PIN of a token when the URI has none.</param>
    /// <exception cref="SigningKeyException">The key cannot be opened; the message says why.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static SigningKey Open(string source, string? passphrase = null) =>
        IsInToken(source) ? Pkcs11Key.Open(source, passphrase) : From(PemFiles.ReadPrivateKey(source, passphrase));

    /// <summary>Signs; ECDSA-Sig-Value as DER (RFC 3279, 2.2.3).</summary>
    /// <exception cref="SigningKeyException">The key is out of reach.</exception>
    public abstract byte[] Sign(ReadOnlySpan<byte> data);

    /// <summary>Writes the key as PKCS #8, mode 0600; replaces what was there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="passphrase">Encrypts it with AES-256 (RFC 8018, PBES2); null: not encrypted.</param>
    /// <exception cref="SigningKeyException">The key is in a token.</exception>
    public virtual void Save(string path, string? passphrase = null) => throw new SigningKeyException("The key is in a token and does not leave it.");

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of the key.</summary>
    protected abstract void Dispose(bool disposing);

    private static byte[] AlgorithmIdentifier(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }
}
