namespace Surety.Dtls;

/// <summary>
/// ClientHellos that come in fragments, of clients whose address is proven: the first fragment had a valid cookie. Bounded in number, time and
/// memory of each.
/// </summary>
internal sealed class HelloFragments(DtlsEngineOptions options)
{
    // With ticket and all suites that there are it is less than half of that.
    private const int MaxLength = 4096;

    private readonly Dictionary<PeerAddress, Pending> _byAddress = [];
    private readonly Queue<(PeerAddress Address, Pending Hello)> _order = new();

    public int Count => _byAddress.Count;

    /// <summary>When to call <see cref="HandleTimeout"/>.</summary>
    public long NextTimeout => _order.TryPeek(out (PeerAddress Address, Pending Hello) oldest) ? oldest.Hello.Due : long.MaxValue;

    /// <summary>A first fragment with a valid cookie.</summary>
    public void Begin(in PeerAddress from, in HandshakeHeader header, ReadOnlySpan<byte> fragment, long now)
    {
        if (header.Length > MaxLength || (_byAddress.TryGetValue(from, out Pending? known) && known.IsOf(header)))
            return;
        var hello = new Pending(header, fragment, now + (long)options.HandshakeTimeout.TotalMilliseconds);
        _byAddress[from] = hello;
        _order.Enqueue((from, hello));
        if (_order.Count > options.MaxHandshakes)
            RemoveOldest();
    }

    /// <summary>Another fragment.</summary>
    /// <returns>The whole message, when this completes it.</returns>
    public byte[]? Add(in PeerAddress from, in HandshakeHeader header, ReadOnlySpan<byte> fragment)
    {
        if (!_byAddress.TryGetValue(from, out Pending? hello) || !hello.IsOf(header) || hello.Add(header, fragment) is not { } message)
            return null;
        _byAddress.Remove(from);
        return message;
    }

    /// <summary>Forgets what was not completed.</summary>
    public void HandleTimeout(long now)
    {
        while (NextTimeout <= now)
            RemoveOldest();
    }

    private void RemoveOldest()
    {
        (PeerAddress address, Pending hello) = _order.Dequeue();
        if (_byAddress.TryGetValue(address, out Pending? current) && ReferenceEquals(current, hello))
            _byAddress.Remove(address);
    }

    private sealed class Pending
    {
        private readonly HandshakeReassembly _reassembly = new(2 * MaxLength);
        private readonly HandshakeHeader _header;

        public Pending(in HandshakeHeader header, ReadOnlySpan<byte> fragment, long due)
        {
            _header = header;
            Due = due;
            _reassembly.StartAt(header.Sequence);
            _reassembly.Add(header, fragment);
        }

        public long Due { get; }

        public bool IsOf(in HandshakeHeader header) => header.Sequence == _header.Sequence && header.Length == _header.Length;

        public byte[]? Add(in HandshakeHeader header, ReadOnlySpan<byte> fragment)
        {
            _reassembly.Add(header, fragment);
            return _reassembly.TakeNext()?.Bytes;
        }
    }
}
