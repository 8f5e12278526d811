namespace Surety.Coap;

/// <summary>
/// Buffers of one size for the connections of an endpoint, which need them all at once in one round and none in the next: more than the
/// shared pool keeps. Used by one thread at a time.
/// </summary>
internal sealed class SegmentPool
{
    /// <summary>The payload of the largest TLS record: one buffer, one write, one record (RFC 8446, 5.1).</summary>
    public const int SegmentLength = 16 * 1024;

    // 8 MiB.
    private const int MaxKept = 512;

    private readonly Stack<byte[]> _free = new();

    public byte[] Rent() => _free.TryPop(out byte[]? segment) ? segment : GC.AllocateUninitializedArray<byte>(SegmentLength);

    public void Return(byte[] segment)
    {
        if (_free.Count < MaxKept)
            _free.Push(segment);
    }
}
