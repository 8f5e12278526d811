namespace Surety.Dtls;

/// <summary>A step of a handshake that is worth a thread of its own. Run once, on any thread, and then given back to the engine on the engine's.</summary>
public sealed class HandshakeTask
{
    private readonly byte[]? _datagram;
    private readonly long _now;

    internal HandshakeTask(Handshake handshake, byte[]? datagram, long now)
    {
        Handshake = handshake;
        _datagram = datagram;
        _now = now;
    }

    internal Handshake Handshake { get; }

    /// <summary>Does the work; never throws.</summary>
    public ValueTask RunAsync() => Handshake.RunAsync(_datagram, _now);
}
