namespace Surety.Dtls;

/// <summary>The client was asked for a certificate, and must send one, or an empty message (RFC 5246, 7.4.6).</summary>
internal sealed class ExpectClientCertificate(ServerHandshake handshake) : HandshakeState
{
    public override ValueTask<HandshakeState> HandleAsync(HandshakeMessage message)
    {
        if (message.Type != HandshakeType.Certificate)
            throw Unexpected(message);
        if (!CertificateMessage.TryRead(message.Body, handshake.Parameters.ClientCertificateType, out IReadOnlyList<byte[]> chain))
            throw Undecodable(message);
        handshake.VerifyPeer(chain);
        return new(new ExpectClientKeyExchange(handshake));
    }
}
