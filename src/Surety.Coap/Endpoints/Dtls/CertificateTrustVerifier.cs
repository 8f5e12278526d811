using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Dtls;

namespace Surety.Coap;

/// <summary>
/// Verifies certificates of DTLS and TLS peers. What devices usually have is accepted by a check that costs little; all else is judged by the
/// platform's, which says in words what is wrong.
/// </summary>
internal sealed class CertificateTrustVerifier : IPeerVerifier
{
    private readonly CertificateTrust _trust;
    private readonly TrustAnchors _usual;

    public CertificateTrustVerifier(CertificateTrust trust)
    {
        _trust = trust;
        var anchors = new TrustAnchorSet(trust.Anchors.Select(anchor => anchor.RawDataMemory));
        AnchorSets = trust.LiveAnchors is { } live ? [anchors, live] : [anchors];
        _usual = new TrustAnchors(anchors, trust.LiveAnchors, trust.Intermediates.Select(intermediate => intermediate.RawData))
        {
            ExpiryGrace = trust.ExpiryGrace,
            FindRevocation = trust.FindRevocation,
        };
    }

    public IReadOnlyList<TrustAnchorSet> AnchorSets { get; }

    public PeerVerification VerifyCertificate(IReadOnlyList<byte[]> chain, bool isServer, string? serverName, DateTimeOffset now)
    {
        PeerVerification verification = _usual.VerifyCertificate(chain, isServer, serverName, now);
        if (verification.Credential is null)
            verification = VerifyUnusual(chain, isServer, serverName, now);
        return verification.Credential is { } credential && Refuse(credential) is { } refusal ? PeerVerification.Refused(refusal.Alert, refusal.Reason) : verification;
    }

    public PeerVerification VerifyRawPublicKey(ReadOnlyMemory<byte> subjectPublicKeyInfo, bool isServer)
    {
        if (_trust.FindRawPublicKey is not { } find)
            return PeerVerification.Refused(AlertDescription.CertificateUnknown, "raw public keys are not accepted here");
        if (!find(subjectPublicKeyInfo))
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo.Span));
            return PeerVerification.Refused(AlertDescription.CertificateUnknown, $"the raw public key with the SHA-256 {hash} is not known here: enter it for its device");
        }

        var credential = new PeerCredential.RawPublicKey(subjectPublicKeyInfo.ToArray());
        return Refuse(credential) is { } refusal ? PeerVerification.Refused(refusal.Alert, refusal.Reason) : PeerVerification.Accepted(credential);
    }

    /// <remarks>Without the chain of then there may be no path; but the anchor and the certificate can be asked about.</remarks>
    public bool IsStillTrusted(PeerCredential credential, DateTimeOffset now) => credential switch
    {
        PeerCredential.Certificate => _usual.IsStillTrusted(credential, now) && Refuse(credential) is null,
        PeerCredential.RawPublicKey key => _trust.FindRawPublicKey?.Invoke(key.SubjectPublicKeyInfo) == true && Refuse(credential) is null,
        _ => true,
    };

    private PeerRefusal? Refuse(PeerCredential credential) => _trust.FindRefusal?.Invoke(DtlsConversion.ToIdentity(credential));

    private PeerVerification VerifyUnusual(IReadOnlyList<byte[]> chain, bool isServer, string? serverName, DateTimeOffset now)
    {
        List<X509Certificate2> certificates = [];
        try
        {
            foreach (byte[] element in chain)
                certificates.Add(X509CertificateLoader.LoadCertificate(element));
            CertificateVerification verification = CertificateVerifier.Verify(certificates, _trust, isServer, now);
            string? problem = verification.Problem ?? (isServer && serverName is not null ? CertificateVerifier.CheckName(certificates[0], serverName) : null);
            return problem is null
                ? PeerVerification.Accepted(new PeerCredential.Certificate(chain[0], verification.Anchor!))
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

    private static AlertDescription GetAlert(X509Certificate2 certificate, DateTimeOffset now) =>
        now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime() ? AlertDescription.CertificateExpired : AlertDescription.CertificateUnknown;
}
