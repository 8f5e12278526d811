using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Certificates;

namespace Surety.Server.Features.Connect;

/// <summary>
/// Ends the sessions and registrations of devices that are not believed any more, within a second or two of the change; and every few minutes those
/// whose certificates have ended meanwhile. Looks at all sessions, on a thread of the pool: endpoints and devices do not wait for it.
/// </summary>
internal sealed partial class TrustEnforcer(DeviceTrust trust, IssuedCertificates issued, TimeProvider time, ILogger<TrustEnforcer> log) : IAsyncDisposable
{
    // Changes that come together are looked at together; a flood of them costs a look a second.
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly List<(CoapEndpoint Endpoint, TrustedCertificateService Service)> _endpoints = [];
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private Lwm2mServer? _server;
    private Task _running = Task.CompletedTask;

    /// <summary>Looks after an endpoint's sessions from now on.</summary>
    public void Watch(CoapEndpoint endpoint, TrustedCertificateService service)
    {
        lock (_lock)
            _endpoints.Add((endpoint, service));
    }

    /// <summary>Starts, with a look at what was kept over a restart.</summary>
    public void Start(Lwm2mServer server)
    {
        _server = server;
        trust.Changed += OnChanged;
        issued.Withdrawn += OnWithdrawn;
        OnChanged();
        _running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        trust.Changed -= OnChanged;
        issued.Withdrawn -= OnWithdrawn;
        await _stop.CancelAsync();
        await _running;
    }

    /// <summary>Looks at everything once.</summary>
    /// <returns>How many sessions are being ended.</returns>
    public int Enforce()
    {
        List<(CoapEndpoint Endpoint, TrustedCertificateService Service)> endpoints;
        lock (_lock)
            endpoints = [.. _endpoints];
        // Registrations first: who a device is, is known as long as it has its session.
        foreach (var registration in _server!.Registrations.ToArray())
        {
            // One that was restored and has not been heard since has no endpoint yet.
            if (registration.Peer is { Endpoint: not null, Identity: { IsAuthenticated: true } identity }
                && !trust.Judge(identity, TrustedCertificateService.Lwm2m).IsBelieved(out _))
                _server.Revoke(registration);
        }

        var count = 0;
        foreach (var (endpoint, service) in endpoints)
            count += endpoint.CloseSessions(identity => trust.FindEnd(identity, service));
        return count;
    }

    private void OnChanged()
    {
        lock (_lock)
        {
            if (_changed.CurrentCount == 0)
                _changed.Release();
        }
    }

    /// <summary>A device whose certificates are taken back has no registration, also when it has no session at the moment.</summary>
    private void OnWithdrawn(IReadOnlyList<IssuedCertificateRecord> records)
    {
        foreach (var record in records)
        {
            if (record.Status == IssuedCertificateStatus.Revoked && _server!.Registrations.TryGet(record.DeviceId.ToDeviceId(), out var registration))
                _server.Revoke(registration);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _changed.WaitAsync(MaxInterval, _stop.Token);
                await Task.Delay(Delay, time, _stop.Token);
                try
                {
                    if (Enforce() is > 0 and var count)
                        LogEnded(count);
                }
                catch (Exception error)
                {
                    LogFailed(error);
                }

                await Task.Delay(Interval, time, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    [LoggerMessage(1722, LogLevel.Information, "{Count} sessions of devices that are not believed any more were ended")]
    private partial void LogEnded(int count);

    [LoggerMessage(1723, LogLevel.Error, "The sessions could not be looked at after a change of trust; it is tried again")]
    private partial void LogFailed(Exception exception);
}
