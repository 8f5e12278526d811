namespace Surety.Dtls;

/// <content>What comes in.</content>
public sealed partial class DtlsEngine
{
    // The chance that one of so many forgeries passes a tag of eight bytes is 2^-40; whoever floods a session has time for more, so it ends.
    private const int MaxForgeries = 1 << 24;

    /// <summary>Takes one datagram.</summary>
    /// <param name="from">Where it came from.</param>
    /// <param name="datagram">Its bytes; decrypted in place.</param>
    /// <param name="now">The time.</param>
    public void Receive(in PeerAddress from, Span<byte> datagram, long now)
    {
        Statistics.Datagrams++;
        if (!RecordHeader.TryRead(datagram, _cidLength, out RecordHeader header))
        {
            Statistics.Ignored++;
            return;
        }

        if (header.Type == ContentType.Tls12Cid)
        {
            ReceiveWithConnectionId(from, datagram, now);
            return;
        }

        Span<byte> content = datagram.Slice(header.HeaderLength, header.Length);
        if (header is { Epoch: 0, Type: ContentType.Handshake } && content.Length > 0 && content[0] == (byte)HandshakeType.ClientHello)
        {
            ReceiveClientHellos(from, datagram, now);
            return;
        }

        bool hasHandshake = _handshakes.TryGetValue(from, out Handshake? handshake);
        if (_sessions.TryGet(from, out DtlsSession? session))
        {
            // It may be of the old association or of the new one, and a repeated flight begins in the old epoch; decryption destroys what it cannot decrypt.
            byte[]? copy = hasHandshake ? datagram.ToArray() : null;
            if (ReceiveRecords(session, from, datagram, now) || copy is null)
                return;
            Deliver(handshake!, copy, now);
            return;
        }

        if (hasHandshake)
            Deliver(handshake!, datagram.ToArray(), now);
        else
            Statistics.Ignored++;
    }

    private void ReceiveWithConnectionId(in PeerAddress from, Span<byte> datagram, long now)
    {
        ulong number = _context.GetNumber(datagram.Slice(11, _cidLength));
        if (_sessions.TryGet(number, out DtlsSession? session))
            ReceiveRecords(session, from, datagram, now);
        else if (_handshakes.TryGetValue(from, out Handshake? handshake) && handshake.Number == number)
            Deliver(handshake, datagram.ToArray(), now);
        else
            Statistics.Ignored++;
    }

    /// <returns>False when nothing in there was of this session.</returns>
    private bool ReceiveRecords(DtlsSession session, in PeerAddress from, Span<byte> datagram, long now)
    {
        bool any = false;
        while (!session.IsClosed && RecordHeader.TryRead(datagram, _cidLength, out RecordHeader header))
        {
            Span<byte> record = datagram[..(header.HeaderLength + header.Length)];
            datagram = datagram[record.Length..];
            any |= TryReceive(session, from, header, record, now);
        }

        return any;
    }

    private bool TryReceive(DtlsSession session, in PeerAddress from, in RecordHeader header, Span<byte> record, long now)
    {
        // RFC 9146, 3: who was given a Connection ID must use it. Epoch 0 is over: what comes of it now proves nothing.
        bool hasCid = header.Type == ContentType.Tls12Cid;
        if (header.Epoch != 1 || hasCid != session.HasConnectionId || (hasCid && _context.GetNumber(record.Slice(11, _cidLength)) != session.Number))
        {
            Statistics.Ignored++;
            return false;
        }

        if (!session.Window.IsNew(header.SequenceNumber))
        {
            Statistics.Replayed++;
            return false;
        }

        if (!RecordProtection.TryOpen(_context.Crypto, session.Keys, header, record, session.ConnectionIdForm, out ContentType type, out Span<byte> content))
        {
            Statistics.Forged++;
            if (++session.Forgeries >= MaxForgeries)
                Fail(session, AlertDescription.BadRecordMac);
            return false;
        }

        bool isNewest = session.Window.Mark(header.SequenceNumber);
        session.LastReceived = now;
        _sessions.Touch(session);
        // An answer may tell where the peer is, before that is asked again.
        if (type == ContentType.ReturnRoutabilityCheck && session.ChecksReturnRoutability)
            ReceivePathMessage(session, from, content, now);
        Locate(session, from, record.Length, isNewest, now);
        ReceiveContent(session, type, content, now);
        return true;
    }

    private void ReceiveContent(DtlsSession session, ContentType type, ReadOnlySpan<byte> content, long now)
    {
        switch (type)
        {
            case ContentType.ApplicationData:
                // Whoever sends data has seen our Finished.
                session.LastFlight = null;
                if (!content.IsEmpty)
                    _host.OnReceived(session, content);
                break;
            case ContentType.Alert when content is [byte level, byte description]:
                ReceiveAlert(session, level, (AlertDescription)description);
                break;
            case ContentType.Handshake when HandshakeHeader.TryRead(content, out HandshakeHeader header):
                if (header.Type == HandshakeType.Finished)
                    RepeatLastFlight(session, now);
                else if (header.Type == (session.IsServer ? HandshakeType.ClientHello : HandshakeType.HelloRequest))
                    SendAlert(session, Warning, AlertDescription.NoRenegotiation);
                break;
        }
    }

    private void ReceiveAlert(DtlsSession session, byte level, AlertDescription alert)
    {
        if (alert == AlertDescription.CloseNotify)
        {
            Close(session);
        }
        else if (level == Fatal)
        {
            // RFC 5246, 7.2.2: such a session is not resumed either.
            _serverSessions?.Cache.Remove(session.CachedNumber);
            Drop(session);
        }
    }

    private void Fail(DtlsSession session, AlertDescription alert)
    {
        SendAlert(session, Fatal, alert);
        Drop(session);
    }

    private void RepeatLastFlight(DtlsSession session, long now)
    {
        if (session.LastFlight is not { } flight)
            return;
        List<byte[]> datagrams = [];
        flight.Repeat(now, datagrams);
        Flush(datagrams, session.Address);
    }
}
