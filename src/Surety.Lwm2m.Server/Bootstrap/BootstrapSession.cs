namespace Surety.Lwm2m.Server;

/// <summary>One bootstrap of one device, from the answer to its request to the end.</summary>
public sealed class BootstrapSession : IDisposable
{
    private readonly CancellationTokenSource _aborted = new();
    private readonly Lock _lock = new();
    private string? _abortReason;

    internal BootstrapSession(BootstrapRequest request, BootstrapPlan plan, string device, DateTimeOffset now)
    {
        Request = request;
        Plan = plan;
        Device = device;
        StartedAt = now;
        Progress = new BootstrapProgress(request);
    }

    /// <summary>What the device has asked for.</summary>
    public BootstrapRequest Request { get; }

    /// <summary>What is done with it.</summary>
    public BootstrapPlan Plan { get; }

    /// <summary>The device's name among all of the server's.</summary>
    public string Device { get; }

    /// <summary>When the device asked.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>How far it has come; changes while the session runs.</summary>
    public BootstrapProgress Progress { get; }

    /// <summary>Where it stands.</summary>
    public BootstrapState State { get; internal set; }

    /// <summary>Why it failed, in words; null unless it did.</summary>
    public string? Failure { get; internal set; }

    internal CancellationToken Aborted => _aborted.Token;

    internal string? AbortReason
    {
        get
        {
            lock (_lock)
                return _abortReason;
        }
    }

    /// <summary>Ends it, before its time.</summary>
    /// <param name="reason">Why, in words.</param>
    public void Abort(string reason)
    {
        lock (_lock)
        {
            if (_abortReason is not null || State != BootstrapState.Running)
                return;
            _abortReason = reason;
        }

        try
        {
            _aborted.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _aborted.Dispose();
}
