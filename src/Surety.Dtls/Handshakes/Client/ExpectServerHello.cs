namespace Surety.Dtls;

/// <summary>A ClientHello is out. HelloVerifyRequests do not get here.</summary>
internal sealed class ExpectServerHello(ClientHandshake handshake) : HandshakeState
{
    public override ValueTask<HandshakeState> HandleAsync(HandshakeMessage message)
    {
        if (message.Type != HandshakeType.ServerHello)
            throw Unexpected(message);
        if (!ServerHello.TryRead(message.Body, out ServerHello hello))
            throw Undecodable(message);
        handshake.Accept(hello);
        return new(handshake.IsResumed ? new ExpectServerFinished(handshake)
            : handshake.Suite!.HasCertificates ? new ExpectServerCertificate(handshake)
            : new ExpectServerKeyExchange(handshake));
    }
}
