namespace Surety.Dtls;

/// <summary>The server must show its certificate or raw public key (RFC 5246, 7.4.2).</summary>
internal sealed class ExpectServerCertificate(ClientHandshake handshake) : HandshakeState
{
    public override ValueTask<HandshakeState> HandleAsync(HandshakeMessage message)
    {
        if (message.Type != HandshakeType.Certificate)
            throw Unexpected(message);
        if (!CertificateMessage.TryRead(message.Body, handshake.ServerCertificateType, out IReadOnlyList<byte[]> chain))
            throw Undecodable(message);
        handshake.VerifyPeer(chain);
        return new(new ExpectServerKeyExchange(handshake));
    }
}
