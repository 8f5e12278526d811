namespace Surety.Dtls;

/// <summary>What a handshake waits for. Handling a message uses the state up and gives the next.</summary>
internal abstract class HandshakeState
{
    /// <summary>Takes the next message, which is the last of the transcript already.</summary>
    /// <exception cref="DtlsAlertException">The handshake cannot go on.</exception>
    public abstract ValueTask<HandshakeState> HandleAsync(HandshakeMessage message);

    /// <summary>The message has no place here (RFC 5246, 7.4).</summary>
    protected DtlsAlertException Unexpected(HandshakeMessage message) =>
        new(AlertDescription.UnexpectedMessage, $"{message.Type} came in state {GetType().Name}");

    protected static DtlsAlertException Undecodable(HandshakeMessage message) => new(AlertDescription.DecodeError, $"{message.Type} cannot be decoded");
}
