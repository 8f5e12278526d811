using System.Buffers;

namespace Surety.Dtls;

/// <summary>Packs the records of a flight into datagrams, cutting messages into fragments where they do not fit (RFC 6347, 4.2.3).</summary>
internal ref struct FlightWriter(IRecordWriter records, int maxDatagram, int maxFragment, List<byte[]> datagrams)
{
    // Fragments shorter than this are not worth a record.
    private const int MinFragment = 32;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(maxDatagram);
    private int _length;

    public void Add(in FlightRecord record)
    {
        if (record.Type == ContentType.Handshake)
            AddMessage(record);
        else
            AddRecord(record);
    }

    /// <summary>Nothing follows.</summary>
    public void Finish()
    {
        Flush();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private void Flush()
    {
        if (_length > 0)
            datagrams.Add(_buffer[.._length]);
        _length = 0;
    }

    private void AddMessage(in FlightRecord record)
    {
        HandshakeHeader.TryRead(record.Content, out HandshakeHeader header);
        ReadOnlySpan<byte> body = record.Content.AsSpan(HandshakeHeader.Size);
        int overhead = records.GetOverhead(record.IsProtected) + HandshakeHeader.Size, offset = 0;
        do
        {
            int rest = body.Length - offset, room = Math.Min(maxDatagram - _length - overhead, maxFragment - HandshakeHeader.Size);
            if (_length > 0 && room < Math.Min(rest, MinFragment))
            {
                Flush();
                continue;
            }

            int length = Math.Min(rest, room);
            Span<byte> content = Begin(record.IsProtected);
            (header with { FragmentOffset = offset, FragmentLength = length }).Write(content);
            body.Slice(offset, length).CopyTo(content[HandshakeHeader.Size..]);
            End(record.Type, record.IsProtected, HandshakeHeader.Size + length);
            offset += length;
            if (length == rest)
                return;
        }
        while (true);
    }

    private void AddRecord(in FlightRecord record)
    {
        if (maxDatagram - _length < records.GetOverhead(record.IsProtected) + record.Content.Length)
            Flush();
        record.Content.CopyTo(Begin(record.IsProtected));
        End(record.Type, record.IsProtected, record.Content.Length);
    }

    private readonly Span<byte> Begin(bool isProtected) => _buffer.AsSpan(_length + records.GetContentOffset(isProtected));

    private void End(ContentType type, bool isProtected, int length) => _length += records.WriteRecord(type, isProtected, _buffer.AsSpan(_length), length);
}
