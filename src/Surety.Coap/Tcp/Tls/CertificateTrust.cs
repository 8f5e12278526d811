using System.Security.Cryptography.X509Certificates;

namespace Surety.Coap;

/// <summary>
/// Whose certificates are believed: those whose chain ends in a trust anchor of ours, and no others. The system's certificate store counts
/// for nothing, and nothing is fetched from the network (RFC 7925, 4.4.3).
/// </summary>
public sealed class CertificateTrust
{
    /// <summary>
    /// Trust anchors: root authorities, authorities under a root, or a peer's own certificate. A chain need not go further than the first
    /// anchor in it.
    /// </summary>
    public IReadOnlyCollection<X509Certificate2> Anchors { get; init; } = [];

    /// <summary>Authorities between peers and anchors, for peers that send their own certificate alone.</summary>
    public IReadOnlyCollection<X509Certificate2> Intermediates { get; init; } = [];

    /// <summary>
    /// Finds further anchors, for the chain that a peer has sent, its own certificate first: for anchors that come and go, and for many of
    /// them. Called on any thread, during handshakes; must be quick.
    /// </summary>
    public Func<IReadOnlyList<X509Certificate2>, IEnumerable<X509Certificate2>>? FindAnchors { get; init; }

    /// <summary>
    /// Says why a certificate in a chain that is otherwise valid is not believed; null: it is. Asked for each certificate below the anchor,
    /// the peer's own first. Called on any thread, during handshakes; must be quick.
    /// </summary>
    /// <remarks>The arguments are the certificate and the anchor.</remarks>
    public Func<X509Certificate2, X509Certificate2, string?>? FindRevocation { get; init; }
}
