namespace Surety.Coap;

/// <summary>
/// Bytes on their way out of a connection, in pooled segments. What was appended may leave once it was committed, and can be taken back
/// until then. An empty buffer holds no memory.
/// </summary>
internal sealed class OutputBuffer(SegmentPool pool)
{
    private const int SegmentLength = SegmentPool.SegmentLength;

    private readonly List<byte[]> _segments = [];
    private int _start;
    private int _end;

    /// <summary>Bytes that were appended and not yet sent.</summary>
    public long Length { get; private set; }

    /// <summary>How many of them may leave.</summary>
    public long Committed { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_segments.Count == 0 || _end == SegmentLength)
            {
                _segments.Add(pool.Rent());
                _end = 0;
            }

            int count = Math.Min(bytes.Length, SegmentLength - _end);
            bytes[..count].CopyTo(_segments[^1].AsSpan(_end));
            _end += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Everything appended may leave.</summary>
    public void Commit() => Committed = Length;

    /// <summary>Takes back what was appended since the last commit.</summary>
    public void Rollback()
    {
        long excess = Length - Committed;
        Length = Committed;
        while (excess > 0)
        {
            int inTail = _end - (_segments.Count == 1 ? _start : 0);
            if (excess < inTail)
            {
                _end -= (int)excess;
                return;
            }

            excess -= inTail;
            pool.Return(_segments[^1]);
            _segments.RemoveAt(_segments.Count - 1);
            _end = SegmentLength;
        }

        if (_segments.Count == 0)
            _start = _end = 0;
    }

    /// <summary>The next bytes to send; they stay until <see cref="Advance"/>.</summary>
    public bool TryPeek(out ReadOnlyMemory<byte> bytes)
    {
        int count = (int)Math.Min(Committed, (_segments.Count > 1 ? SegmentLength : _end) - _start);
        bytes = count > 0 ? _segments[0].AsMemory(_start, count) : default;
        return count > 0;
    }

    /// <summary>So many of the bytes last peeked at were sent.</summary>
    public void Advance(int count)
    {
        Length -= count;
        Committed -= count;
        _start += count;
        if (_start < (_segments.Count > 1 ? SegmentLength : _end))
            return;
        pool.Return(_segments[0]);
        _segments.RemoveAt(0);
        _start = 0;
        if (_segments.Count == 0)
            _end = 0;
    }

    /// <summary>Drops everything. Not while bytes that were peeked at are being sent.</summary>
    public void Clear()
    {
        foreach (byte[] segment in _segments)
            pool.Return(segment);
        _segments.Clear();
        _start = _end = 0;
        Length = Committed = 0;
    }
}
