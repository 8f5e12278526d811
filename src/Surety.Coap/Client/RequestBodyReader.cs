namespace Surety.Coap;

/// <summary>Cuts a request's body into blocks, from memory or from a stream that need not seek.</summary>
internal sealed class RequestBodyReader(CoapRequest request)
{
    private byte[] _buffer = [];
    private long _start;
    private int _count;

    /// <summary>Bytes in all, when known.</summary>
    public long? Length { get; } = request.PayloadStream is not { } stream ? request.Payload.Length : stream.CanSeek ? stream.Length - stream.Position : null;

    /// <summary>The bytes at <paramref name="offset"/>, which does not go back beyond the last call's, and whether others follow.</summary>
    public async ValueTask<(ReadOnlyMemory<byte> Bytes, bool More)> ReadAsync(long offset, int size, CancellationToken cancellationToken)
    {
        if (request.PayloadStream is not { } stream)
        {
            ReadOnlyMemory<byte> rest = request.Payload[(int)offset..];
            return (rest[..Math.Min(size, rest.Length)], rest.Length > size);
        }

        int consumed = (int)(offset - _start);
        _buffer.AsSpan(consumed, _count - consumed).CopyTo(_buffer);
        _start = offset;
        _count -= consumed;
        // One byte more tells whether this is the last block.
        if (_buffer.Length < size + 1)
            Array.Resize(ref _buffer, size + 1);
        while (_count <= size)
        {
            int read = await stream.ReadAsync(_buffer.AsMemory(_count), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            _count += read;
        }

        return (_buffer.AsMemory(0, Math.Min(_count, size)), _count > size);
    }
}
