namespace Surety.Coap;

/// <summary>Where an engine puts its datagrams: a batch of a socket, a security layer, or a test.</summary>
internal interface IDatagramSink
{
    /// <summary>A buffer for the next datagram to <paramref name="peer"/>; the one rented before it, if not committed, is given up.</summary>
    Span<byte> Rent(in PeerKey peer);

    /// <summary>Sends the first <paramref name="length"/> bytes of the buffer last rented.</summary>
    void Commit(int length);
}
