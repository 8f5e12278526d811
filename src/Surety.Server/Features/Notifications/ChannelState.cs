using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Notifications;

/// <summary>What a channel keeps beside its events, in one small file that is written in place.</summary>
/// <param name="Account">Whose channel it is; for one that has no row in the database.</param>
/// <param name="Epoch">Unix milliseconds of the channel's making; tells its event ids from those of an earlier channel.</param>
/// <param name="Cursor">The first event that is not delivered.</param>
/// <param name="IsPolled">The application has polled the channel.</param>
internal readonly record struct ChannelState(EntityId Account, long Epoch, LogPosition Cursor, bool IsPolled)
{
    private const byte Version = 1;

    // Version, account, epoch, cursor, polled, check sum.
    private const int Length = 1 + EntityId.Size + 8 + 8 + 1 + 4;

    /// <summary>False when the file is missing or damaged.</summary>
    public static bool TryRead(string file, out ChannelState state)
    {
        state = default;
        if (!File.Exists(file))
            return false;
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length != Length || bytes[0] != Version)
            return false;
        var reader = new RecordReader(bytes.AsSpan(1));
        var account = new EntityId(reader.UInt64(), reader.UInt64());
        var epoch = reader.Int64();
        var cursor = new LogPosition((int)reader.UInt32(), (int)reader.UInt32());
        state = new ChannelState(account, epoch, cursor, reader.Byte() != 0);
        return reader.UInt32() == Checksum(bytes.AsSpan(0, Length - 4)) && cursor is { Segment: >= 0, Offset: >= 0 };
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string file)
    {
        var writer = RecordWriter.OfThread.Begin(Version).UInt64(Account.High).UInt64(Account.Low).Int64(Epoch)
            .UInt32((uint)Cursor.Segment).UInt32((uint)Cursor.Offset).Byte(IsPolled ? (byte)1 : (byte)0);
        writer.UInt32(Checksum(writer.Record));
        // So few bytes are written whole, whenever the process ends.
        using var handle = File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        RandomAccess.Write(handle, writer.Record, 0);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            crc = System.Numerics.BitOperations.Crc32C(crc, b);
        return crc;
    }
}
