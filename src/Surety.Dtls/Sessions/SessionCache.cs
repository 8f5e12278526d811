using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>
/// Sessions of a server that can be resumed by id: bounded, the oldest are forgotten first. An id says first whose it is and then which session:
/// it is no secret (RFC 5246, F.1.4), and the number alone is kept. What is remembered lies in one ring, without an object for each session.
/// </summary>
internal sealed class SessionCache(int capacity, TimeSpan lifetime)
{
    // mbedTLS and wolfSSL resume nothing with ids of another length.
    private const int IdLength = 32;
    private const int NumberOffset = IdLength - sizeof(ulong);

    private readonly byte[] _prefix = RandomNumberGenerator.GetBytes(NumberOffset);
    private readonly Dictionary<ulong, int> _places = [];
    private Entry[] _ring = [];
    private int _next;

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
        if (capacity <= 0 || !_places.TryAdd(number, _next))
            return;
        if (_next == _ring.Length)
            Array.Resize(ref _ring, Math.Min(Math.Max(2 * _ring.Length, 16), capacity));
        ref Entry entry = ref _ring[_next];
        if (entry.Suite is not null)
            _places.Remove(entry.Number);
        entry.Number = number;
        entry.Suite = resumption.Suite;
        entry.Peer = resumption.Peer;
        entry.Created = resumption.Created.UtcTicks;
        entry.HasExtendedMasterSecret = resumption.HasExtendedMasterSecret;
        resumption.MasterSecret.CopyTo(entry.MasterSecret);
        // Only a ring that has its whole size goes round: before, the next place is the end.
        _next = _next + 1 == capacity ? 0 : _next + 1;
    }

    public DtlsResumption? Find(ReadOnlySpan<byte> id, DateTimeOffset now)
    {
        if (id.Length != IdLength || !id.StartsWith(_prefix) || !_places.TryGetValue(BinaryPrimitives.ReadUInt64BigEndian(id[NumberOffset..]), out int place))
            return null;
        ref Entry entry = ref _ring[place];
        var created = new DateTimeOffset(entry.Created, TimeSpan.Zero);
        return now - created <= lifetime
            ? new DtlsResumption(entry.Suite!, ((ReadOnlySpan<byte>)entry.MasterSecret).ToArray(), entry.HasExtendedMasterSecret, entry.Peer!, created)
            : null;
    }

    /// <summary>Forgets a session, after a fatal alert (RFC 5246, 7.2.2).</summary>
    public void Remove(ulong number)
    {
        if (_places.Remove(number, out int place))
            _ring[place] = default;
    }

    private struct Entry
    {
        public ulong Number;
        public CipherSuite? Suite;
        public PeerCredential? Peer;
        public long Created;
        public Secret MasterSecret;
        public bool HasExtendedMasterSecret;
    }

    // RFC 5246, 8.1.
    [InlineArray(48)]
    private struct Secret
    {
        private byte _first;
    }
}
