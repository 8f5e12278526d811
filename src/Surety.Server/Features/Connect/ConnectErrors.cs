using Surety.Server.Api;

namespace Surety.Server.Features.Connect;

/// <summary>The failures of this service. Each message begins with the word that Pelion's clients look for. (connect, device-requests.)</summary>
internal static class ConnectErrors
{
    public static ApiException DeviceNotFound(string id) => new(
        StatusCodes.Status404NotFound, ErrorTypes.NotFound, $"DEVICE_NOT_FOUND: there is no device with the id '{ApiException.Shorten(id)}'.");

    public static ApiException NotConnected(int status, EntityId device) => new(
        status,
        status == StatusCodes.Status502BadGateway ? ErrorTypes.SystemUnavailable : ErrorTypes.ForStatus(status),
        $"DEVICE_NOT_CONNECTED: device {device} is not registered; it must register before requests can wait for it.");

    public static ApiException NoSuchPath(string path) => new(
        StatusCodes.Status404NotFound,
        ErrorTypes.NotFound,
        $"URI_PATH_DOES_NOT_EXISTS: '{ApiException.Shorten(path)}' is not a path of LwM2M: /object/instance/resource, each 0 to 65534.");

    public static ApiException QueueIsFull(int status) => new(
        status, ErrorTypes.RateLimitExceeded, "QUEUE_IS_FULL: 20 requests wait for the device already; wait for answers, or let them expire.");

    /// <summary>The body of a device request is wrong, for this reason.</summary>
    public static ApiException MalformedContent(ApiException reason) =>
        new(reason.Status, reason.Type, $"MALFORMED_JSON_CONTENT: {reason.Message}", reason.Fields);

    public static ApiException MalformedAsyncId() => new(
        StatusCodes.Status400BadRequest,
        ErrorTypes.ValidationError,
        "MALFORMED_ASYNC_ID: the query parameter async-id is needed, 1 to 40 letters, digits, '_' and '-'.",
        [new ErrorField("async-id", "must have 1 to 40 letters, digits, '_' and '-'")]);
}
