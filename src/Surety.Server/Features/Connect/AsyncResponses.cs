using System.Globalization;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Features.Connect;

/// <summary>What became of a request to a device, as the application that made it is told. (connect, "Async response status".)</summary>
internal static class AsyncResponses
{
    /// <summary>Tells the application; the caller commits.</summary>
    /// <exception cref="IOException">The application has no channel, and none can be made.</exception>
    public static void Publish(NotificationHub hub, (EntityId Account, EntityId Application) caller, string asyncId, in QueueOutcome outcome)
    {
        // The answer may come days after the question, and its channel may have gone meanwhile.
        hub.EnsureChannel(caller.Account, caller.Application);
        var application = caller.Application;
        if (outcome.Response is { } response)
        {
            hub.Publish(application, ChannelEvent.AsyncResponse(
                asyncId, StatusOf(response.Code), ErrorOf(response), response.ContentFormat, response.Payload.Span, (uint)response.MaxAge.TotalSeconds));
            return;
        }

        var (status, error) = Describe(outcome.Failure);
        hub.Publish(application, ChannelEvent.AsyncResponse(asyncId, status, error, null, default, 0));
    }

    /// <summary>Status and error; no error when the device has done it.</summary>
    public static (int Status, string? Error) Describe(in QueueOutcome outcome) =>
        outcome.Response is { } response ? (StatusOf(response.Code), ErrorOf(response)) : Describe(outcome.Failure);

    /// <summary>The HTTP status that a CoAP response code amounts to.</summary>
    private static int StatusOf(CoapCode code) => code switch
    {
        { IsSuccess: true } => code == CoapCode.Created ? 201 : 200,
        { Class: 5 } => 500 + code.Detail,
        _ when code == CoapCode.NotFound => 404,
        _ when code == CoapCode.PreconditionFailed => 412,
        _ when code == CoapCode.RequestEntityTooLarge => 413,
        _ when code == CoapCode.UnsupportedContentFormat => 415,
        _ => 400,
    };

    private static string? ErrorOf(DeviceResponse response)
    {
        if (response.IsSuccess)
            return null;
        // The device's own words, where it has some; a payload in another format than text is no diagnostic (RFC 7252, 5.5.2).
        var diagnostic = response.ContentFormat is null || response.ContentFormat == ContentFormat.TextPlain ? response.Diagnostic : "";
        return diagnostic.Length == 0 ? response.Code.ToString() : string.Create(CultureInfo.InvariantCulture, $"{response.Code} {diagnostic}");
    }

    private static (int Status, string Error) Describe(QueueFailure failure) => failure switch
    {
        QueueFailure.Expired => (429, "REQUEST_EXPIRED"),
        QueueFailure.Deregistered => (429, "DEVICE_REMOVED_REGISTRATION"),
        QueueFailure.Blocked => (429, "DEVICE_BLOCKED"),
        QueueFailure.NotConnected => (503, "NOT_CONNECTED"),
        QueueFailure.TooLarge => (413, "PAYLOAD_TOO_LARGE"),
        QueueFailure.Rejected => (502, "INVALID_RESPONSE"),
        _ => (504, "TIMEOUT"),
    };
}
