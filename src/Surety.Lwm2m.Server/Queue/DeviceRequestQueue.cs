using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// Requests that wait until their device listens: in order, one at a time, with retries and expiry (LwM2M Core 6.5 asks servers to hold
/// requests for devices in queue mode). They stay in memory; whoever must not lose them keeps them besides. Thread-safe.
/// </summary>
public sealed class DeviceRequestQueue : IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<DeviceId, DeviceQueue> _queues = [];
    private readonly PriorityQueue<QueuedRequest, DateTimeOffset> _byExpiry = new();
    private readonly Lwm2mServer _server;
    private readonly DeviceRequestQueueOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _sweeper;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>A queue. Forward <see cref="OnAwake"/> and <see cref="OnRemoved"/> from the server's events.</summary>
    public DeviceRequestQueue(Lwm2mServer server, DeviceRequestQueueOptions? options = null, TimeProvider? time = null)
    {
        _server = server;
        _options = options ?? new();
        _time = time ?? TimeProvider.System;
        _sweeper = _time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    /// <summary>Requests that wait, or are with their device.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _queues.Values.Sum(q => q.Requests.Count);
        }
    }

    /// <summary>Adds a request behind the others of its device, and sends it when its turn has come and the device listens.</summary>
    /// <returns>False when the device's queue is full.</returns>
    public bool TryEnqueue(QueuedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_lock)
        {
            if (!_queues.TryGetValue(request.Device, out DeviceQueue? queue))
                _queues.Add(request.Device, queue = new DeviceQueue());
            if (queue.Requests.Count >= _options.MaxPerDevice)
                return false;
            queue.Requests.AddLast(request);
            if (request.ExpiresAt < DateTimeOffset.MaxValue)
                _byExpiry.Enqueue(request, request.ExpiresAt);
        }

        Pump(request.Device);
        return true;
    }

    /// <summary>The device was heard from, and listens now.</summary>
    public void OnAwake(Registration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        lock (_lock)
        {
            if (!_queues.TryGetValue(registration.Device, out DeviceQueue? queue))
                return;
            queue.NotBefore = default;
        }

        Pump(registration.Device);
    }

    /// <summary>The device is not registered any more: what waits for it ends. A registration that was replaced changes nothing.</summary>
    public void OnRemoved(DeviceId device, RemovalReason reason)
    {
        if (reason == RemovalReason.Replaced)
            return;
        QueuedRequest[] dropped;
        lock (_lock)
        {
            if (!_queues.Remove(device, out DeviceQueue? queue))
                return;
            dropped = [.. queue.Requests.Where(r => !r.IsCompleted)];
            foreach (QueuedRequest request in dropped)
                request.IsCompleted = true;
        }

        foreach (QueuedRequest request in dropped)
            request.Complete(QueueOutcome.Failed(reason == RemovalReason.Revoked ? QueueFailure.Blocked : QueueFailure.Deregistered));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sweeper.Dispose();
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void Pump(DeviceId device)
    {
        QueuedRequest next;
        Registration? registration;
        lock (_lock)
        {
            if (!_queues.TryGetValue(device, out DeviceQueue? queue) || queue.IsSending || queue.Requests.First is not { } first || _time.GetUtcNow() < queue.NotBefore
                || !_server.Registrations.TryGet(device, out registration) || !_server.IsAwake(registration))
                return;
            queue.IsSending = true;
            next = first.Value;
        }

        _ = SendAsync(next, registration);
    }

    private async Task SendAsync(QueuedRequest request, Registration registration)
    {
        QueueOutcome outcome;
        bool mayRetry = false;
        try
        {
            // Off the caller's thread: it may be an endpoint's.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            DeviceResponse response = request.Perform is { } perform
                ? await perform(registration, _stopping.Token).ConfigureAwait(false)
                : await _server.SendAsync(registration, request.Request, _stopping.Token).ConfigureAwait(false);
            outcome = QueueOutcome.Answered(response);
        }
        catch (CoapExchangeException e)
        {
            outcome = QueueOutcome.Failed(QueueOutcome.From(e.Failure));
            mayRetry = outcome.Failure is QueueFailure.Timeout or QueueFailure.NotConnected;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        Finish(request, outcome, mayRetry);
        Pump(request.Device);
    }

    private void Finish(QueuedRequest request, QueueOutcome outcome, bool mayRetry)
    {
        lock (_lock)
        {
            if (_queues.TryGetValue(request.Device, out DeviceQueue? queue))
                queue.IsSending = false;
            if (request.IsCompleted || queue is null)
                return;
            if (mayRetry && request.Attempts++ < request.Retries)
            {
                queue.NotBefore = _time.GetUtcNow() + _options.RetryDelay;
                return;
            }

            request.IsCompleted = true;
            queue.Requests.Remove(request);
            if (queue.Requests.Count == 0)
                _queues.Remove(request.Device);
        }

        request.Complete(outcome);
    }

    /// <summary>Ends what has waited too long, and begins the attempts whose time has come.</summary>
    private void Sweep()
    {
        var expired = new List<QueuedRequest>();
        List<DeviceId> due;
        DateTimeOffset now = _time.GetUtcNow();
        lock (_lock)
        {
            while (_byExpiry.TryPeek(out QueuedRequest? request, out DateTimeOffset at) && at <= now)
            {
                _byExpiry.Dequeue();
                if (request.IsCompleted || !_queues.TryGetValue(request.Device, out DeviceQueue? queue))
                    continue;
                request.IsCompleted = true;
                queue.Requests.Remove(request);
                if (queue.Requests.Count == 0 && !queue.IsSending)
                    _queues.Remove(request.Device);
                expired.Add(request);
            }

            due = [.. _queues.Where(q => !q.Value.IsSending && q.Value.NotBefore <= now).Select(q => q.Key)];
        }

        foreach (QueuedRequest request in expired)
            request.Complete(QueueOutcome.Failed(QueueFailure.Expired));
        foreach (DeviceId device in due)
            Pump(device);
    }

    private sealed class DeviceQueue
    {
        public LinkedList<QueuedRequest> Requests { get; } = new();

        /// <summary>The first request is with the device.</summary>
        public bool IsSending { get; set; }

        /// <summary>No attempt before this time, unless the device speaks.</summary>
        public DateTimeOffset NotBefore { get; set; }
    }
}
