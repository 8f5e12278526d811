namespace Surety.Dtls;

/// <summary>
/// Puts handshake messages together from fragments that come in any order, doubled, overlapping or contradicting each other (RFC 6347, 4.2.3),
/// in bounded memory: a few messages ahead, and so many bytes in all.
/// </summary>
internal sealed class HandshakeReassembly(int maxMemory)
{
    // The longest flight, a client's with certificate, has five.
    private const int Window = 8;

    private readonly Partial?[] _ahead = new Partial?[Window];
    private int _memory;

    /// <summary>The message_seq of the next message.</summary>
    public ushort Next { get; private set; }

    /// <summary>Starts somewhere else: a server that kept no state for the messages before.</summary>
    public void StartAt(ushort next) => Next = next;

    /// <summary>Takes a fragment.</summary>
    /// <param name="header">Its head.</param>
    /// <param name="fragment">Its content.</param>
    /// <returns>False when the message has been taken before: the peer repeats itself.</returns>
    public bool Add(in HandshakeHeader header, ReadOnlySpan<byte> fragment)
    {
        // Numbers do not wrap within a handshake.
        int ahead = header.Sequence - Next;
        if (ahead < 0)
            return false;
        if (ahead >= Window || header.Length > maxMemory)
            return true;
        ref Partial? slot = ref _ahead[header.Sequence % Window];
        if (slot is null)
        {
            int cost = HandshakeHeader.Size + header.Length + (header.Length + 7) / 8;
            if (_memory + cost > maxMemory)
                return true;
            _memory += cost;
            slot = new Partial(header);
        }

        slot.Add(header, fragment);
        return true;
    }

    /// <summary>Takes the next message, when it is complete.</summary>
    public HandshakeMessage? TakeNext()
    {
        ref Partial? slot = ref _ahead[Next % Window];
        if (slot is not { IsComplete: true })
            return null;
        var message = new HandshakeMessage(slot.Bytes);
        _memory -= slot.Bytes.Length + (slot.Bytes.Length - HandshakeHeader.Size + 7) / 8;
        slot = null;
        Next++;
        return message;
    }

    private sealed class Partial
    {
        private readonly byte[] _received;
        private int _missing;

        public Partial(in HandshakeHeader header)
        {
            Bytes = new byte[HandshakeHeader.Size + header.Length];
            (header with { FragmentOffset = 0, FragmentLength = header.Length }).Write(Bytes);
            _received = new byte[(header.Length + 7) / 8];
            _missing = header.Length;
        }

        public byte[] Bytes { get; }

        public bool IsComplete => _missing == 0;

        public void Add(in HandshakeHeader header, ReadOnlySpan<byte> fragment)
        {
            // The first fragment decides what the message is; others that say otherwise are not of it.
            if (header.Type != (HandshakeType)Bytes[0] || header.Length != Bytes.Length - HandshakeHeader.Size)
                return;
            for (int i = 0; i < fragment.Length; i++)
            {
                int at = header.FragmentOffset + i;
                ref byte bits = ref _received[at >> 3];
                int bit = 1 << (at & 7);
                if ((bits & bit) != 0)
                    continue;
                bits |= (byte)bit;
                Bytes[HandshakeHeader.Size + at] = fragment[i];
                _missing--;
            }
        }
    }
}
