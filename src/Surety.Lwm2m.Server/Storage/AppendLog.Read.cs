using System.Buffers;
using System.Buffers.Binary;

namespace Surety.Lwm2m.Server;

public sealed partial class AppendLog
{
    private const int ReadSize = 256 * 1024;

    /// <summary>
    /// Reads what was written, from a position on, until the reader stops or the log ends; what was appended and not flushed is left out. A
    /// record that is damaged is skipped; where the next one cannot be found behind it, reading goes on with the next file.
    /// </summary>
    /// <param name="from">Where a record begins or the log ends. What was deleted meanwhile is left out.</param>
    /// <param name="reader">Is called without a lock held, also while others append.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Read(LogPosition from, RecordReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        foreach ((LogSegment segment, int length) in SegmentsFrom(from.Segment))
        {
            int offset = segment.Number == from.Segment ? from.Offset : 0;
            try
            {
                Scan(segment, offset, length, reader, out bool hasStopped);
                if (hasStopped)
                    return;
            }
            catch (ObjectDisposedException) when (segment.IsDeleted)
            {
                // Somebody has dropped it while it was read.
            }
        }
    }

    private List<(LogSegment Segment, int Length)> SegmentsFrom(int number)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            List<(LogSegment, int)> segments = [];
            foreach (LogSegment segment in _segments.Values)
            {
                if (segment.Number >= number)
                    segments.Add((segment, segment.Length));
            }

            return segments;
        }
    }

    /// <summary>Reads the records of one segment.</summary>
    /// <returns>Where the last whole record ends.</returns>
    private int Scan(LogSegment segment, int offset, int length, RecordReader? reader, out bool hasStopped)
    {
        hasStopped = false;
        int end = offset;
        byte[] block = ArrayPool<byte>.Shared.Rent(Math.Clamp(length - offset, HeaderLength, ReadSize));
        try
        {
            while (length - offset >= HeaderLength)
            {
                int read = segment.Read(block.AsSpan(0, Math.Min(block.Length, length - offset)), offset);
                int taken = Take(segment.Number, block.AsSpan(0, read), offset, length, reader, ref end, ref hasStopped, out int needed);
                if (hasStopped || needed < 0)
                    break;
                offset += taken;
                if (taken > 0)
                    continue;
                // Nothing was taken because the record is longer than the block, or because the file is shorter than it was.
                if (needed <= read || needed <= block.Length)
                    break;
                ArrayPool<byte>.Shared.Return(block);
                block = ArrayPool<byte>.Shared.Rent(needed);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return end;
    }

    /// <summary>Takes the whole records of a block.</summary>
    /// <param name="number">The segment.</param>
    /// <param name="block">Bytes of the segment.</param>
    /// <param name="offset">Where the block begins.</param>
    /// <param name="length">Where the segment ends.</param>
    /// <param name="reader">Is given the good ones.</param>
    /// <param name="end">Where the last good record ends.</param>
    /// <param name="hasStopped">The reader wants no more.</param>
    /// <param name="needed">Bytes that the next record needs; -1 when there is none.</param>
    /// <returns>Bytes taken.</returns>
    private int Take(
        int number, ReadOnlySpan<byte> block, int offset, int length, RecordReader? reader, ref int end, ref bool hasStopped, out int needed)
    {
        int position = 0;
        needed = HeaderLength;
        while (block.Length - position >= HeaderLength)
        {
            int size = BinaryPrimitives.ReadInt32LittleEndian(block[position..]);
            if (size < 0 || size > _options.MaxRecord || size > length - offset - position - HeaderLength)
            {
                needed = -1;
                return position;
            }

            needed = HeaderLength + size;
            if (block.Length - position < needed)
                return position;
            ReadOnlySpan<byte> record = block.Slice(position + HeaderLength, size);
            int start = offset + position;
            if (BinaryPrimitives.ReadUInt32LittleEndian(block[(position + 4)..]) == Checksum(record))
            {
                end = start + needed;
                if (reader?.Invoke(new(number, start), new(number, end), record) == false)
                {
                    hasStopped = true;
                    return position + needed;
                }
            }

            position += needed;
            needed = HeaderLength;
        }

        return position;
    }
}
