namespace Surety.Coap;

internal sealed partial class CoapEngine
{
    private void ReceiveReply(in PeerKey peer, in CoapMessage message)
    {
        Exchange? exchange = FindByMessageId(peer, message.MessageId);
        if (message.Type == MessageType.Reset)
        {
            ReceiveReset(peer, message, exchange);
            return;
        }

        // RFC 7252, 4.2: an acknowledgement is Empty or carries the response; anything else is ignored.
        if (exchange is not { AwaitsAcknowledgement: true } || !(message.Code.IsEmpty || message.Code.IsResponse))
            return;
        if (!exchange.ExpectsResponse)
        {
            OutgoingMessage? acknowledged = exchange.Message;
            End(exchange);
            acknowledged?.OnAcknowledged();
            return;
        }

        if (message.Code.IsResponse)
        {
            // RFC 7252, 5.3.2: Message ID and token must both match.
            if (exchange.Token == new CoapToken(message.Token))
                Respond(exchange, peer, message);
            return;
        }

        exchange.AwaitsAcknowledgement = false;
        ReturnDatagram(exchange);
        _timers.Schedule(exchange, _now + (long)_options.Transmission.ResponseTimeout.TotalMilliseconds);
        Release(exchange);
    }

    private void ReceiveReset(in PeerKey peer, in CoapMessage message, Exchange? exchange)
    {
        if (!message.Code.IsEmpty)
            return;
        if (exchange is null)
        {
            _handler.OnReset(new CoapPeer(_endpoint, peer), message.MessageId);
        }
        else if (exchange.IsPing)
        {
            OutgoingMessage? ping = exchange.Message;
            End(exchange);
            ping?.OnFailed(ExchangeFailure.Reset);
        }
        else
        {
            Fail(exchange, ExchangeFailure.Reset);
        }
    }

    private void ReceiveResponse(in PeerKey peer, in CoapMessage message)
    {
        if (TryRepeat(peer, message, false, out _))
            return;
        bool accepted;
        if (FindByToken(peer, message.Token) is { } exchange)
            accepted = Respond(exchange, peer, message);
        else
            accepted = !HasUnknownCriticalOption(message) && _handler.OnNotification(new CoapPeer(_endpoint, peer), message);

        bool confirmable = message.Type == MessageType.Confirmable;
        if (accepted)
        {
            Remember(peer, message.MessageId, confirmable ? DeduplicationLog.Answer.Acknowledged : DeduplicationLog.Answer.None);
            if (confirmable)
                SendEmpty(peer, MessageType.Acknowledgement, message.MessageId);
            return;
        }

        Statistics.Strays++;
        Remember(peer, message.MessageId, DeduplicationLog.Answer.Reset);
        SendEmpty(peer, MessageType.Reset, message.MessageId);
    }

    /// <summary>Gives a response to its request.</summary>
    /// <returns>False when it must be rejected.</returns>
    private bool Respond(Exchange exchange, in PeerKey peer, in CoapMessage message)
    {
        PeerState state = exchange.Peer;
        OutgoingMessage? owner = exchange.Message;
        bool isMulticast = state.Key.IsMulticast;
        bool accepted = !HasUnknownCriticalOption(message);
        state.ProbeUntil = 0;
        if (isMulticast)
        {
            // It stays open for other peers' responses.
            _timers.Schedule(exchange, exchange.Begun + (long)_options.Transmission.NonLifetime.TotalMilliseconds);
            Release(exchange);
        }
        else if (accepted)
        {
            End(exchange);
        }
        else
        {
            Fail(exchange, ExchangeFailure.BadResponse);
        }

        Pump(state);
        if (accepted)
            owner?.OnResponse(new CoapPeer(_endpoint, peer), message);
        return accepted;
    }

    /// <summary>
    /// An option that forbids to process a response (RFC 7252, 5.4.1): critical, and unknown, not defined for responses, repeated or of a
    /// wrong length (5.4, 5.4.3, 5.4.5). The block options are the only critical ones that responses have.
    /// </summary>
    internal static bool HasUnknownCriticalOption(in CoapMessage message)
    {
        CoapOptionReader options = message.Options;
        CoapOptionNumber previous = 0;
        while (options.MoveNext())
        {
            CoapOptionNumber number = options.Number;
            if (!number.IsCritical())
                continue;
            if (number is not (CoapOptionNumber.Block1 or CoapOptionNumber.Block2) || number == previous || options.Value.Length > 3)
                return true;
            previous = number;
        }

        return false;
    }

    private Exchange? FindByMessageId(in PeerKey peer, ushort messageId)
    {
        if (!_peers.TryGetValue(peer, out PeerState? state))
            return null;
        for (Exchange? exchange = state.First; exchange is not null; exchange = exchange.NextOfPeer)
        {
            if (exchange.MessageId == messageId)
                return exchange;
        }

        return null;
    }
}
