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

    // A gap as long as this between two rounds of housekeeping: the machine slept, or its clock was set.
    private const long MaxHousekeepingGap = 30_000;

    // A log that could not be shortened is tried again after this time: each attempt needs room on the disk.
    private const long CompactionRetry = 60_000;

    private const int OrderLocks = 64;

    private readonly Lwm2mServerOptions _options;
    private readonly IDeviceAdmission _admission;
    private readonly IDeviceEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ProfileIds _profiles;
    private readonly Lock[] _order;
    private readonly ITimer _housekeeping;
    private long _lastHousekeeping;
    private long _compactAfter;
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
        _order = new Lock[OrderLocks];
        for (int i = 0; i < OrderLocks; i++)
            _order[i] = new Lock();
        AppendLog? log = null;
        if (options.StateDirectory is { } directory)
        {
            Directory.CreateDirectory(directory);
            log = AppendLog.Open(directory, "registrations", options.Log, _time);
        }

        _lastHousekeeping = Now;
        Registrations = new RegistrationStore(log, Now);
        Registrations.Restore();
        Registrations.ExtendLifetimes(Now, options.RestartGrace);
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
        AttachWhileRestoring(request.Peer.Endpoint);
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
    public BodyReceiver? OpenBody(ref IncomingRequest request) => IsOurs(request) ? null : _options.Fallback?.OpenBody(ref request);

    /// <inheritdoc/>
    public bool? IsConditionMet(in IncomingRequest request) => IsOurs(request) ? null : _options.Fallback?.IsConditionMet(request);

    /// <inheritdoc/>
    public void OnReset(in CoapPeer peer, ushort messageId) => _options.Fallback?.OnReset(peer, messageId);

    /// <inheritdoc/>
    public void OnPeerReleased(in CoapPeer peer, ConnectionRelease release) => _options.Fallback?.OnPeerReleased(peer, release);

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
        return registration is { IsActive: true, IsAnswered: true, RestoredScheme: null } && registration.Peer.Endpoint.IsReachable(registration.Peer.Key)
            && (!registration.QueueMode || Now - registration.LastSeenMilliseconds < (long)_options.AwakeTime.TotalMilliseconds);
    }

    /// <summary>Ends a registration from our side: the device was deleted or suspended. The device is not told; its next update gets 4.04.</summary>
    public void Revoke(Registration registration) => End(registration, RemovalReason.Revoked);

    /// <summary>Forgets a registration: the device is registered at another server of the platform by now.</summary>
    public void Drop(Registration registration) => End(registration, RemovalReason.Moved);

    /// <inheritdoc/>
    public void Dispose()
    {
        _housekeeping.Dispose();
        Registrations.Dispose();
    }

    private void End(Registration registration, RemovalReason reason)
    {
        ArgumentNullException.ThrowIfNull(registration);
        TryRemove(registration, reason);
        Commit();
    }

    private bool TryRemove(Registration registration, RemovalReason reason)
    {
        var ended = new List<Observation>();
        lock (OrderOf(registration.Tenant, registration.Endpoint))
        {
            if (!(reason == RemovalReason.Expired ? Registrations.TryExpire(registration, Now, ended) : Registrations.TryRemove(registration, ended)))
                return false;
            foreach (Observation observation in ended)
                _events.OnObservationEnded(observation);
            _events.OnRemoved(registration, reason);
            return true;
        }
    }

    /// <summary>Held while a registration changes and that is told, so that what happens to a device is told in the order in which it happens.</summary>
    private Lock OrderOf(TenantId tenant, string endpoint) => _order[(uint)HashCode.Combine(tenant, endpoint) % OrderLocks];

    private static bool IsOurs(in IncomingRequest request)
    {
        RepeatedOptionReader path = request.Path;
        return path.MoveNext() && (path.Current.SequenceEqual("rd"u8) || (path.Current.SequenceEqual("dp"u8) && request.PathCount == 1));
    }

    /// <summary>An endpoint may be heard before it is told of: its devices are known all the same.</summary>
    private void AttachWhileRestoring(CoapEndpoint endpoint)
    {
        if (Registrations.HasDetached)
            Registrations.Attach(endpoint);
    }

    private void KeepHouse()
    {
        long now = Now;
        long last = Interlocked.Exchange(ref _lastHousekeeping, now);
        if (now - last is > MaxHousekeepingGap or < -MaxHousekeepingGap)
        {
            LogClockJumped(TimeSpan.FromMilliseconds(now - last));
            Registrations.ExtendLifetimes(now, _options.RestartGrace);
        }

        ExpireRegistrations(now);
        if (now < Interlocked.Read(ref _compactAfter) || Interlocked.Exchange(ref _isCompacting, 1) != 0)
            return;
        try
        {
            Registrations.CompactIfNeeded();
        }
        catch (Exception e)
        {
            Interlocked.Exchange(ref _compactAfter, now + CompactionRetry);
            LogCompactionFailed(e);
        }
        finally
        {
            Volatile.Write(ref _isCompacting, 0);
        }
    }

    private void ExpireRegistrations(long now)
    {
        List<Registration> expired = Registrations.TakeExpired(now);
        if (expired.Count == 0)
            return;
        Exception? failure = null;
        foreach (Registration registration in expired)
        {
            try
            {
                TryRemove(registration, RemovalReason.Expired);
            }
            catch (Exception e)
            {
                failure ??= e;
            }
        }

        try
        {
            Commit();
        }
        catch (Exception e)
        {
            failure ??= e;
        }

        if (failure is not null)
            LogExpiryFailed(failure, expired.Count);
    }

    [LoggerMessage(2001, LogLevel.Error, "Ending {Count} expired registrations failed at least in part; what is not ended is tried again")]
    private partial void LogExpiryFailed(Exception exception, int count);

    [LoggerMessage(2002, LogLevel.Error, "Writing the log of registrations anew, to make it shorter, failed; it is tried again")]
    private partial void LogCompactionFailed(Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "The clock has jumped by {Jump}, or nothing ran meanwhile: devices get time to speak before their lifetime counts")]
    private partial void LogClockJumped(TimeSpan jump);
}
