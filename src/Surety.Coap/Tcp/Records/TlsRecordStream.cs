using System.Buffers.Binary;

namespace Surety.Coap;

/// <summary>
/// Stands below an <see cref="System.Net.Security.SslStream"/> and hands it one TLS record at a time. So each read above returns what one
/// record carried; left to itself, it joins the contents of all records that have arrived.
/// </summary>
/// <param name="inner">The connection; owned.</param>
internal sealed class TlsRecordStream(Stream inner) : Stream
{
    // RFC 8446, 5.1: type, version and length.
    private const int HeaderLength = 5, LengthOffset = 3;

    private readonly byte[] _header = new byte[HeaderLength];
    private int _headerCount;
    private int _remaining;

    /// <summary>Where records begin and end does not matter any more: reads go straight through.</summary>
    public bool PassesThrough { get; set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (PassesThrough || buffer.IsEmpty)
            return inner.ReadAsync(buffer, cancellationToken);
        Memory<byte> room = buffer[..Math.Min(buffer.Length, _remaining > 0 ? _remaining : HeaderLength - _headerCount)];
        ValueTask<int> read = inner.ReadAsync(room, cancellationToken);
        return read.IsCompletedSuccessfully ? new(Follow(room, read.Result)) : FollowAsync(room, read);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> FollowAsync(Memory<byte> room, ValueTask<int> read) => Follow(room, await read.ConfigureAwait(false));

    private int Follow(Memory<byte> room, int count)
    {
        if (_remaining > 0)
        {
            _remaining -= count;
            return count;
        }

        room.Span[..count].CopyTo(_header.AsSpan(_headerCount));
        _headerCount += count;
        if (_headerCount == HeaderLength)
        {
            _headerCount = 0;
            _remaining = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(LengthOffset));
        }

        return count;
    }
}
