namespace Surety.Dtls;

/// <summary>
/// The last flight of a handshake that is over, as long as the peer may not have it (RFC 6347, 4.2.4): a few hundred bytes, so that the rest of
/// the handshake need not be kept.
/// </summary>
internal sealed class LastFlight(
    HandshakeContext context, DtlsSession session, FlightRecord[] flight, byte[] clientRandom, ushort helloSequence, ulong nextPlain, long sent, int repetitions) : IRecordWriter
{
    private ulong _nextPlain = nextPlain;
    private long _sent = sent;
    private int _repetitions = repetitions;

    /// <summary>It ended the handshake that was begun by this ClientHello.</summary>
    public bool IsAnswerTo(ReadOnlySpan<byte> message) => ClientHello.IsSame(message, helloSequence, clientRandom);

    /// <summary>Writes it again, unless that was done just now: a peer's flight of several datagrams is answered once.</summary>
    public void Repeat(long now, List<byte[]> datagrams)
    {
        if (now - _sent < Handshake.ShortestRepetition)
            return;
        _sent = now;
        var writer = new FlightWriter(this, context.Options.GetMaxDatagram(++_repetitions), session.MaxContent, datagrams);
        foreach (FlightRecord record in flight)
            writer.Add(record);
        writer.Finish();
    }

    public int GetContentOffset(bool isProtected) => isProtected ? session.ContentOffset : RecordHeader.Size;

    public int GetOverhead(bool isProtected) => isProtected ? session.ContentOffset + session.Trailer : RecordHeader.Size;

    public int WriteRecord(ContentType type, bool isProtected, Span<byte> record, int length)
    {
        if (isProtected)
            return RecordProtection.Seal(context.Crypto, session.Keys, type, 1, session.TakeSequenceNumber(), session.PeerConnectionId, session.ConnectionIdForm, record, length);
        RecordHeader.Write(record, type, ProtocolVersion.Dtls12, 0, _nextPlain++, length);
        return RecordHeader.Size + length;
    }
}
