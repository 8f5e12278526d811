namespace Surety.Dtls;

/// <summary>The client must show that it has the private key (RFC 5246, 7.4.8).</summary>
internal sealed class ExpectCertificateVerify(ServerHandshake handshake) : HandshakeState
{
    public override ValueTask<HandshakeState> HandleAsync(HandshakeMessage message)
    {
        if (message.Type != HandshakeType.CertificateVerify)
            throw Unexpected(message);
        WireReader reader = message.Read();
        var scheme = (SignatureScheme)reader.UInt16();
        ReadOnlySpan<byte> signature = reader.Vector16();
        if (!reader.IsComplete)
            throw Undecodable(message);
        if (!handshake.VerifySignature(scheme, signature))
            throw new DtlsAlertException(AlertDescription.DecryptError, "the client has not the private key of its certificate");
        return new(new ExpectFinished(handshake));
    }
}
