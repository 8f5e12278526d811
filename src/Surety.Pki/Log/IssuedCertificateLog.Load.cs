using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Surety.Pki;

public sealed partial class IssuedCertificateLog
{
    private int _nextHead;

    private void Load()
    {
        long length = RandomAccess.GetLength(_file);
        if (length == 0)
        {
            byte[] header = new byte[HeaderLength];
            Magic.CopyTo(header);
            RandomAccess.Write(_file, header, 0);
            WriteHead(0, _tree.Root(0));
            RandomAccess.FlushToDisk(_file);
            return;
        }

        TreeHead head = ReadHead();
        long records = (length - HeaderLength) / RecordLength;
        if (records > int.MaxValue)
            throw new InvalidDataException($"{_path} is too long.");
        // A good record behind a bad one says that the bad one is no torn end.
        int bad = ReadRecords((int)records);
        if (head.Size > _count)
            throw new InvalidDataException(
                bad < 0 ? $"{_path} has {_count} entries and had {head.Size}: some were taken away. Restore it from a backup." : $"Entry {bad} of {_path} was changed. Restore the file from a backup.");
        if (!_tree.Root(head.Size).AsSpan().SequenceEqual(head.Root.Span))
            throw new InvalidDataException($"{_path} is not what it was: its root over {head.Size} entries is another. Restore the file from a backup.");
        RandomAccess.SetLength(_file, HeaderLength + ((long)_count * RecordLength));
        _durable = _count;
    }

    private TreeHead ReadHead()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        header.Clear();
        RandomAccess.Read(_file, header, 0);
        if (!header.StartsWith(Magic))
            throw new InvalidDataException($"{_path} is no log of issued certificates.");
        TreeHead? best = null;
        for (int slot = 0; slot < 2; slot++)
        {
            Span<byte> head = header.Slice(Magic.Length + (slot * HeadLength), HeadLength);
            long size = BinaryPrimitives.ReadInt64BigEndian(head);
            if (size is < 0 or > int.MaxValue || !SHA256.HashData(head[..40]).AsSpan(0, 8).SequenceEqual(head[40..]) || size < best?.Size)
                continue;
            best = new((int)size, head[8..40].ToArray());
            _nextHead = slot;
        }

        return best ?? throw new InvalidDataException($"The header of {_path} was changed. Restore the file from a backup.");
    }

    /// <summary>Reads entries up to the first bad one.</summary>
    /// <returns>The number of the first bad one; -1: there is none.</returns>
    private int ReadRecords(int records)
    {
        int bad = -1;
        byte[] checksum = new byte[RecordLength - LoggedCertificate.Length];
        for (int from = 0; from < records; from += ChunkRecords)
        {
            byte[] chunk = new byte[ChunkRecords * RecordLength];
            int wanted = Math.Min(records - from, ChunkRecords);
            int read = RandomAccess.Read(_file, chunk.AsSpan(0, wanted * RecordLength), HeaderLength + ((long)from * RecordLength)) / RecordLength;
            if (bad < 0)
                _chunks.Add(chunk);
            for (int i = 0; i < read; i++)
            {
                Span<byte> record = chunk.AsSpan(i * RecordLength, RecordLength);
                record[LoggedCertificate.Length..].CopyTo(checksum);
                if (bad < 0 && record[32] is > 0 and <= LoggedCertificate.MaxSerial && IsWhole(record, checksum))
                    Take(_count++, record);
                else if (bad < 0)
                    bad = from + i;
                else if (IsWhole(record, checksum))
                    throw new InvalidDataException($"Entry {bad} of {_path} was changed. Restore the file from a backup.");
            }
        }

        // What follows the last good entry in its chunk is written anew.
        while (_chunks.Count > (_count + ChunkRecords - 1) / ChunkRecords)
            _chunks.RemoveAt(_chunks.Count - 1);
        return bad;
    }

    private static bool IsWhole(ReadOnlySpan<byte> record, ReadOnlySpan<byte> checksum)
    {
        Hash256 leaf = Hash256.OfLeaf(record[..LoggedCertificate.Length]);
        return ((ReadOnlySpan<byte>)leaf)[..checksum.Length].SequenceEqual(checksum);
    }
}
