using System.Buffers;

namespace Surety.Coap;

/// <summary>The body of a request that arrives in blocks (RFC 7959, 2.5): collected here, or handed on to a <see cref="BodyReceiver"/>.</summary>
internal sealed class RequestBody(BodyReceiver? receiver) : Transfer
{
    private readonly ArrayBufferWriter<byte>? _collected = receiver is null ? new() : null;

    public BodyReceiver? Receiver => receiver;

    /// <summary>Bytes received in order; the next block begins here.</summary>
    public long Length { get; private set; }

    public override long Bytes => _collected?.Capacity ?? 0;

    public ReadOnlySpan<byte> Collected => _collected!.WrittenSpan;

    public void Write(ReadOnlySpan<byte> block)
    {
        if (receiver is null)
            _collected!.Write(block);
        else
            receiver.Write(Length, block);
        Length += block.Length;
    }

    public override void Abort() => receiver?.Abort();
}
