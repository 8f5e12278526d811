using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>
/// Believes certificates whose path ends in one of its anchors, ECDSA on P-256 and P-384 alone, and raw public keys of a list. Who needs more
/// asks it first and then somebody else.
/// </summary>
public sealed class TrustAnchors : IPeerVerifier
{
    private readonly PathRules _rules;
    private readonly HashSet<string> _rawPublicKeys;

    /// <summary>Believes these.</summary>
    /// <param name="anchors">DER of the trust anchors.</param>
    /// <param name="intermediates">DER of authorities under them, for peers that send their own certificate alone.</param>
    /// <param name="rawPublicKeys">DER of the SubjectPublicKeyInfos that are known.</param>
    /// <exception cref="ArgumentException">An anchor is not a certificate.</exception>
    public TrustAnchors(IEnumerable<byte[]> anchors, IEnumerable<byte[]>? intermediates = null, IEnumerable<byte[]>? rawPublicKeys = null)
        : this(new TrustAnchorSet(anchors.Select(anchor => (ReadOnlyMemory<byte>)anchor)), null, intermediates, rawPublicKeys)
    {
    }

    /// <summary>Believes anchors that come and go.</summary>
    /// <param name="anchors">The trust anchors.</param>
    /// <param name="others">Further ones.</param>
    /// <param name="intermediates">DER of authorities under them, for peers that send their own certificate alone.</param>
    /// <param name="rawPublicKeys">DER of the SubjectPublicKeyInfos that are known.</param>
    public TrustAnchors(TrustAnchorSet anchors, TrustAnchorSet? others = null, IEnumerable<byte[]>? intermediates = null, IEnumerable<byte[]>? rawPublicKeys = null)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        _rules = new PathRules(others is null ? [anchors] : [anchors, others], [.. intermediates ?? []]);
        _rawPublicKeys = [.. (rawPublicKeys ?? []).Select(key => Convert.ToHexString(SHA256.HashData(key)))];
    }

    /// <summary>
    /// Says why a certificate (DER) is revoked; null: it is not. Asked for each certificate below the anchor, the peer's own first; when a
    /// session is resumed, for the peer's own. Must be quick. Default: none is.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, string?>? FindRevocation
    {
        get => _rules.FindRevocation;
        init => _rules = _rules with { FindRevocation = value };
    }

    /// <summary>How long after its end a peer's own certificate is still taken; authorities get no grace. Default: not at all.</summary>
    public TimeSpan ExpiryGrace
    {
        get => _rules.ExpiryGrace;
        init => _rules = _rules with { ExpiryGrace = value };
    }

    /// <inheritdoc/>
    public PeerVerification VerifyCertificate(IReadOnlyList<byte[]> chain, bool isServer, string? serverName, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(chain);
        AlertDescription alert = CertificatePath.Validate(CryptoBackend.Default, chain, _rules, isServer, now, out byte[]? anchor, out string? problem);
        if (alert != AlertDescription.CloseNotify)
            return PeerVerification.Refused(alert, problem ?? $"the certificate is not valid ({alert})");
        if (isServer && serverName is not null && !CertificatePath.IsFor(chain[0], serverName))
            return PeerVerification.Refused(AlertDescription.BadCertificate, $"the certificate is not for {serverName}");
        return PeerVerification.Accepted(new PeerCredential.Certificate(chain[0], PeerCredential.Certificate.HashAnchor(anchor!)));
    }

    /// <inheritdoc/>
    public PeerVerification VerifyRawPublicKey(ReadOnlyMemory<byte> subjectPublicKeyInfo, bool isServer) =>
        _rawPublicKeys.Contains(Convert.ToHexString(SHA256.HashData(subjectPublicKeyInfo.Span)))
            ? PeerVerification.Accepted(new PeerCredential.RawPublicKey(subjectPublicKeyInfo.ToArray()))
            : PeerVerification.Refused(AlertDescription.CertificateUnknown, "the raw public key is not known");

    /// <inheritdoc/>
    /// <remarks>Without the path of then: its anchor is still one, and the certificate is neither over nor revoked.</remarks>
    public bool IsStillTrusted(PeerCredential credential, DateTimeOffset now) => credential switch
    {
        PeerCredential.Certificate certificate => (now <= certificate.NotAfter || now - certificate.NotAfter <= ExpiryGrace)
            && _rules.Anchors.Any(set => set.Contains(certificate.TrustAnchorThumbprint.Span))
            // Who asks for revoked certificates wants to see them: without one, a full handshake shows it.
            && (FindRevocation is null || (!certificate.RawData.IsEmpty && FindRevocation(certificate.RawData) is null)),
        PeerCredential.RawPublicKey key => VerifyRawPublicKey(key.SubjectPublicKeyInfo, isServer: false).Credential is not null,
        _ => true,
    };
}
