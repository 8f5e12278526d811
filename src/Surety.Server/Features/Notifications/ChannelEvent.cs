using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Notifications;

/// <summary>Something that applications are told through their channels. (connect, "Notification envelope".)</summary>
internal readonly ref struct ChannelEvent
{
    // No content format: the sixteen bits of a known one never reach this.
    private const uint NoFormat = uint.MaxValue;

    private readonly ChannelEventKind _kind;
    private readonly EntityId _device;
    private readonly string _name;
    private readonly string? _text;
    private readonly Lwm2mPath _path;
    private readonly uint _number;
    private readonly uint _format;
    private readonly uint _maxAge;
    private readonly ReadOnlySpan<byte> _payload;

    private ChannelEvent(
        ChannelEventKind kind,
        EntityId device,
        string name,
        string? text = null,
        Lwm2mPath path = default,
        uint number = 0,
        ContentFormat? format = null,
        uint maxAge = 0,
        ReadOnlySpan<byte> payload = default)
    {
        _kind = kind;
        _device = device;
        _name = name;
        _text = text;
        _path = path;
        _number = number;
        _format = format?.Value ?? NoFormat;
        _maxAge = maxAge;
        _payload = payload;
    }

    /// <summary>A resource has a new value.</summary>
    /// <param name="device">The device.</param>
    /// <param name="endpointName">Its endpoint name.</param>
    /// <param name="path">What was observed.</param>
    /// <param name="format">The payload's format; null when the device names none.</param>
    /// <param name="payload">The CoAP payload.</param>
    /// <param name="maxAge">Seconds that the value may be cached.</param>
    public static ChannelEvent Notification(
        EntityId device, string endpointName, Lwm2mPath path, ContentFormat? format, ReadOnlySpan<byte> payload, uint maxAge) =>
        new(ChannelEventKind.Notification, device, endpointName, path: path, format: format, maxAge: maxAge, payload: payload);

    /// <summary>A device has registered.</summary>
    /// <param name="device">The device.</param>
    /// <param name="endpointName">Its endpoint name.</param>
    /// <param name="endpointType">Its endpoint type, if it has one.</param>
    /// <param name="queueMode">It sleeps, and listens only after it has spoken.</param>
    /// <param name="links">What it registered, in the CoRE link format.</param>
    public static ChannelEvent Registration(EntityId device, string endpointName, string? endpointType, bool queueMode, ReadOnlySpan<byte> links) =>
        new(ChannelEventKind.Registration, device, endpointName, endpointType, number: queueMode ? 1u : 0, payload: links);

    /// <summary>A device has updated its registration.</summary>
    /// <inheritdoc cref="Registration"/>
    public static ChannelEvent RegistrationUpdate(EntityId device, string endpointName, string? endpointType, bool queueMode, ReadOnlySpan<byte> links) =>
        new(ChannelEventKind.RegistrationUpdate, device, endpointName, endpointType, number: queueMode ? 1u : 0, payload: links);

    /// <summary>A device has ended its registration, or the platform has.</summary>
    public static ChannelEvent Deregistration(EntityId device, string endpointName) => new(ChannelEventKind.Deregistration, device, endpointName);

    /// <summary>A registration was not updated in time.</summary>
    public static ChannelEvent RegistrationExpired(EntityId device, string endpointName) =>
        new(ChannelEventKind.RegistrationExpired, device, endpointName);

    /// <summary>The outcome of a request to a device.</summary>
    /// <param name="asyncId">What the application named the request.</param>
    /// <param name="status">An HTTP status; from 400 on a failure.</param>
    /// <param name="error">What went wrong; null when nothing did.</param>
    /// <param name="format">The payload's format; null without.</param>
    /// <param name="payload">The CoAP payload.</param>
    /// <param name="maxAge">Seconds that the value may be cached; told of success only.</param>
    public static ChannelEvent AsyncResponse(
        string asyncId, int status, string? error, ContentFormat? format, ReadOnlySpan<byte> payload, uint maxAge) =>
        new(ChannelEventKind.AsyncResponse, default, asyncId, error, number: (uint)status, format: format, maxAge: maxAge, payload: payload);

    /// <summary>The event as a record of a channel's log; <see cref="ChannelRecord"/> reads it.</summary>
    /// <param name="milliseconds">The present, Unix time.</param>
    /// <returns>Valid until the thread writes its next record.</returns>
    public ReadOnlySpan<byte> ToRecord(long milliseconds)
    {
        var writer = RecordWriter.OfThread.Begin((byte)_kind).Int64(milliseconds).UInt64(_device.High).UInt64(_device.Low).Text(_name);
        switch (_kind)
        {
            case ChannelEventKind.Notification:
                WritePath(writer);
                writer.UInt32(_format).UInt32(_maxAge).Bytes(_payload);
                break;
            case ChannelEventKind.Registration or ChannelEventKind.RegistrationUpdate:
                writer.UInt32(_number).Text(_text).Bytes(_payload);
                break;
            case ChannelEventKind.AsyncResponse:
                writer.UInt32(_number).Text(_text).UInt32(_format).UInt32(_maxAge).Bytes(_payload);
                break;
        }

        return writer.Record;
    }

    private void WritePath(RecordWriter writer)
    {
        Span<byte> text = stackalloc byte[Lwm2mPath.MaxTextLength];
        _path.TryFormat(text, out var length);
        writer.Bytes(text[..length]);
    }
}
