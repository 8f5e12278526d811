namespace Surety.Dtls;

/// <summary>The server may ask for a certificate, once, and is done then (RFC 5246, 7.4.4, 7.4.5).</summary>
internal sealed class ExpectServerHelloDone(ClientHandshake handshake) : HandshakeState
{
    private bool _wasAsked;

    public override ValueTask<HandshakeState> HandleAsync(HandshakeMessage message)
    {
        switch (message.Type)
        {
            case HandshakeType.CertificateRequest when handshake.Suite!.HasCertificates && !_wasAsked:
                _wasAsked = true;
                return handshake.TryAccept(message.Read()) ? new(this) : throw Undecodable(message);
            case HandshakeType.ServerHelloDone:
                return message.Body.IsEmpty ? new(handshake.Answer()) : throw Undecodable(message);
            default:
                throw Unexpected(message);
        }
    }
}
