using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Dtls;

namespace Surety.Coap;

/// <summary>
/// Verifies certificates of DTLS peers as those of TLS peers are. What devices usually have is accepted by a check that costs little; all else
/// is judged by the same code as over TLS, which says in words what is wrong.
/// </summary>
internal sealed class CertificateTrustVerifier : IPeerVerifier
{
    private readonly CertificateTrust _trust;
    private readonly TrustAnchors? _usual;

    public CertificateTrustVerifier(CertificateTrust trust)
    {
        _trust = trust;
        // Whoever finds anchors or revocations wants to see certificates, and sees them on the slow way.
        if (trust.FindRevocation is null)
            _usual = new TrustAnchors(trust.Anchors.Select(anchor => anchor.RawData), trust.Intermediates.Select(intermediate => intermediate.RawData));
    }

    public PeerVerification VerifyCertificate(IReadOnlyList<byte[]> chain, bool isServer, string? serverName, DateTimeOffset now)
    {
        if (_usual?.VerifyCertificate(chain, isServer, serverName, now) is { Credential: not null } usual)
            return usual;
        List<X509Certificate2> certificates = [];
        try
        {
            foreach (byte[] element in chain)
                certificates.Add(X509CertificateLoader.LoadCertificate(element));
            if (certificates[0].GetECDsaPublicKey() is null)
                return PeerVerification.Refused(AlertDescription.UnsupportedCertificate, $"{CertificateVerifier.Describe(certificates[0])} has no key for ECDSA");
            CertificateVerification verification = CertificateVerifier.Verify(certificates, _trust, isServer, now);
            string? problem = verification.Problem ?? (isServer && serverName is not null ? CertificateVerifier.CheckName(certificates[0], serverName) : null);
            return problem is null
                ? PeerVerification.Accepted(new PeerCredential.Certificate(chain[0], verification.Identity!.TrustAnchorThumbprint.ToArray()))
                : PeerVerification.Refused(GetAlert(certificates[0], now), problem);
        }
        catch (CryptographicException e)
        {
            return PeerVerification.Refused(AlertDescription.BadCertificate, "the certificate cannot be read: " + e.Message);
        }
        finally
        {
            foreach (X509Certificate2 certificate in certificates)
                certificate.Dispose();
        }
    }

    public bool IsStillTrusted(PeerCredential credential, DateTimeOffset now)
    {
        if (credential is not PeerCredential.Certificate known)
            return true;
        if (_usual is not null)
            return _usual.IsStillTrusted(credential, now) && IsAnchor(known);
        // Without the chain of then there may be no path; but the anchor and the certificate can be asked about.
        // A session that is resumed by its id comes without the certificate: a full handshake shows it.
        if (known.RawData.IsEmpty)
            return false;
        X509Certificate2? anchor = _trust.Anchors.FirstOrDefault(candidate => HasThumbprint(candidate, known));
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(known.RawData.Span);
        return anchor is not null && now <= certificate.NotAfter.ToUniversalTime() && _trust.FindRevocation?.Invoke(certificate, anchor) is null;
    }

    private bool IsAnchor(PeerCredential.Certificate known) => _trust.Anchors.Any(candidate => HasThumbprint(candidate, known));

    private static bool HasThumbprint(X509Certificate2 candidate, PeerCredential.Certificate known)
    {
        Span<byte> thumbprint = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(candidate.RawDataMemory.Span, thumbprint);
        return thumbprint.SequenceEqual(known.TrustAnchorThumbprint.Span);
    }

    private static AlertDescription GetAlert(X509Certificate2 certificate, DateTimeOffset now) =>
        now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime() ? AlertDescription.CertificateExpired : AlertDescription.CertificateUnknown;
}
