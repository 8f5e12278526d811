using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Notifications;

/// <summary>Writes events as the JSON object that every kind of channel delivers. (connect, "Notification envelope".)</summary>
internal static class Envelope
{
    // About what the members of an event take beside their values.
    private const int EventOverhead = 192;
    private const int LinkOverhead = 80;

    // The JSON is never a part of HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly (ChannelEventKind Kind, JsonEncodedText Member)[] Members =
    [
        (ChannelEventKind.Notification, Name("notifications")),
        (ChannelEventKind.Registration, Name("registrations")),
        (ChannelEventKind.RegistrationUpdate, Name("reg-updates")),
        (ChannelEventKind.Deregistration, Name("de-registrations")),
        (ChannelEventKind.RegistrationExpired, Name("registrations-expired")),
        (ChannelEventKind.AsyncResponse, Name("async-responses")),
    ];

    private static readonly JsonEncodedText Ct = Name("ct");
    private static readonly JsonEncodedText Ep = Name("ep");
    private static readonly JsonEncodedText Ept = Name("ept");
    private static readonly JsonEncodedText Error = Name("error");
    private static readonly JsonEncodedText Id = Name("id");
    private static readonly JsonEncodedText MaxAge = Name("max-age");
    private static readonly JsonEncodedText OriginalEp = Name("original-ep");
    private static readonly JsonEncodedText PathName = Name("path");
    private static readonly JsonEncodedText Payload = Name("payload");
    private static readonly JsonEncodedText Q = Name("q");
    private static readonly JsonEncodedText Resources = Name("resources");
    private static readonly JsonEncodedText Status = Name("status");
    private static readonly JsonEncodedText Timestamp = Name("timestamp");
    private static readonly JsonEncodedText Uid = Name("uid");

    /// <summary>About the bytes that an event takes.</summary>
    public static int EstimateSize(in ChannelRecord channelEvent)
    {
        var size = EventOverhead + channelEvent.Name.Length + channelEvent.Path.Length;
        return channelEvent.Kind is ChannelEventKind.Registration or ChannelEventKind.RegistrationUpdate
            ? size + channelEvent.Payload.Length + (channelEvent.Payload.Count((byte)'<') * LinkOverhead)
            : size + (channelEvent.Payload.Length / 3 * 4);
    }

    /// <summary>Writes the events of a batch, each kind in its order.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="epoch">The queue's, for the ids.</param>
    /// <param name="config">What to include.</param>
    /// <param name="output">Gets one JSON object in UTF-8.</param>
    public static void Write(ChannelBatch batch, long epoch, SerializationConfig config, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        foreach (var (kind, member) in Members)
        {
            if (batch.CountOf(kind) == 0)
                continue;
            json.WriteStartArray(member);
            for (var i = 0; i < batch.Count; i++)
            {
                var bytes = batch.Get(i, out var position);
                if (bytes[0] == (byte)kind && ChannelRecord.TryRead(bytes, out var channelEvent))
                    Write(json, channelEvent, position, epoch, config);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes one event of a batch as an envelope of its own.</summary>
    public static void WriteOne(ChannelBatch batch, int index, long epoch, SerializationConfig config, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        var bytes = batch.Get(index, out var position);
        if (ChannelRecord.TryRead(bytes, out var channelEvent))
        {
            json.WriteStartArray(MemberOf(channelEvent.Kind));
            Write(json, channelEvent, position, epoch, config);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static JsonEncodedText MemberOf(ChannelEventKind kind) => Array.Find(Members, member => member.Kind == kind).Member;

    private static void Write(Utf8JsonWriter json, in ChannelRecord channelEvent, LogPosition position, long epoch, SerializationConfig config)
    {
        var isEnd = channelEvent.Kind is ChannelEventKind.Deregistration or ChannelEventKind.RegistrationExpired;
        if (isEnd && !config.DeregistrationsAsObject)
        {
            WriteId(json, null, channelEvent.Device);
            return;
        }

        json.WriteStartObject();
        switch (channelEvent.Kind)
        {
            case ChannelEventKind.Notification:
                WriteNotification(json, channelEvent);
                break;
            case ChannelEventKind.Registration or ChannelEventKind.RegistrationUpdate:
                WriteRegistration(json, channelEvent);
                break;
            case ChannelEventKind.AsyncResponse:
                WriteAsyncResponse(json, channelEvent);
                break;
            default:
                WriteId(json, Ep, channelEvent.Device);
                break;
        }

        var hasName = channelEvent.Kind is ChannelEventKind.Registration or ChannelEventKind.RegistrationUpdate;
        if (config.IncludeOriginalEp && !hasName && channelEvent.Kind != ChannelEventKind.AsyncResponse)
            WriteText(json, OriginalEp, channelEvent.Name);
        if (config.IncludeUid)
            WriteUid(json, epoch, position);
        if (config.IncludeTimestamp)
            json.WriteNumber(Timestamp, channelEvent.Milliseconds);
        json.WriteEndObject();
    }

    private static void WriteNotification(Utf8JsonWriter json, in ChannelRecord channelEvent)
    {
        WriteId(json, Ep, channelEvent.Device);
        WriteText(json, PathName, channelEvent.Path);
        if (channelEvent.Format is { } format)
            MediaTypes.Write(json, Ct, format);
        json.WriteBase64String(Payload, channelEvent.Payload);
        json.WriteNumber(MaxAge, channelEvent.MaxAge);
    }

    private static void WriteRegistration(Utf8JsonWriter json, in ChannelRecord channelEvent)
    {
        WriteId(json, Ep, channelEvent.Device);
        WriteText(json, OriginalEp, channelEvent.Name);
        json.WriteString(Ept, channelEvent.Text ?? "");
        json.WriteBoolean(Q, channelEvent.QueueMode);
        json.WriteStartArray(Resources);
        EnvelopeResources.Write(json, channelEvent.Payload);
        json.WriteEndArray();
    }

    private static void WriteAsyncResponse(Utf8JsonWriter json, in ChannelRecord channelEvent)
    {
        WriteText(json, Id, channelEvent.Name);
        json.WriteNumber(Status, channelEvent.Status);
        if (channelEvent.Text is { } error)
            json.WriteString(Error, error);
        if (channelEvent.Format is { } format)
            MediaTypes.Write(json, Ct, format);
        // Also without content: there are clients that fail when the member is missing.
        json.WriteBase64String(Payload, channelEvent.Payload);
        if (channelEvent.Status < StatusCodes.Status400BadRequest)
            json.WriteNumber(MaxAge, channelEvent.MaxAge);
    }

    private static void WriteId(Utf8JsonWriter json, JsonEncodedText? name, EntityId id)
    {
        Span<char> text = stackalloc char[EntityId.TextLength];
        id.High.TryFormat(text, out _, "x16", CultureInfo.InvariantCulture);
        id.Low.TryFormat(text[16..], out _, "x16", CultureInfo.InvariantCulture);
        if (name is { } property)
            json.WriteString(property, text);
        else
            json.WriteStringValue(text);
    }

    // The same for an event whenever it is delivered, greater for a later event, and never that of another channel of the application.
    private static void WriteUid(Utf8JsonWriter json, long epoch, LogPosition position)
    {
        Span<char> text = stackalloc char[EventPosition.TextLength];
        new EventPosition(epoch, position).Format(text);
        json.WriteString(Uid, text);
    }

    // The writer throws on what is not UTF-8, and an event that cannot be written would stop its channel for ever.
    internal static void WriteText(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
            json.WriteString(name, utf8);
        else
            json.WriteString(name, Encoding.UTF8.GetString(utf8));
    }

    internal static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
}
