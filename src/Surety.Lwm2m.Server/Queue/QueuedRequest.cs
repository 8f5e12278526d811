namespace Surety.Lwm2m.Server;

/// <summary>A request that waits in a <see cref="DeviceRequestQueue"/> for its device, and what becomes of it.</summary>
/// <param name="device">The device.</param>
/// <param name="request">The operation.</param>
/// <param name="completed">Told once, from any thread, when the request has left the queue.</param>
public sealed class QueuedRequest(DeviceId device, DeviceRequest request, Action<QueuedRequest, QueueOutcome> completed)
{
    /// <summary>The device.</summary>
    public DeviceId Device => device;

    /// <summary>The operation.</summary>
    public DeviceRequest Request => request;

    /// <summary>Further attempts after the first that fails. Default 0.</summary>
    public int Retries { get; init; }

    /// <summary>When the request leaves the queue undelivered. Default: never.</summary>
    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Performs the operation in place of a plain request; null sends <see cref="Request"/>. An observation is made this way.</summary>
    public Func<Registration, CancellationToken, Task<DeviceResponse>>? Perform { get; init; }

    internal int Attempts { get; set; }

    internal bool IsCompleted { get; set; }

    internal void Complete(QueueOutcome outcome) => completed(this, outcome);
}
