using System.Security.Cryptography.X509Certificates;
using Surety.Dtls;

namespace Surety.Coap;

/// <summary>
/// Whose certificates, and raw public keys, are believed: certificates whose chain ends in a trust anchor of ours, and no others. The system's
/// certificate store counts for nothing, and nothing is fetched from the network (RFC 7925, 4.4.3).
/// </summary>
/// <remarks>The hooks are called on any thread, that of an endpoint included: they must answer from memory, in microseconds.</remarks>
public sealed class CertificateTrust
{
    private CertificateTrustVerifier? _verifier;

    /// <summary>
    /// Trust anchors: root authorities, authorities under a root, or a peer's own certificate. A chain need not go further than the first
    /// anchor in it.
    /// </summary>
    public IReadOnlyCollection<X509Certificate2> Anchors { get; init; } = [];

    /// <summary>Further anchors, which come and go while the endpoint runs; thousands cost no more than one.</summary>
    public TrustAnchorSet? LiveAnchors { get; init; }

    /// <summary>Authorities between peers and anchors, for peers that send their own certificate alone.</summary>
    public IReadOnlyCollection<X509Certificate2> Intermediates { get; init; } = [];

    /// <summary>
    /// How long after its end a peer's own certificate is still taken; authorities get no grace. Default: not at all. With
    /// <see cref="TimeSpan.MaxValue"/>, <see cref="FindRefusal"/> decides (<see cref="PeerIdentity.Certificate.NotAfter"/>).
    /// </summary>
    public TimeSpan ExpiryGrace { get; init; }

    /// <summary>
    /// Says why a certificate of a chain that is otherwise valid is revoked; null: it is not. Asked for each certificate below the anchor (DER),
    /// the peer's own first; when a session is resumed, for the peer's own.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, string?>? FindRevocation { get; init; }

    /// <summary>
    /// Says whether a raw public key (RFC 7250; DER of the SubjectPublicKeyInfo) is known. Null: none is. Over DTLS alone: the platform's TLS has
    /// certificates only.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, bool>? FindRawPublicKey { get; init; }

    /// <summary>
    /// Says why a peer is not dealt with although its certificate is valid or its key is known; null: it is welcome. Asked in each handshake once
    /// the certificate or key has been verified, again when the session is established, and when a session is resumed. For pre-shared keys it is
    /// asked when the session is established, since nothing is proven before.
    /// </summary>
    public Func<PeerIdentity, PeerRefusal?>? FindRefusal { get; init; }

    /// <summary>
    /// Finds further anchors, for the chain that a peer has sent, its own certificate first: for peers that are known by their certificate alone.
    /// Slower than <see cref="LiveAnchors"/>.
    /// </summary>
    public Func<IReadOnlyList<X509Certificate2>, IEnumerable<X509Certificate2>>? FindAnchors { get; init; }

    /// <summary>
    /// Chooses the time at which a chain is judged that is not valid now: for devices whose clock may be wrong. Null: the clock's.
    /// </summary>
    /// <remarks>The arguments are the chain that the peer has sent, its own certificate first, and what the clock says.</remarks>
    public Func<IReadOnlyList<X509Certificate2>, DateTimeOffset, DateTimeOffset>? ChooseTime { get; init; }

    /// <summary>Verifies the certificate of a client over another protocol, as over CoAP.</summary>
    /// <param name="sent">What the client sent, its own certificate first.</param>
    /// <param name="now">The time.</param>
    /// <param name="problem">Why it is not believed, in words.</param>
    /// <returns>Who the client is; null: it is not believed.</returns>
    public PeerIdentity.Certificate? VerifyClient(IReadOnlyList<X509Certificate2> sent, DateTimeOffset now, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(sent);
        PeerVerification result = Verifier.VerifyCertificate([.. sent.Select(certificate => certificate.RawData)], isServer: false, serverName: null, now);
        problem = result.Problem;
        return result.Credential is { } credential ? DtlsConversion.ToIdentity(credential) as PeerIdentity.Certificate : null;
    }

    /// <summary>Verifies peers by what is said here.</summary>
    internal CertificateTrustVerifier Verifier => _verifier ??= new CertificateTrustVerifier(this);
}
