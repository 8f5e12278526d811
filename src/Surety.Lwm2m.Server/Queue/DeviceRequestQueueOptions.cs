namespace Surety.Lwm2m.Server;

/// <summary>How a <see cref="DeviceRequestQueue"/> works.</summary>
public sealed record DeviceRequestQueueOptions
{
    /// <summary>Requests that may wait for one device. Default 20, as Pelion has it.</summary>
    public int MaxPerDevice { get; init; } = 20;

    /// <summary>
    /// How long after a failed attempt the next one begins, when the device does not speak before. Default 30 s: a failed attempt has
    /// taken a minute and a half already.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(30);
}
