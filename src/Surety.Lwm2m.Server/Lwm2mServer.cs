using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// The LwM2M server over any number of endpoints: registration (LwM2M Core 6.2), device management (6.3), information reporting (6.4).
/// Give it to the endpoints as their handler, and then each endpoint to <see cref="AddEndpoint"/>.
/// </summary>
public sealed partial class Lwm2mServer : ICoapHandler, IDisposable
{
    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromSeconds(1);

    private readonly Lwm2mServerOptions _options;
    private readonly IDeviceAdmission _admission;
    private readonly IDeviceEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ProfileIds _profiles;
    private readonly ITimer _housekeeping;
    private int _isCompacting;

    /// <summary>A server; what an earlier one has kept in the state directory is there again.</summary>
    /// <param name="options">How it works.</param>
    /// <param name="admission">Decides which device a client is.</param>
    /// <param name="events">Is told what devices do.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For failures.</param>
    /// <exception cref="IOException">The state directory cannot be used.</exception>
    public Lwm2mServer(Lwm2mServerOptions options, IDeviceAdmission admission, IDeviceEvents events, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _admission = admission;
        _events = events;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
        _profiles = new ProfileIds(options.Profiles);
        AppendLog? log = null;
        if (options.StateDirectory is { } directory)
        {
            Directory.CreateDirectory(directory);
            log = AppendLog.Open(directory, "registrations", options.Log, _time);
        }

        Registrations = new RegistrationStore(log, Now);
        Registrations.Restore();
        Registrations.ExtendLifetimes(Now + (long)options.RestartGrace.TotalMilliseconds);
        _housekeeping = _time.CreateTimer(_ => KeepHouse(), null, HousekeepingInterval, HousekeepingInterval);
    }

    /// <summary>The registered devices.</summary>
    public RegistrationStore Registrations { get; }

    /// <summary>Unix time, milliseconds: registrations outlive the process, and so does this clock.</summary>
    internal long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Devices that were registered over this endpoint's scheme before a restart are reached through it.</summary>
    public void AddEndpoint(CoapEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Registrations.Attach(endpoint);
    }

    /// <inheritdoc/>
    public void OnRequest(ref IncomingRequest request)
    {
        RepeatedOptionReader path = request.Path;
        if (path.MoveNext())
        {
            if (path.Current.SequenceEqual("rd"u8))
            {
                OnRegistrationRequest(ref request, ref path);
                return;
            }

            if (path.Current.SequenceEqual("dp"u8) && request.PathCount == 1)
            {
                OnSend(ref request);
                return;
            }
        }

        if (_options.Fallback is { } fallback)
            fallback.OnRequest(ref request);
        else
            request.RespondError(CoapCode.NotFound, "no such resource; devices register at /rd"u8);
    }

    /// <inheritdoc/>
    public BodyReceiver? OpenBody(ref IncomingRequest request) => _options.Fallback?.OpenBody(ref request);

    /// <inheritdoc/>
    public void OnReset(in CoapPeer peer, ushort messageId) => _options.Fallback?.OnReset(peer, messageId);

    /// <inheritdoc/>
    public void OnPeerClosed(in CoapPeer peer) => _options.Fallback?.OnPeerClosed(peer);

    /// <inheritdoc/>
    public void Commit()
    {
        Registrations.Flush();
        _events.Commit();
        _options.Fallback?.Commit();
    }

    /// <summary>The device can be sent to now: it does not sleep, or has spoken within the awake time.</summary>
    public bool IsAwake(Registration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        return registration.IsActive && registration.RestoredScheme is null && registration.Peer.Endpoint.IsReachable(registration.Peer.Key)
            && (!registration.QueueMode || Now - registration.LastSeenMilliseconds < (long)_options.AwakeTime.TotalMilliseconds);
    }

    /// <summary>Ends a registration from our side: the device was deleted or suspended. The device is not told; its next update gets 4.04.</summary>
    public void Revoke(Registration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        Remove(registration, RemovalReason.Revoked);
        Commit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _housekeeping.Dispose();
        Registrations.Dispose();
    }

    internal void Remove(Registration registration, RemovalReason reason)
    {
        var ended = new List<Observation>();
        if (!Registrations.TryRemove(registration, ended))
            return;
        foreach (Observation observation in ended)
            _events.OnObservationEnded(observation);
        _events.OnRemoved(registration, reason);
    }

    private void KeepHouse()
    {
        try
        {
            List<Registration> expired = Registrations.TakeExpired(Now);
            foreach (Registration registration in expired)
                Remove(registration, RemovalReason.Expired);
            if (expired.Count > 0)
                Commit();
            if (Interlocked.Exchange(ref _isCompacting, 1) == 0)
            {
                Registrations.CompactIfNeeded();
                _isCompacting = 0;
            }
        }
        catch (Exception e)
        {
            LogHousekeepingFailed(e);
            _isCompacting = 0;
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "Ending expired registrations, or shortening their log, failed; it is tried again")]
    private partial void LogHousekeepingFailed(Exception exception);
}
