namespace Surety.Dtls;

/// <summary>RFC 5246, 7.4.3. With a pre-shared key alone, the server sends it only when it has a hint to give.</summary>
internal sealed class ExpectServerKeyExchange(ClientHandshake handshake) : HandshakeState
{
    public override ValueTask<HandshakeState> HandleAsync(HandshakeMessage message)
    {
        CipherSuite suite = handshake.Suite!;
        if (message.Type != HandshakeType.ServerKeyExchange)
            return suite.HasEcdhe ? throw Unexpected(message) : new ExpectServerHelloDone(handshake).HandleAsync(message);
        if (!ServerKeyExchange.TryRead(message.Body, suite.KeyExchange, out ServerKeyExchange exchange))
            throw Undecodable(message);
        if (suite.HasEcdhe)
            handshake.Accept(exchange);
        return new(new ExpectServerHelloDone(handshake));
    }
}
