namespace Surety.Client;

/// <summary>
/// A request to a device has failed. <see cref="SuretyException.Code"/> is the status of the async-response: 4xx when the device has refused, 429, 502, 503
/// and 504 when it was not reached; <see cref="SuretyException.Type"/> is its reason, such as <c>NOT_CONNECTED</c>.
/// </summary>
public sealed class DeviceRequestException : SuretyException
{
    internal DeviceRequestException(int code, string? reason, string method, string device, string path)
        : base(code, string.IsNullOrEmpty(reason) ? "DEVICE_ERROR" : reason, Describe(code, reason, method, device, path))
    {
    }

    /// <summary>Whether the device was not reached; the same request may succeed later.</summary>
    public bool IsUnreachable => Code is 429 or 502 or 503 or 504;

    private static string Describe(int code, string? reason, string method, string device, string path)
    {
        string what = code switch
        {
            404 => "the device has no such resource",
            405 => "the resource does not allow it",
            429 => "the request was not delivered",
            502 or 503 => "the device is not connected",
            504 => "the device did not answer in time",
            _ => "the device refused",
        };
        return $"{method} {path} of {device}: {what} ({code}{(string.IsNullOrEmpty(reason) ? "" : " " + reason)}).";
    }
}
