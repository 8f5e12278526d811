using System.Buffers;

namespace Surety.Coap;

/// <summary>
/// Bytes that were received and not yet taken, at most the beginning of one message once the session had its turn. It grows with what
/// arrives, not with what is announced, within a budget that all connections share; an empty one holds no memory.
/// </summary>
internal sealed class InputBuffer(CoapTcpEngine engine)
{
    private byte[]? _buffer;
    private int _start;
    private int _end;

    /// <summary>What is there.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Where more can be read to; not empty.</summary>
    public Memory<byte> Room => (_buffer ??= engine.Segments.Rent()).AsMemory(_end);

    /// <summary>The last read has filled it: there may be more to read.</summary>
    public bool IsFull => _end == _buffer?.Length;

    /// <summary>So many bytes were read into <see cref="Room"/>.</summary>
    public void Add(int count) => _end += count;

    /// <summary>The first <paramref name="count"/> of <see cref="Bytes"/> are done with.</summary>
    public void Take(int count) => _start += count;

    /// <summary>Sees to it that there is room.</summary>
    /// <param name="wanted">The length of the message that has begun, as far as it is known; bytes.</param>
    /// <returns>False when there is no memory for it at present.</returns>
    public bool TryMakeRoom(int wanted)
    {
        int count = _end - _start;
        if (count == 0)
        {
            Clear();
            return true;
        }

        byte[] old = _buffer!;
        if (_start > 0)
            old.AsSpan(_start, count).CopyTo(old);
        _start = 0;
        _end = count;
        if (count < old.Length)
            return true;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(Math.Max(wanted, count + 1), count * 2));
        engine.ReceiveMemory += larger.Length - Counted(old);
        if (engine.ReceiveMemory > engine.Options.Tcp.MaxReceiveMemory)
        {
            engine.ReceiveMemory -= larger.Length - Counted(old);
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        old.CopyTo(larger, 0);
        Return(old);
        _buffer = larger;
        return true;
    }

    /// <summary>Drops everything. Not while something is being read into <see cref="Room"/>.</summary>
    public void Clear()
    {
        _start = _end = 0;
        if (_buffer is null)
            return;
        engine.ReceiveMemory -= Counted(_buffer);
        Return(_buffer);
        _buffer = null;
    }

    /// <summary>A segment of the pool is every connection's own.</summary>
    private static int Counted(byte[] buffer) => buffer.Length == SegmentPool.SegmentLength ? 0 : buffer.Length;

    private void Return(byte[] buffer)
    {
        if (buffer.Length == SegmentPool.SegmentLength)
            engine.Segments.Return(buffer);
        else
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
