namespace Surety.Dtls;

/// <summary>What stands around an engine: sockets, threads, the protocol above. All but <see cref="Post"/> is called on the engine's thread.</summary>
public interface IDtlsHost
{
    /// <summary>A buffer for the next datagram.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="length">The room that is needed, bytes.</param>
    Span<byte> Rent(in PeerAddress to, int length);

    /// <summary>Sends the first <paramref name="length"/> bytes of the buffer last rented.</summary>
    void Commit(int length);

    /// <summary>A handshake is complete.</summary>
    void OnEstablished(DtlsSession session);

    /// <summary>A record came.</summary>
    /// <param name="session">From whom.</param>
    /// <param name="content">Its content; valid during the call.</param>
    void OnReceived(DtlsSession session, ReadOnlySpan<byte> content);

    /// <summary>A session is no more: the peer closed it, a new one took its place, room was needed.</summary>
    void OnClosed(DtlsSession session);

    /// <summary>A handshake failed.</summary>
    void OnHandshakeFailed(in HandshakeFailure failure);

    /// <summary>Takes over a step with public-key work, to be done by <see cref="HandshakeTask.RunAsync"/> and given to <see cref="DtlsEngine.Complete"/>.</summary>
    /// <returns>False when there is too much of it already: the peer will repeat itself.</returns>
    bool TryOffload(HandshakeTask task);

    /// <summary>A step that had to wait for somebody else is done: brings it to the engine's thread, for <see cref="DtlsEngine.Complete"/>. Called from any thread.</summary>
    void Post(HandshakeTask task);
}
