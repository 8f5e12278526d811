namespace Surety.Dtls;

/// <summary>Whom a path may lead to, and what else counts.</summary>
/// <param name="Anchors">The trust anchors; mostly one set.</param>
/// <param name="Intermediates">DER of authorities under them, for peers that send their own certificate alone.</param>
internal sealed record PathRules(IReadOnlyList<TrustAnchorSet> Anchors, IReadOnlyCollection<byte[]> Intermediates)
{
    /// <summary>How long after its end a peer's own certificate is still taken.</summary>
    public TimeSpan ExpiryGrace { get; init; }

    /// <summary>Says why a certificate below the anchor (DER) is revoked; null: it is not.</summary>
    public Func<ReadOnlyMemory<byte>, string?>? FindRevocation { get; init; }

    /// <summary>The anchor that is this very certificate.</summary>
    public byte[]? FindAnchor(byte[] certificate)
    {
        UInt128 id = TrustAnchor.GetId(certificate);
        foreach (TrustAnchorSet set in Anchors)
        {
            if (set.Find(id) is { } anchor)
                return anchor.Certificate;
        }

        return null;
    }
}
