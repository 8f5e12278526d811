namespace Surety.Dtls;

/// <summary>The handshake is over. Nothing follows: renegotiation is refused.</summary>
internal sealed class Established : HandshakeState
{
    public static Established Instance { get; } = new();

    public override ValueTask<HandshakeState> HandleAsync(HandshakeMessage message) => throw Unexpected(message);
}
