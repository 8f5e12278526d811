using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Dtls;

/// <summary>A certificate of ours with its private key, or a key alone (RFC 7250). The key is used by many handshakes at once, for signing only.</summary>
public sealed class DtlsCertificate : IDisposable
{
    private readonly ECDsa _key;

    /// <summary>A certificate to show.</summary>
    /// <param name="certificate">Has its private key: ECDSA on P-256, which every device understands (RFC 7925, 4.4), or P-384.</param>
    /// <param name="intermediates">Sent along, the issuer of <paramref name="certificate"/> first; without the root (RFC 7925, 4.4.6).</param>
    /// <exception cref="ArgumentException">There is no private key, or one of another kind.</exception>
    public DtlsCertificate(X509Certificate2 certificate, IEnumerable<X509Certificate2>? intermediates = null)
        : this(
            (certificate ?? throw new ArgumentNullException(nameof(certificate))).GetECDsaPrivateKey()
                ?? throw new ArgumentException($"The certificate of '{certificate.Subject}' comes without an ECDSA private key.", nameof(certificate)),
            [certificate.RawData, .. (intermediates ?? []).Select(element => element.RawData)])
    {
    }

    /// <summary>A raw public key.</summary>
    /// <param name="key">Has its private part: on P-256 or P-384.</param>
    public DtlsCertificate(ECDsa key)
        : this(key ?? throw new ArgumentNullException(nameof(key)), [])
    {
    }

    private DtlsCertificate(ECDsa key, byte[][] chain)
    {
        _key = key;
        Chain = [.. chain.Select(element => new ReadOnlyMemory<byte>(element))];
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
        if (!EcPublicKey.TryRead(SubjectPublicKeyInfo.Span, out EcPublicKey publicKey))
            throw new ArgumentException("The key must be on P-256 or P-384.", nameof(key));
        Curve = publicKey.Curve;
    }

    /// <summary>DER, the own certificate first; empty for a raw public key.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chain { get; }

    /// <summary>DER of the public key.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    internal NamedGroup Curve { get; }

    internal SignatureScheme Scheme => Curve == NamedGroup.Secp256r1 ? SignatureScheme.EcdsaSecp256r1Sha256 : SignatureScheme.EcdsaSecp384r1Sha384;

    /// <summary>Releases the key.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>Signs with <see cref="Scheme"/>.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA384.HashSizeInBytes];
        hash = hash[..CryptoBackend.Hash(Curve == NamedGroup.Secp256r1 ? PrfHash.Sha256 : PrfHash.Sha384, data, hash)];
        return _key.SignHash(hash.ToArray(), DSASignatureFormat.Rfc3279DerSequence);
    }
}
