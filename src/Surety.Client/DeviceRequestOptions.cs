namespace Surety.Client;

/// <summary>How a request to a device waits for it.</summary>
public sealed record DeviceRequestOptions
{
    /// <summary>How long the request may wait for the device, 1 minute to 30 days. Null: the platform's, 2 hours, or 3 days for a device in queue mode.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>Further attempts after the first, 0 to 10. Null: the platform's, 0, or 2 for a device in queue mode.</summary>
    public int? Attempts { get; init; }

    /// <summary>The media type of a value that is read. Null: <c>text/plain</c> for a resource, the device's own above it.</summary>
    public string? Accept { get; init; }

    /// <summary>The media type of a value that is written. <c>text/plain</c>.</summary>
    public string ContentType { get; init; } = "text/plain";
}
