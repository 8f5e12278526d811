namespace Surety.Coap;

/// <summary>Receives the body of one block-wise request in order, block by block, so that it need not be held in memory (RFC 7959, 2.3).</summary>
public abstract class BodyReceiver
{
    /// <summary>Takes the bytes at <paramref name="offset"/>, which is where the last ones ended.</summary>
    /// <exception cref="CoapException">Ends the transfer with this response, 4.13 for instance.</exception>
    public abstract void Write(long offset, ReadOnlySpan<byte> block);

    /// <summary>The last block was written; answers the request, or defers the answer.</summary>
    public abstract void Complete(ref IncomingRequest request);

    /// <summary>The transfer was replaced, timed out, or failed: drop what was written.</summary>
    public abstract void Abort();
}
