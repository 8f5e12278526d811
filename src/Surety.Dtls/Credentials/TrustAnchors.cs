using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>
/// Believes certificates whose path ends in one of a few anchors, ECDSA on P-256 and P-384 alone, and raw public keys of a list. Who needs more
/// asks it first and then somebody else.
/// </summary>
/// <param name="anchors">DER of the trust anchors.</param>
/// <param name="intermediates">DER of authorities under them, for peers that send their own certificate alone.</param>
/// <param name="rawPublicKeys">DER of the SubjectPublicKeyInfos that are known.</param>
public sealed class TrustAnchors(IEnumerable<byte[]> anchors, IEnumerable<byte[]>? intermediates = null, IEnumerable<byte[]>? rawPublicKeys = null) : IPeerVerifier
{
    private readonly byte[][] _anchors = [.. anchors];
    private readonly byte[][] _intermediates = [.. intermediates ?? []];
    private readonly HashSet<string> _rawPublicKeys = [.. (rawPublicKeys ?? []).Select(key => Convert.ToHexString(SHA256.HashData(key)))];

    /// <summary>Says whether a certificate was revoked. Default: none was.</summary>
    public Func<ReadOnlyMemory<byte>, bool>? IsRevoked { get; init; }

    /// <inheritdoc/>
    public PeerVerification VerifyCertificate(IReadOnlyList<byte[]> chain, bool isServer, string? serverName, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(chain);
        AlertDescription alert = CertificatePath.Validate(CryptoBackend.Default, chain, _anchors, _intermediates, isServer, now, out byte[]? anchor);
        if (alert != AlertDescription.CloseNotify)
            return PeerVerification.Refused(alert, $"the certificate is not valid ({alert})");
        if (isServer && serverName is not null && !CertificatePath.IsFor(chain[0], serverName))
            return PeerVerification.Refused(AlertDescription.BadCertificate, $"the certificate is not for {serverName}");
        if (IsRevoked?.Invoke(chain[0]) == true)
            return PeerVerification.Refused(AlertDescription.CertificateRevoked, "the certificate is revoked");
        return PeerVerification.Accepted(new PeerCredential.Certificate(chain[0], PeerCredential.Certificate.HashAnchor(anchor!)));
    }

    /// <inheritdoc/>
    public PeerVerification VerifyRawPublicKey(ReadOnlyMemory<byte> subjectPublicKeyInfo, bool isServer) =>
        _rawPublicKeys.Contains(Convert.ToHexString(SHA256.HashData(subjectPublicKeyInfo.Span)))
            ? PeerVerification.Accepted(new PeerCredential.RawPublicKey(subjectPublicKeyInfo.ToArray()))
            : PeerVerification.Refused(AlertDescription.CertificateUnknown, "the raw public key is not known");

    /// <inheritdoc/>
    public bool IsStillTrusted(PeerCredential credential, DateTimeOffset now) => credential is not PeerCredential.Certificate certificate
        // Who asks for revoked certificates wants to see them: without one, a full handshake shows it.
        || (now <= certificate.NotAfter && (IsRevoked is null || (!certificate.RawData.IsEmpty && !IsRevoked(certificate.RawData))));
}
