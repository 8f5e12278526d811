using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// Requests that wait until their device listens: in order, one at a time, with retries and expiry (LwM2M Core 6.5 asks servers to hold
/// requests for devices in queue mode). They stay in memory; whoever must not lose them keeps them besides. Thread-safe.
/// </summary>
public sealed partial class DeviceRequestQueue : IDisposable
{
    // Requests that have left the queue are forgotten by the time they would have expired, or when they outnumber the others.
    private const int MinForgotten = 1024;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<DeviceId, WaitingRequests> _queues = [];
    private readonly PriorityQueue<QueuedRequest, DateTimeOffset> _byExpiry = new();
    private readonly PriorityQueue<DeviceId, DateTimeOffset> _byRetry = new();
    private readonly Lwm2mServer _server;
    private readonly DeviceRequestQueueOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _sweeper;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stoppingToken;
    private int _count;
    private volatile bool _isDisposed;

    /// <summary>A queue. Forward <see cref="OnAwake"/> and <see cref="OnRemoved"/> from the server's events.</summary>
    public DeviceRequestQueue(Lwm2mServer server, DeviceRequestQueueOptions? options = null, TimeProvider? time = null, ILogger? logger = null)
    {
        _server = server;
        _options = options ?? new();
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
        _stoppingToken = _stopping.Token;
        _sweeper = _time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    /// <summary>Requests that wait, or are with their device.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Devices that the queue keeps something for.</summary>
    internal (int Devices, int Expiries) Sizes
    {
        get
        {
            lock (_lock)
                return (_queues.Count, _byExpiry.Count);
        }
    }

    /// <summary>Adds a request behind the others of its device, and sends it when its turn has come and the device listens.</summary>
    /// <returns>False when the device's queue is full.</returns>
    public bool TryEnqueue(QueuedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_lock)
        {
            if (!_queues.TryGetValue(request.Device, out WaitingRequests? queue))
                _queues.Add(request.Device, queue = new WaitingRequests());
            if (queue.Requests.Count >= _options.MaxPerDevice)
                return false;
            queue.Requests.AddLast(request);
            _count++;
            if (request.ExpiresAt < DateTimeOffset.MaxValue)
                AddExpiry(request);
        }

        Pump(request.Device);
        return true;
    }

    /// <summary>The device was heard from, and listens now. What is on its way to an address that it has left is sent to the new one.</summary>
    public void OnAwake(Registration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        lock (_lock)
        {
            if (!_queues.TryGetValue(registration.Device, out WaitingRequests? queue))
                return;
            queue.NotBefore = default;
            if (queue.Attempt is { } attempt && queue.Peer != registration.Peer)
                _ = attempt.CancelAsync();
        }

        Pump(registration.Device);
    }

    /// <summary>The device is not reached from here any more: what is with it is given up, and waits again if it may be sent twice.</summary>
    public void Interrupt(DeviceId device)
    {
        lock (_lock)
        {
            if (_queues.TryGetValue(device, out WaitingRequests? queue) && queue.Attempt is { } attempt)
                _ = attempt.CancelAsync();
        }
    }

    /// <summary>Forgets what waits for a device, and tells nobody: another server has taken it over.</summary>
    public void Release(DeviceId device)
    {
        lock (_lock)
        {
            if (!_queues.Remove(device, out WaitingRequests? queue))
                return;
            foreach (QueuedRequest request in queue.Requests)
                request.IsCompleted = true;
            _count -= queue.Requests.Count;
            queue.Requests.Clear();
            if (queue.Attempt is { } attempt)
                _ = attempt.CancelAsync();
        }
    }

    /// <summary>
    /// The device is not registered any more: what waits for it ends. A registration that was replaced changes nothing, nor does one that has moved: see
    /// <see cref="Release"/>.
    /// </summary>
    public void OnRemoved(DeviceId device, RemovalReason reason)
    {
        if (reason is RemovalReason.Replaced or RemovalReason.Moved)
            return;
        QueuedRequest[] dropped;
        lock (_lock)
        {
            if (!_queues.Remove(device, out WaitingRequests? queue))
                return;
            dropped = [.. queue.Requests];
            queue.Requests.Clear();
            _count -= dropped.Length;
            foreach (QueuedRequest request in dropped)
                request.IsCompleted = true;
        }

        foreach (QueuedRequest request in dropped)
            Complete(request, QueueOutcome.Failed(reason == RemovalReason.Revoked ? QueueFailure.Blocked : QueueFailure.Deregistered));
    }

    /// <summary>Gives up what is with devices. What is in the queue is told nothing.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }

        _sweeper.Dispose();
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void Pump(DeviceId device)
    {
        QueuedRequest next;
        WaitingRequests? queue;
        Registration? registration;
        CancellationToken cancellation;
        lock (_lock)
        {
            if (_isDisposed || !_queues.TryGetValue(device, out queue) || queue.Attempt is not null || queue.Requests.First is not { } first || _time.GetUtcNow() < queue.NotBefore
                || !_server.Registrations.TryGet(device, out registration) || !_server.IsAwake(registration))
                return;
            queue.Attempt = CancellationTokenSource.CreateLinkedTokenSource(_stoppingToken);
            queue.Peer = registration.Peer;
            cancellation = queue.Attempt.Token;
            next = first.Value;
        }

        _ = SendAsync(next, queue, registration, cancellation);
    }

