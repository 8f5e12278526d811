using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Surety.Coap;

/// <summary>
/// Remembers the messages of the last EXCHANGE_LIFETIME and what was answered, so that a repeated message gets the same answer and is
/// handled once (RFC 7252, 4.5). A ring of entries in native memory, the oldest overwritten first: memory is bounded at any rate, and
/// the window shrinks instead when the ring is too small for the rate. An entry costs 40 bytes, the answer, and 8 bytes of index.
/// </summary>
/// <remarks>
/// Entries are found through chains, newest first, whose heads are in a hash table. Nothing is ever deleted: a chain ends where it
/// leaves the ring.
/// </remarks>
internal sealed unsafe class DeduplicationLog : IDisposable
{
    private const int AverageEntry = 64;
    private const int TimeShift = 6;

    private readonly byte* _ring;
    private readonly long* _heads;
    private readonly long _capacity;
    private readonly int _headShift;
    private readonly uint _lifetime;
    private readonly uint _nonLifetime;

    // Positions only grow; the ring holds [_end - _capacity, _end). Position 0 means none.
    private long _end = 8;

    public DeduplicationLog(long capacity, TransmissionParameters transmission)
    {
        _capacity = capacity;
        long buckets = capacity / AverageEntry;
        _headShift = 64 - (int)long.Log2(buckets);
        _lifetime = (uint)((long)transmission.ExchangeLifetime.TotalMilliseconds >> TimeShift);
        _nonLifetime = (uint)((long)transmission.NonLifetime.TotalMilliseconds >> TimeShift);
        // Zeroed pages cost nothing until they are touched.
        _ring = (byte*)NativeMemory.AllocZeroed((nuint)capacity);
        _heads = (long*)NativeMemory.AllocZeroed((nuint)buckets, sizeof(long));
    }

    /// <summary>What became of a message.</summary>
    public enum Answer : byte
    {
        /// <summary>The message is new.</summary>
        Unknown,

        /// <summary>It is still being handled; the answer will come.</summary>
        Pending,

        /// <summary>It was answered by an empty acknowledgement.</summary>
        Acknowledged,

        /// <summary>It was rejected by a Reset.</summary>
        Reset,

        /// <summary>It was answered by the datagram that is kept.</summary>
        Datagram,

        /// <summary>It was handled and needs no answer.</summary>
        None,
    }

    /// <summary>Where the next entry goes; see <see cref="Truncate"/>.</summary>
    public long Mark => _end;

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public PeerKey Peer;
        public uint DistanceToNext;
        public uint Time;
        public ushort MessageId;
        public ushort Length;
        public Answer Answer;
    }

    /// <summary>Finds what a message was answered with.</summary>
    /// <param name="peer">The sender.</param>
    /// <param name="messageId">Its Message ID.</param>
    /// <param name="isConfirmable">Confirmable messages are remembered longer.</param>
    /// <param name="now">Milliseconds.</param>
    /// <param name="datagram">The answer to repeat, for <see cref="Answer.Datagram"/>; valid until the next <see cref="Add"/>.</param>
    public Answer Find(in PeerKey peer, ushort messageId, bool isConfirmable, long now, out ReadOnlySpan<byte> datagram)
    {
        datagram = default;
        uint time = (uint)(now >> TimeShift);
        long position = _heads[Bucket(peer, messageId)];
        while (position > _end - _capacity && position > 0 && position < _end)
        {
            var entry = (Entry*)(_ring + (position & (_capacity - 1)));
            if (entry->MessageId == messageId && entry->Peer == peer)
            {
                if (time - entry->Time > (isConfirmable ? _lifetime : _nonLifetime))
                    return Answer.Unknown;
                datagram = new ReadOnlySpan<byte>(entry + 1, entry->Length);
                return entry->Answer;
            }

            if (entry->DistanceToNext == 0)
                break;
            position -= (long)entry->DistanceToNext << 3;
        }

        return Answer.Unknown;
    }

    /// <summary>Remembers a message, or a newer answer to it.</summary>
    public void Add(in PeerKey peer, ushort messageId, Answer answer, ReadOnlySpan<byte> datagram, long now)
    {
        int size = (sizeof(Entry) + datagram.Length + 7) & ~7;
        long offset = _end & (_capacity - 1);
        if (offset + size > _capacity)
            _end += _capacity - offset;
        long position = _end;
        _end += size;

        ref long head = ref _heads[Bucket(peer, messageId)];
        long distance = position - head;
        var entry = (Entry*)(_ring + (position & (_capacity - 1)));
        entry->Peer = peer;
        entry->DistanceToNext = head > 0 && distance > 0 && distance < _capacity ? (uint)(distance >> 3) : 0;
        entry->Time = (uint)(now >> TimeShift);
        entry->MessageId = messageId;
        entry->Length = (ushort)datagram.Length;
        entry->Answer = answer;
        datagram.CopyTo(new Span<byte>(entry + 1, datagram.Length));
        head = position;
    }

    /// <summary>Forgets what was added since <paramref name="mark"/>: those answers were never sent.</summary>
    public void Truncate(long mark) => _end = mark;

    public void Dispose()
    {
        NativeMemory.Free(_ring);
        NativeMemory.Free(_heads);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Bucket(in PeerKey peer, ushort messageId) => (long)(peer.Hash(messageId) >> _headShift);
}
