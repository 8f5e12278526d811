namespace Surety.Dtls;

/// <summary>All is agreed on; the client must show that it saw the same handshake (RFC 5246, 7.4.9).</summary>
internal sealed class ExpectFinished(ServerHandshake handshake) : HandshakeState
{
    public override ValueTask<HandshakeState> HandleAsync(HandshakeMessage message) =>
        message.Type == HandshakeType.Finished ? new(handshake.FinishAfter(message)) : throw Unexpected(message);
}