    private async Task SendAsync(QueuedRequest request, WaitingRequests queue, Registration registration, CancellationToken cancellationToken)
    {
        // Off the caller's thread: it may be an endpoint's.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        // Otherwise a new registration has taken the place of this one: what was never sent goes there.
        (QueueOutcome? outcome, bool mayRetry) = registration.IsActive
            ? await TryAsync(request, registration, cancellationToken).ConfigureAwait(false)
            : (null, true);
        if (_isDisposed && outcome is null)
            return;
        Finish(request, queue, outcome, mayRetry);
        Pump(request.Device);
    }

    /// <returns>What became of it, null when it was given up and should go to where the device is now; and whether it may be tried again.</returns>
    private async Task<(QueueOutcome? Outcome, bool MayRetry)> TryAsync(QueuedRequest request, Registration registration, CancellationToken cancellationToken)
    {
        try
        {
            DeviceResponse response = request.Perform is { } perform
                ? await perform(registration, cancellationToken).ConfigureAwait(false)
                : await _server.SendAsync(registration, request.Request, cancellationToken).ConfigureAwait(false);
            return (QueueOutcome.Answered(response), false);
        }
        catch (CoapExchangeException e)
        {
            QueueFailure failure = QueueOutcome.From(e.Failure);
            return (QueueOutcome.Failed(failure), failure is QueueFailure.Timeout or QueueFailure.NotConnected);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whether the device has done it before it left is not known: what may be done twice goes again.
            return _isDisposed || request.Request.Method.IsIdempotent ? (null, true) : (QueueOutcome.Failed(QueueFailure.Timeout), false);
        }
        catch (Exception e)
        {
            LogFailed(e, request.Request, registration.Endpoint);
            return (QueueOutcome.Failed(QueueFailure.Rejected), false);
        }
    }

    private void Finish(QueuedRequest request, WaitingRequests queue, QueueOutcome? outcome, bool mayRetry)
    {
        lock (_lock)
        {
            queue.Attempt?.Dispose();
            queue.Attempt = null;
            if (!request.IsCompleted)
            {
                if (outcome is null)
                    return;
                if (mayRetry && request.Attempts++ < request.Retries)
                {
                    queue.NotBefore = _time.GetUtcNow() + _options.RetryDelay;
                    _byRetry.Enqueue(request.Device, queue.NotBefore);
                    return;
                }
            }

            Remove(request, queue);
            if (request.IsCompleted)
                return;
            request.IsCompleted = true;
        }

        Complete(request, outcome!.Value);
    }

    /// <summary>Ends what has waited too long, and begins the attempts whose time has come.</summary>
    private void Sweep()
    {
        var expired = new List<QueuedRequest>();
        var due = new List<DeviceId>();
        DateTimeOffset now = _time.GetUtcNow();
        lock (_lock)
        {
            while (_byExpiry.TryPeek(out QueuedRequest? request, out DateTimeOffset at) && at <= now)
            {
                _byExpiry.Dequeue();
                if (request.IsCompleted || !_queues.TryGetValue(request.Device, out WaitingRequests? queue))
                    continue;
                request.IsCompleted = true;
                Remove(request, queue);
                expired.Add(request);
            }

            while (_byRetry.TryPeek(out DeviceId device, out DateTimeOffset at) && at <= now)
            {
                _byRetry.Dequeue();
                due.Add(device);
            }
        }

        foreach (QueuedRequest request in expired)
            Complete(request, QueueOutcome.Failed(QueueFailure.Expired));
        foreach (DeviceId device in due)
            Pump(device);
    }

    private void AddExpiry(QueuedRequest request)
    {
        if (_byExpiry.Count >= MinForgotten && _byExpiry.Count > 2 * _count)
        {
            (QueuedRequest Request, DateTimeOffset At)[] open = [.. _byExpiry.UnorderedItems.Where(e => !e.Element.IsCompleted)];
            _byExpiry.Clear();
            _byExpiry.EnqueueRange(open);
        }

        _byExpiry.Enqueue(request, request.ExpiresAt);
    }

    private void Remove(QueuedRequest request, WaitingRequests queue)
    {
        if (queue.Requests.Remove(request))
            _count--;
        // A queue that was dropped is not the device's any more.
        if (queue is { Requests.Count: 0, Attempt: null } && _queues.TryGetValue(request.Device, out WaitingRequests? current) && current == queue)
            _queues.Remove(request.Device);
    }

    private void Complete(QueuedRequest request, QueueOutcome outcome)
    {
        try
        {
            request.Complete(outcome);
        }
        catch (Exception e)
        {
            LogCompletionFailed(e, request.Request, request.Device);
        }
    }

    [LoggerMessage(2030, LogLevel.Error, "{Request} could not be performed on {Endpoint}")]
    private partial void LogFailed(Exception exception, DeviceRequest request, string endpoint);

    [LoggerMessage(2031, LogLevel.Error, "What became of {Request} of device {Device} could not be told")]
    private partial void LogCompletionFailed(Exception exception, DeviceRequest request, DeviceId device);

    private sealed class WaitingRequests
    {
        public LinkedList<QueuedRequest> Requests { get; } = new();

        /// <summary>Ends the sending of the first request; null while none is with the device.</summary>
        public CancellationTokenSource? Attempt { get; set; }

        /// <summary>Where the first request was sent.</summary>
        public CoapPeer Peer { get; set; }

        /// <summary>No attempt before this time, unless the device speaks.</summary>
        public DateTimeOffset NotBefore { get; set; }
    }
}
