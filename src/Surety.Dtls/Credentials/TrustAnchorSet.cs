using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>
/// Trust anchors that come and go while peers are verified against them: thousands cost no more than one. Safe for concurrent use; a check
/// that has begun sees the set as it was then.
/// </summary>
public sealed class TrustAnchorSet
{
    private State _state = State.Empty;

    /// <summary>An empty set, or one of these.</summary>
    /// <param name="certificates">DER of the anchors: root authorities, authorities under a root, or peers' own certificates.</param>
    /// <exception cref="ArgumentException">One is not a certificate.</exception>
    public TrustAnchorSet(IEnumerable<ReadOnlyMemory<byte>>? certificates = null)
    {
        foreach (ReadOnlyMemory<byte> certificate in certificates ?? [])
            Add(certificate);
    }

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _state).ById.Count;

    /// <summary>Adds an anchor: the next check knows it.</summary>
    /// <param name="certificate">DER.</param>
    /// <returns>False when it is there already.</returns>
    /// <exception cref="ArgumentException">It is not a certificate.</exception>
    public bool Add(ReadOnlyMemory<byte> certificate)
    {
        TrustAnchor anchor;
        try
        {
            anchor = new TrustAnchor(certificate.ToArray());
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException("A trust anchor must be a certificate in DER.", nameof(certificate), e);
        }

        return Change(state => state.ById.ContainsKey(anchor.Id) ? state : state.With(anchor));
    }

    /// <summary>Removes an anchor: the next check does not know it. Sessions that exist are the endpoint's business (CoapEndpoint.CloseSessions).</summary>
    /// <param name="thumbprint">SHA-256 of the DER.</param>
    /// <returns>False when it was not there.</returns>
    public bool Remove(ReadOnlySpan<byte> thumbprint)
    {
        CheckThumbprint(thumbprint);
        UInt128 id = TrustAnchor.ToId(thumbprint);
        return Change(state => state.ById.TryGetValue(id, out TrustAnchor? anchor) ? state.Without(anchor) : state);
    }

    /// <summary>There is such an anchor.</summary>
    /// <param name="thumbprint">SHA-256 of the DER.</param>
    public bool Contains(ReadOnlySpan<byte> thumbprint)
    {
        CheckThumbprint(thumbprint);
        return Volatile.Read(ref _state).ById.ContainsKey(TrustAnchor.ToId(thumbprint));
    }

    /// <summary>The DER of an anchor; null when there is none such.</summary>
    /// <param name="thumbprint">SHA-256 of the DER.</param>
    public ReadOnlyMemory<byte>? Find(ReadOnlySpan<byte> thumbprint)
    {
        CheckThumbprint(thumbprint);
        // Not by ?: - null would become an empty array, and that a memory.
        if (Find(TrustAnchor.ToId(thumbprint)) is { } anchor)
            return anchor.Certificate;
        return null;
    }

    /// <summary>The anchors of a name.</summary>
    /// <param name="subject">DER of the name.</param>
    /// <param name="limit">No more than this.</param>
    public IReadOnlyList<ReadOnlyMemory<byte>> FindBySubject(ReadOnlySpan<byte> subject, int limit) =>
        [.. WithSubject(subject).Take(limit).Select(anchor => (ReadOnlyMemory<byte>)anchor.Certificate)];

    internal TrustAnchor? Find(UInt128 id) => Volatile.Read(ref _state).ById.GetValueOrDefault(id);

    internal ImmutableArray<TrustAnchor> WithSubject(ReadOnlySpan<byte> subject) =>
        Volatile.Read(ref _state).BySubject.TryGetValue(TrustAnchor.GetId(subject), out ImmutableArray<TrustAnchor> anchors) ? anchors : [];

    private static void CheckThumbprint(ReadOnlySpan<byte> thumbprint)
    {
        if (thumbprint.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException("A thumbprint is a SHA-256: 32 bytes.", nameof(thumbprint));
    }

    private bool Change(Func<State, State> change)
    {
        while (true)
        {
            State before = Volatile.Read(ref _state), after = change(before);
            if (ReferenceEquals(before, after))
                return false;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _state, after, before), before))
                return true;
        }
    }

    private sealed record State(ImmutableDictionary<UInt128, TrustAnchor> ById, ImmutableDictionary<UInt128, ImmutableArray<TrustAnchor>> BySubject)
    {
        public static State Empty { get; } = new(ImmutableDictionary<UInt128, TrustAnchor>.Empty, ImmutableDictionary<UInt128, ImmutableArray<TrustAnchor>>.Empty);

        public State With(TrustAnchor anchor) => new(
            ById.Add(anchor.Id, anchor), BySubject.SetItem(anchor.Subject, BySubject.TryGetValue(anchor.Subject, out ImmutableArray<TrustAnchor> others) ? others.Add(anchor) : [anchor]));

        public State Without(TrustAnchor anchor)
        {
            ImmutableArray<TrustAnchor> rest = BySubject[anchor.Subject].Remove(anchor);
            return new(ById.Remove(anchor.Id), rest.IsEmpty ? BySubject.Remove(anchor.Subject) : BySubject.SetItem(anchor.Subject, rest));
        }
    }
}
