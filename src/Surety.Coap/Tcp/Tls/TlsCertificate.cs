using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Dtls;

namespace Surety.Coap;

/// <summary>A certificate of ours with its private key, and the certificates that lead from it towards a trust anchor of the peer.</summary>
public sealed class TlsCertificate
{
    private readonly Lazy<DtlsCertificate?> _dtls;

    /// <summary>A certificate to show.</summary>
    /// <param name="certificate">Has its private key. ECDSA on P-256 is what every device understands (RFC 7925, 4.4).</param>
    /// <param name="intermediates">Sent along, the issuer of <paramref name="certificate"/> first; without the root, which the peer has (RFC 7925, 4.4.6).</param>
    /// <exception cref="ArgumentException">There is no private key.</exception>
    public TlsCertificate(X509Certificate2 certificate, IEnumerable<X509Certificate2>? intermediates = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (!certificate.HasPrivateKey)
            throw new ArgumentException($"The certificate of '{certificate.Subject}' comes without its private key.", nameof(certificate));
        Certificate = certificate;
        Intermediates = [.. intermediates ?? []];
        _dtls = new Lazy<DtlsCertificate?>(CreateDtls);
        // Offline: the chain is what is given here, nothing is fetched.
        Context = SslStreamCertificateContext.Create(certificate, [.. Intermediates], offline: true);
    }

    /// <summary>The certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The certificates sent along.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates { get; }

    internal SslStreamCertificateContext Context { get; }

    /// <summary>The same for DTLS; null when the key is not one for ECDSA on P-256 or P-384.</summary>
    internal DtlsCertificate? Dtls => _dtls.Value;

    private DtlsCertificate? CreateDtls()
    {
        using ECDsa? key = Certificate.GetECDsaPublicKey();
        return key?.ExportParameters(includePrivateParameters: false).Curve.Oid.FriendlyName is "nistP256" or "nistP384" or "ECDSA_P256" or "ECDSA_P384"
            ? new DtlsCertificate(Certificate, Intermediates)
            : null;
    }
}
