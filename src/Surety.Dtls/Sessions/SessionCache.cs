namespace Surety.Dtls;

/// <summary>Sessions of a server that can be resumed by id: bounded, the oldest are forgotten first.</summary>
internal sealed class SessionCache(int capacity, TimeSpan lifetime)
{
    private readonly Dictionary<SessionId, DtlsResumption> _byId = [];
    private readonly Queue<SessionId> _order = new();

    public bool IsEnabled => capacity > 0;

    public void Add(ReadOnlySpan<byte> id, DtlsResumption resumption)
    {
        if (!IsEnabled || !SessionId.TryRead(id, out SessionId key) || !_byId.TryAdd(key, resumption))
            return;
        _order.Enqueue(key);
        while (_order.Count > capacity)
            _byId.Remove(_order.Dequeue());
    }

    public DtlsResumption? Find(ReadOnlySpan<byte> id, DateTimeOffset now) =>
        SessionId.TryRead(id, out SessionId key) && _byId.TryGetValue(key, out DtlsResumption? resumption) && now - resumption.Created <= lifetime ? resumption : null;

    /// <summary>Forgets a session, after a fatal alert (RFC 5246, 7.2.2).</summary>
    public void Remove(ReadOnlySpan<byte> id)
    {
        if (SessionId.TryRead(id, out SessionId key))
            _byId.Remove(key);
    }

    private readonly record struct SessionId(ulong A, ulong B, ulong C, ulong D)
    {
        public static bool TryRead(ReadOnlySpan<byte> bytes, out SessionId id)
        {
            id = default;
            if (bytes.Length != 32)
                return false;
            var reader = new WireReader(bytes);
            id = new(reader.UInt64(), reader.UInt64(), reader.UInt64(), reader.UInt64());
            return true;
        }
    }
}
