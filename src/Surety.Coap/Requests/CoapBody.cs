namespace Surety.Coap;

/// <summary>
/// A response body that is read piece by piece as the client asks for its blocks, for bodies too large to hold (RFC 7959, 2.4). The
/// same ETag must always mean the same bytes.
/// </summary>
public abstract class CoapBody
{
    /// <summary>Bytes in all.</summary>
    public abstract long Length { get; }

    /// <summary>1 to 8 bytes that change whenever the body does.</summary>
    public abstract ReadOnlyMemory<byte> ETag { get; }

    /// <summary>Fills <paramref name="destination"/> with the bytes at <paramref name="offset"/>; called on the endpoint's thread.</summary>
    public abstract void Read(long offset, Span<byte> destination);
}
