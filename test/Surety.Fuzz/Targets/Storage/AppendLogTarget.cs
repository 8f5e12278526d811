using System.Buffers.Binary;
using Surety.Lwm2m.Server;
using static Surety.Fuzz.ScriptInput;

namespace Surety.Fuzz.Targets.Storage;

/// <summary>
/// A log whose files were damaged. The input says which records were written and what became of the files. Whatever it was, the log opens,
/// gives nothing that was not written, gives of each file what stands before the damage, and takes new records.
/// </summary>
internal sealed class AppendLogTarget : FuzzTarget
{
    private const int MaxRecords = 60;
    private const int MaxDamages = 30;
    private const int MaxFile = 8_000;

    private static readonly AppendLogOptions Options = new() { SegmentSize = 400, MaxRecord = 1000, SyncInterval = Timeout.InfiniteTimeSpan };

    public override string Name => "append-log";

    public override int MaxLength => 1000;

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        using var directory = new ScratchDirectory();
        List<Record> written = Write(directory, ref input);
        // Of each file: the first byte that may be wrong.
        int[] soundUntil = [.. directory.Files().Select(_ => int.MaxValue)];
        bool isForged = false;
        for (int i = 0; i < MaxDamages && !input.IsEmpty; i++)
            Damage(directory, soundUntil, ref input, ref isForged, features);

        List<byte[]> read = ReadAnew(directory, appends: false);
        if (!isForged)
            CheckRead(written, soundUntil, read);
        features.AddAmount(0, read.Count);
        features.AddAmount(1, written.Count - read.Count);

        List<byte[]> again = ReadAnew(directory, appends: true);
        Assert.Equal(read, again);
        Assert.Equal([.. read, "new"u8.ToArray()], ReadAnew(directory, appends: false));
    }

    private static List<Record> Write(ScratchDirectory directory, ref ReadOnlySpan<byte> input)
    {
        List<Record> written = [];
        using AppendLog log = AppendLog.Open(directory.Name, "log", Options);
        int count = Take(ref input) % MaxRecords;
        for (int i = 0; i < count; i++)
        {
            byte[] record = new byte[Take(ref input)];
            for (int at = 0; at < record.Length; at++)
                record[at] = (byte)((i * 7) + at);
            if (record.Length >= 2)
                BinaryPrimitives.WriteUInt16LittleEndian(record, (ushort)i);
            LogPosition position = log.Append(record);
            written.Add(new(position.Segment - 1, position.Offset + 8 + record.Length, record));
        }

        return written;
    }

    private static void Damage(ScratchDirectory directory, int[] soundUntil, ref ReadOnlySpan<byte> input, ref bool isForged, FeatureSet features)
    {
        int operation = Take(ref input);
        int file = Take(ref input) % soundUntil.Length;
        string path = Path.Combine(directory.Name, $"log.{file + 1:00000000}.log");
        if (!File.Exists(path))
            return;
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.Length == 0 ? 0 : (Take(ref input) | (Take(ref input) << 8)) % (bytes.Length + 1);
        features.Add(2, operation & 7);
        switch (operation & 7)
        {
            case 0 when at < bytes.Length:
                bytes[at] ^= (byte)(1 << (operation >> 3 & 7));
                break;
            case 1:
                bytes = bytes[..at];
                break;
            case 2:
                byte[] over = TakeMany(ref input);
                over.AsSpan(0, Math.Min(over.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                break;
            case 3:
                bytes = [.. bytes[..at], .. TakeMany(ref input), .. bytes[at..]];
                break;
            case 4:
                bytes = [.. bytes[..at], .. new byte[50], .. bytes[at..]];
                break;
            case 5 when bytes.Length < MaxFile:
                // Bytes that were once a record, at another place: a sound checksum, and nothing to tell them by.
                isForged = true;
                bytes = [.. bytes[..at], .. bytes];
                break;
            case 6:
                bytes = TakeMany(ref input);
                at = 0;
                break;
            case 7 when file < soundUntil.Length - 1:
                File.Delete(path);
                soundUntil[file] = 0;
                return;
        }

        File.WriteAllBytes(path, bytes);
        soundUntil[file] = Math.Min(soundUntil[file], at);
    }

    private static void CheckRead(List<Record> written, int[] soundUntil, List<byte[]> read)
    {
        int next = 0;
        foreach (byte[] record in read)
        {
            int found = written.FindIndex(next, w => w.Bytes.AsSpan().SequenceEqual(record));
            Assert.True(found >= 0, $"{Convert.ToHexString(record)} was not written there");
            for (; next < found; next++)
                Assert.False(IsSound(written[next]), $"record {next}, which is sound, was not read");
            next = found + 1;
        }

        for (; next < written.Count; next++)
            Assert.False(IsSound(written[next]), $"record {next}, which is sound, was not read");

        bool IsSound(Record record) => record.End <= soundUntil[record.File] && record.Bytes.Length >= 2;
    }

    private static List<byte[]> ReadAnew(ScratchDirectory directory, bool appends)
    {
        List<byte[]> read = [];
        using AppendLog log = AppendLog.Open(directory.Name, "log", Options);
        log.Read(log.Start, (position, next, record) =>
        {
            Assert.True(position < next);
            read.Add(record.ToArray());
            return true;
        });
        if (!appends)
            return read;
        log.Append("new"u8);
        log.Flush();
        return read;
    }

    /// <summary>A record as written: the file's index, where it ends in there, what it holds.</summary>
    private sealed record Record(int File, int End, byte[] Bytes);
}
