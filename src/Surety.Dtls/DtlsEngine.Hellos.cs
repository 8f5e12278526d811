namespace Surety.Dtls;

/// <content>How handshakes of clients begin.</content>
public sealed partial class DtlsEngine
{
    private void ReceiveClientHellos(in PeerAddress from, ReadOnlySpan<byte> datagram, long now)
    {
        while (RecordHeader.TryRead(datagram, _cidLength, out RecordHeader record))
        {
            ReadOnlySpan<byte> content = datagram.Slice(record.HeaderLength, record.Length);
            datagram = datagram[(record.HeaderLength + record.Length)..];
            if (_server is null || record is not { Epoch: 0, Type: ContentType.Handshake } || !HandshakeHeader.TryRead(content, out HandshakeHeader header)
                || header.Type != HandshakeType.ClientHello)
                Statistics.Ignored++;
            else if (header.FragmentOffset == 0)
                ReceiveBeginning(from, record.SequenceNumber, header, content[..(HandshakeHeader.Size + header.FragmentLength)], now);
            else if (_hellos.Add(from, header, content.Slice(HandshakeHeader.Size, header.FragmentLength)) is { } message)
                Accept(from, record.SequenceNumber, message, now);
        }
    }

    /// <summary>
    /// A hello, or its first fragment. The cookie and what it is made of stand in the first hundred bytes, so that a fragment is answered as a whole
    /// hello would be, without state; the other fragments of a hello without valid cookie are forgotten.
    /// </summary>
    private void ReceiveBeginning(in PeerAddress from, ulong recordNumber, in HandshakeHeader header, ReadOnlySpan<byte> message, long now)
    {
        Span<byte> cookie = stackalloc byte[32];
        switch (_cookies.Verify(from, message[HandshakeHeader.Size..], now, cookie))
        {
            case true when header.IsWhole:
                Accept(from, recordNumber, message, now);
                break;
            case true when !TryRepeat(from, message, now):
                _hellos.Begin(from, header, message[HandshakeHeader.Size..], now);
                break;
            case false:
                Statistics.CookieRequests++;
                Span<byte> answer = _host.Rent(from, CookieExchange.ResponseLength);
                _host.Commit(CookieExchange.WriteRequest(answer, recordNumber, cookie));
                break;
            case null:
                Statistics.Ignored++;
                break;
        }
    }

    /// <summary>The same hello again: our flight was lost, or the hello was late. It starts nothing new, not even when all is over already.</summary>
    /// <param name="from">Where it came from.</param>
    /// <param name="message">The hello, or its first fragment.</param>
    /// <param name="now">The time.</param>
    private bool TryRepeat(in PeerAddress from, ReadOnlySpan<byte> message, long now)
    {
        if (_handshakes.TryGetValue(from, out Handshake? existing))
        {
            if (existing is not ServerHandshake known)
                return true;
            if (known.IsAnswerTo(message))
            {
                if (!known.IsBusy)
                {
                    known.Repeat(now);
                    Flush(known.Outgoing, from);
                }

                return true;
            }
        }

        if (!_sessions.TryGet(from, out DtlsSession? session) || !session.IsServer || session.LastFlight?.IsAnswerTo(message) != true)
            return false;
        RepeatLastFlight(session, now);
        return true;
    }

    private void Accept(in PeerAddress from, ulong recordNumber, ReadOnlySpan<byte> message, long now)
    {
        if (TryRepeat(from, message, now))
            return;
        ServerHandshake handshake;
        try
        {
            handshake = ServerHandshake.Accept(_context, from, _sessions.NewNumber(), _server!, _serverSessions!, message, recordNumber, now);
        }
        catch (DtlsAlertException e)
        {
            Statistics.Failed++;
            Span<byte> alert = _host.Rent(from, RecordHeader.Size + 2);
            RecordHeader.Write(alert, ContentType.Alert, ProtocolVersion.Dtls12, 0, recordNumber, 2);
            alert[RecordHeader.Size] = Fatal;
            alert[RecordHeader.Size + 1] = (byte)e.Alert;
            _host.Commit(RecordHeader.Size + 2);
            _host.OnHandshakeFailed(new(from, 0, true, e.Alert, e.Message));
            return;
        }

        Begin(handshake, now);
    }
}
