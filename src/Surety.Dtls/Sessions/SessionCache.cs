using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>
/// Sessions of a server that can be resumed by id: bounded, the oldest are forgotten first. An id says first whose it is and then which session:
/// it is no secret (RFC 5246, F.1.4), and the number alone is kept.
/// </summary>
internal sealed class SessionCache(int capacity, TimeSpan lifetime)
{
    // mbedTLS and wolfSSL resume nothing with ids of another length.
    private const int IdLength = 32;
    private const int NumberOffset = IdLength - sizeof(ulong);

    private readonly byte[] _prefix = RandomNumberGenerator.GetBytes(NumberOffset);
    private readonly Dictionary<ulong, DtlsResumption> _byNumber = [];
    private readonly Queue<ulong> _order = new();

    public bool IsEnabled => capacity > 0;

    /// <summary>The id of the session with this number.</summary>
    public byte[] GetId(ulong number)
    {
        byte[] id = new byte[IdLength];
        _prefix.CopyTo(id, 0);
        BinaryPrimitives.WriteUInt64BigEndian(id.AsSpan(NumberOffset), number);
        return id;
    }

    /// <summary>Remembers a session.</summary>
    /// <param name="number">Random, so that it is no other's.</param>
    /// <param name="resumption">The session.</param>
    public void Add(ulong number, DtlsResumption resumption)
    {
        if (!_byNumber.TryAdd(number, resumption))
            return;
        _order.Enqueue(number);
        while (_order.Count > capacity)
            _byNumber.Remove(_order.Dequeue());
    }

    public DtlsResumption? Find(ReadOnlySpan<byte> id, DateTimeOffset now)
    {
        if (id.Length != IdLength || !id.StartsWith(_prefix))
            return null;
        return _byNumber.TryGetValue(BinaryPrimitives.ReadUInt64BigEndian(id[NumberOffset..]), out DtlsResumption? resumption) && now - resumption.Created <= lifetime
            ? resumption
            : null;
    }

    /// <summary>Forgets a session, after a fatal alert (RFC 5246, 7.2.2).</summary>
    public void Remove(ulong number) => _byNumber.Remove(number);
}
