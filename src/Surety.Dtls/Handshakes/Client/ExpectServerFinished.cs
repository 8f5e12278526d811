namespace Surety.Dtls;

/// <summary>The server may send a ticket that it has announced (RFC 5077, 3.3), and must show that it saw the same handshake.</summary>
internal sealed class ExpectServerFinished(ClientHandshake handshake) : HandshakeState
{
    private bool _hasTicket;

    public override ValueTask<HandshakeState> HandleAsync(HandshakeMessage message)
    {
        switch (message.Type)
        {
            case HandshakeType.NewSessionTicket when handshake.ExpectsTicket && !_hasTicket:
                WireReader reader = message.Read();
                reader.Bytes(4);
                byte[] ticket = reader.Vector16().ToArray();
                if (!reader.IsComplete)
                    throw Undecodable(message);
                _hasTicket = true;
                handshake.AcceptTicket(ticket);
                return new(this);
            case HandshakeType.Finished:
                return new(handshake.FinishAfter(message));
            default:
                throw Unexpected(message);
        }
    }
}
