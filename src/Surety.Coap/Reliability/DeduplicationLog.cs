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
    /// <summary>The largest ring, so that distances fit into an entry: 16 GiB.</summary>
    public const long MaxCapacity = 1L << 34;

    private const int AverageEntry = 64;
    private const int TimeShift = 6;

    // In place of a distance: nothing more up to the end of the ring's memory.
    private const uint Filler = uint.MaxValue;

    private readonly byte* _ring;
    private readonly long* _heads;
    private readonly long _capacity;
    private readonly int _maxAnswer;
    private readonly int _headShift;
    private readonly uint _lifetime;
    private readonly uint _nonLifetime;

    // Positions only grow; the ring holds [_end - _capacity, _end). Position 0 means none.
    private long _end = 8;
    private long _oldest = 8;

    public DeduplicationLog(long capacity, TransmissionParameters transmission)
    {
        _capacity = capacity;
        _maxAnswer = (int)Math.Min(capacity / 16, ushort.MaxValue);
        long buckets = capacity / AverageEntry;
        _headShift = 64 - (int)long.Log2(buckets);
        _lifetime = ToUnits(transmission.ExchangeLifetime);
        _nonLifetime = ToUnits(transmission.NonLifetime);
        // Zeroed pages cost nothing until they are touched.
        _ring = (byte*)NativeMemory.AllocZeroed((nuint)capacity);
        _heads = (long*)NativeMemory.AllocZeroed((nuint)buckets, sizeof(long));
        Size = capacity + (buckets * sizeof(long));
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

    /// <summary>Bytes of memory, ring and index.</summary>
    public long Size { get; }

    /// <summary>Where the next entry goes; see <see cref="Forget"/>.</summary>
    public long Mark => _end;

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public uint DistanceToNext;
        public uint Time;
        public PeerKey Peer;
        public ushort MessageId;
        public ushort Length;
        public Answer Answer;
        public bool IsForgotten;
    }

    /// <summary>Finds what a message was answered with.</summary>
    /// <param name="peer">The sender, and the address of ours it sent to.</param>
    /// <param name="messageId">Its Message ID.</param>
    /// <param name="isConfirmable">Confirmable messages are remembered longer.</param>
    /// <param name="now">Milliseconds.</param>
    /// <param name="datagram">The answer to repeat, for <see cref="Answer.Datagram"/>; valid until the next <see cref="Add"/>.</param>
    public Answer Find(in PeerKey peer, ushort messageId, bool isConfirmable, long now, out ReadOnlySpan<byte> datagram)
    {
        datagram = default;
        uint time = (uint)(now >> TimeShift);
        long position = _heads[Bucket(peer, messageId)];
        while (position >= _end - _capacity && position >= _oldest)
        {
            Entry* entry = At(position);
            if (entry->MessageId == messageId && entry->Peer == peer && entry->Peer.LocalIndex == peer.LocalIndex)
            {
                if (time - entry->Time > (isConfirmable ? _lifetime : _nonLifetime))
                    return Answer.Unknown;
                if (!entry->IsForgotten)
                {
                    datagram = new ReadOnlySpan<byte>(entry + 1, entry->Length);
                    return entry->Answer;
                }

                // Handled again, unless only the acknowledgement of a message in hand was lost.
                if (entry->Answer != Answer.Acknowledged)
                    return Answer.Unknown;
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
        if (datagram.Length > _maxAnswer)
        {
            // Handling it once counts for more than answering it twice.
            answer = Answer.None;
            datagram = default;
        }

        int size = Measure(datagram.Length);
        long room = _capacity - (_end & (_capacity - 1));
        if (room < size)
        {
            At(_end)->DistanceToNext = Filler;
            _end += room;
        }

        long position = _end;
        _end += size;

        ref long head = ref _heads[Bucket(peer, messageId)];
        long distance = position - head;
        Entry* entry = At(position);
        entry->DistanceToNext = head > 0 && distance < _capacity ? (uint)(distance >> 3) : 0;
        entry->Time = (uint)(now >> TimeShift);
        entry->Peer = peer;
        entry->MessageId = messageId;
        entry->Length = (ushort)datagram.Length;
        entry->Answer = answer;
        entry->IsForgotten = false;
        datagram.CopyTo(new Span<byte>(entry + 1, datagram.Length));
        head = position;
    }

    /// <summary>Forgets what was added since <paramref name="mark"/>: those answers were never sent, and the messages are handled again.</summary>
    public void Forget(long mark)
    {
        if (mark < _end - _capacity)
        {
            // Nothing older is left, and where the first entry began is lost.
            _oldest = _end;
            return;
        }

        for (long position = mark; position < _end;)
        {
            Entry* entry = At(position);
            if (entry->DistanceToNext == Filler)
            {
                position += _capacity - (position & (_capacity - 1));
                continue;
            }

            entry->IsForgotten = true;
            position += Measure(entry->Length);
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_ring);
        NativeMemory.Free(_heads);
    }

    private static uint ToUnits(TimeSpan time) => (uint)(((long)time.TotalMilliseconds >> TimeShift) + 1);

    private static int Measure(int length) => (sizeof(Entry) + length + 7) & ~7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Entry* At(long position) => (Entry*)(_ring + (position & (_capacity - 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Bucket(in PeerKey peer, ushort messageId) => (long)(peer.Hash(messageId) >> _headShift);
}
