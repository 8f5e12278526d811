using Surety.Coap;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Notifications;

/// <summary>An event as it lies in a channel's log, see <see cref="ChannelEvent.ToRecord"/>. Texts are UTF-8.</summary>
internal readonly ref struct ChannelRecord
{
    /// <summary>Kind and time: what <see cref="TryReadTime"/> reads.</summary>
    private const int TimeLength = 9;

    private ChannelRecord(ReadOnlySpan<byte> record, out bool isComplete)
    {
        var reader = new RecordReader(record);
        Kind = (ChannelEventKind)reader.Byte();
        Milliseconds = reader.Int64();
        Device = new EntityId(reader.UInt64(), reader.UInt64());
        Name = reader.Bytes();
        switch (Kind)
        {
            case ChannelEventKind.Notification:
                Path = reader.Bytes();
                Format = ReadFormat(ref reader);
                MaxAge = reader.UInt32();
                Payload = reader.Bytes();
                break;
            case ChannelEventKind.Registration or ChannelEventKind.RegistrationUpdate:
                QueueMode = reader.UInt32() != 0;
                Text = reader.Text();
                Payload = reader.Bytes();
                break;
            case ChannelEventKind.Deregistration or ChannelEventKind.RegistrationExpired:
                break;
            case ChannelEventKind.AsyncResponse:
                Status = (int)reader.UInt32();
                Text = reader.Text();
                Format = ReadFormat(ref reader);
                MaxAge = reader.UInt32();
                Payload = reader.Bytes();
                break;
            default:
                isComplete = false;
                return;
        }

        isComplete = reader.IsComplete;
    }

    public ChannelEventKind Kind { get; }

    /// <summary>When the event came, Unix time.</summary>
    public long Milliseconds { get; }

    public EntityId Device { get; }

    /// <summary>The device's endpoint name, or the id of an async-response.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The endpoint type of a registration, or the error of an async-response.</summary>
    public string? Text { get; }

    public ReadOnlySpan<byte> Path { get; }

    public bool QueueMode { get; }

    public int Status { get; }

    public ContentFormat? Format { get; }

    public uint MaxAge { get; }

    /// <summary>A CoAP payload, or the links of a registration.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>False for what this version does not know, or what is not whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ChannelRecord record)
    {
        record = new ChannelRecord(bytes, out var isComplete);
        return isComplete;
    }

    /// <summary>Only the time, Unix milliseconds.</summary>
    public static bool TryReadTime(ReadOnlySpan<byte> bytes, out long milliseconds)
    {
        var reader = new RecordReader(bytes);
        reader.Byte();
        milliseconds = reader.Int64();
        return bytes.Length >= TimeLength;
    }

    private static ContentFormat? ReadFormat(ref RecordReader reader) =>
        reader.UInt32() is var number and <= ushort.MaxValue ? new ContentFormat((ushort)number) : null;
}
