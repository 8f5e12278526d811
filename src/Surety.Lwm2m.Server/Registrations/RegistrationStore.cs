using System.Diagnostics.CodeAnalysis;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// The registered devices and their observations: found by location, device, name or peer. Changes go to a log and are kept once
/// <see cref="Flush"/> has returned. Thread-safe.
/// </summary>
/// <remarks>What changes goes to the log first: a change that the log does not take (it throws <see cref="IOException"/>) has not happened.</remarks>
public sealed partial class RegistrationStore : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, Registration> _byId = [];
    private readonly Dictionary<DeviceId, Registration> _byDevice = [];
    private readonly Dictionary<(TenantId, string), Registration> _byName = [];
    private readonly Dictionary<CoapPeer, Registration> _byPeer = [];
    private readonly Dictionary<ulong, Observation> _observations = [];
    private readonly ExpiryWheel _expiry;
    private readonly AppendLog? _log;

    internal RegistrationStore(AppendLog? log, long now)
    {
        _log = log;
        _expiry = new ExpiryWheel(now);
    }

    /// <summary>How many devices are registered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _byId.Count;
        }
    }

    /// <summary>How many observations there are.</summary>
    public int ObservationCount
    {
        get
        {
            lock (_lock)
                return _observations.Count;
        }
    }

    internal LinksCache Links { get; } = new();

    /// <summary>Entries of the indexes by location, device, name, peer, and of the observations.</summary>
    internal (int Ids, int Devices, int Names, int Peers, int Observations) IndexSizes
    {
        get
        {
            lock (_lock)
                return (_byId.Count, _byDevice.Count, _byName.Count, _byPeer.Count, _observations.Count);
        }
    }

    /// <summary>A device's registration.</summary>
    public bool TryGet(DeviceId device, [NotNullWhen(true)] out Registration? registration)
    {
        lock (_lock)
            return _byDevice.TryGetValue(device, out registration);
    }

    /// <summary>A registration by its tenant and endpoint name.</summary>
    public bool TryGet(TenantId tenant, string endpoint, [NotNullWhen(true)] out Registration? registration)
    {
        lock (_lock)
            return _byName.TryGetValue((tenant, endpoint), out registration);
    }

    /// <summary>A registration by its location.</summary>
    public bool TryGet(RegistrationId id, [NotNullWhen(true)] out Registration? registration)
    {
        lock (_lock)
            return _byId.TryGetValue(id.Value, out registration);
    }

    /// <summary>All registrations of this moment.</summary>
    public Registration[] ToArray()
    {
        lock (_lock)
            return [.. _byId.Values];
    }

    /// <summary>The observations of a device.</summary>
    public IReadOnlyList<Observation> ObservationsOf(Registration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var observations = new List<Observation>();
        lock (_lock)
        {
            for (Observation? o = registration.FirstObservation; o is not null; o = o.Next)
                observations.Add(o);
        }

        return observations;
    }

    /// <summary>Makes durable what was changed.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Flush() => _log?.Flush();

    /// <inheritdoc/>
    public void Dispose() => _log?.Dispose();

    internal bool TryGetByPeer(in CoapPeer peer, [NotNullWhen(true)] out Registration? registration)
    {
        lock (_lock)
            return _byPeer.TryGetValue(peer, out registration);
    }

    /// <summary>Adds a registration; the one of the same name ends, and so does one that the same device has under another name.</summary>
    internal void Add(Registration registration, out Registration? replaced, out Registration? renamed, List<Observation> ended)
    {
        lock (_lock)
        {
            _log?.Append(RegistrationRecords.Registered(registration, registration.Peer));
            Replace(registration, out replaced, out renamed, ended);
            Insert(registration);
        }
    }

    /// <summary>Heard from, and nothing else has changed; false when the registration has ended meanwhile.</summary>
    internal bool TryRefresh(Registration registration, long now)
    {
        lock (_lock)
        {
            if (!registration.IsActive)
                return false;
            _log?.Append(RegistrationRecords.Refreshed(registration.Id, now));
            registration.Refresh(now);
            return true;
        }
    }

    /// <summary>Changes a registration, and where its device is; false when it has ended meanwhile.</summary>
    internal bool TryUpdate(Registration registration, RegistrationUpdate update, in CoapPeer peer, out RegistrationChanges changes)
    {
        lock (_lock)
        {
            changes = RegistrationChanges.None;
            if (!registration.IsActive)
                return false;
            changes = update.ChangesTo(registration) | (registration.Peer == peer ? RegistrationChanges.None : RegistrationChanges.Peer);
            RegistrationState before = registration.State;
            update.ApplyTo(registration);
            try
            {
                _log?.Append(RegistrationRecords.Registered(registration, peer));
            }
            catch
            {
                registration.State = before;
                throw;
            }

            MoveTo(registration, peer);
            _expiry.Schedule(registration);
            return true;
        }
    }

    /// <summary>The device is at another address or connection now.</summary>
    internal void Move(Registration registration, in CoapPeer peer)
    {
        lock (_lock)
        {
            if (!registration.IsActive || registration.Peer == peer)
                return;
            _log?.Append(RegistrationRecords.Registered(registration, peer));
            MoveTo(registration, peer);
        }
    }

    /// <summary>Ends a registration; false when it has ended already.</summary>
    internal bool TryRemove(Registration registration, List<Observation> ended)
    {
        lock (_lock)
        {
            if (!registration.IsActive)
                return false;
            _log?.Append(RegistrationRecords.Removed(registration.Id));
            Remove(registration, ended);
            return true;
        }
    }

    /// <summary>Finds the registrations whose lifetime has passed; each is for <see cref="TryExpire"/> then.</summary>
    internal List<Registration> TakeExpired(long now)
    {
        var expired = new List<Registration>();
        lock (_lock)
            _expiry.Advance(now, expired);
        return expired;
    }

    /// <summary>Ends a registration unless it was updated meanwhile, or could not be ended before.</summary>
    internal bool TryExpire(Registration registration, long now, List<Observation> ended)
    {
        lock (_lock)
        {
            if (!registration.IsActive)
                return false;
            // Should this fail, it comes again.
            _expiry.Schedule(registration);
            if (registration.ExpiresAtMilliseconds > now)
                return false;
            _log?.Append(RegistrationRecords.Removed(registration.Id));
            Remove(registration, ended);
            return true;
        }
    }

    internal bool TryAdd(Observation observation)
    {
        Registration registration = observation.Registration;
        lock (_lock)
        {
            if (!registration.IsActive || !_observations.TryAdd(observation.Token, observation))
                return false;
            observation.Next = registration.FirstObservation;
            registration.FirstObservation = observation;
            return true;
        }
    }

    /// <summary>The device has confirmed the observation: it is kept over a restart. False when it has ended meanwhile.</summary>
    internal bool TryKeep(Observation observation)
    {
        lock (_lock)
        {
            if (!observation.IsActive)
                return false;
            _log?.Append(RegistrationRecords.Observed(observation));
            observation.IsKept = true;
            return true;
        }
    }

    internal bool TryRemove(Observation observation)
    {
        lock (_lock)
        {
            if (!observation.IsActive)
                return false;
            if (observation.IsKept)
                _log?.Append(RegistrationRecords.Unobserved(observation.Token));
            Detach(observation);
            return true;
        }
    }

    internal bool TryGetObservation(ulong token, [NotNullWhen(true)] out Observation? observation)
    {
        lock (_lock)
            return _observations.TryGetValue(token, out observation);
    }

    /// <summary>Which observation a report is for that a device makes by itself: what was asked for, else one that nobody has.</summary>
    internal Observation FindReported(Registration registration, Lwm2mPath path)
    {
        lock (_lock)
        {
            for (Observation? o = registration.FirstObservation; o is not null; o = o.Next)
            {
                if (o.Path == path && o.IsReported)
                    return o;
            }

            registration.Unasked ??= [];
            if (!registration.Unasked.TryGetValue(path, out Observation? unasked))
                registration.Unasked.Add(path, unasked = new Observation(registration, 0, path));
            return unasked;
        }
    }

    private void Replace(Registration registration, out Registration? replaced, out Registration? renamed, List<Observation> ended)
    {
        if (_byName.TryGetValue((registration.Tenant, registration.Endpoint), out replaced))
            Remove(replaced, ended);
        if (_byDevice.TryGetValue(registration.Device, out renamed))
            Remove(renamed, ended);
    }

    private void Insert(Registration registration)
    {
        _byId[registration.Id.Value] = registration;
        _byDevice[registration.Device] = registration;
        _byName[(registration.Tenant, registration.Endpoint)] = registration;
        if (registration.RestoredScheme is null)
            _byPeer[registration.Peer] = registration;
        else
            _detachedCount++;
        _expiry.Schedule(registration);
    }

    private void Remove(Registration registration, List<Observation> ended)
    {
        registration.IsActive = false;
        _byId.Remove(registration.Id.Value);
        _byDevice.Remove(registration.Device);
        _byName.Remove((registration.Tenant, registration.Endpoint));
        Unlink(registration);
        _expiry.Remove(registration);
        for (Observation? o = registration.FirstObservation; o is not null; o = o.Next)
        {
            o.IsActive = false;
            _observations.Remove(o.Token);
            // Of others, whoever tries to observe is told himself.
            if (o.IsKept)
                ended.Add(o);
        }

        registration.FirstObservation = null;
    }

    private void Detach(Observation observation)
    {
        observation.IsActive = false;
        _observations.Remove(observation.Token);
        Registration registration = observation.Registration;
        if (registration.FirstObservation == observation)
        {
            registration.FirstObservation = observation.Next;
            return;
        }

        Observation? previous = registration.FirstObservation;
        while (previous is not null && previous.Next != observation)
            previous = previous.Next;
        previous?.Next = observation.Next;
    }

    private void MoveTo(Registration registration, in CoapPeer peer)
    {
        if (registration.Peer == peer)
            return;
        Unlink(registration);
        registration.Peer = peer;
        registration.RestoredScheme = null;
        _byPeer[peer] = registration;
    }

    /// <summary>Another device may have taken the address since: only the registration's own entry goes.</summary>
    private void Unlink(Registration registration)
    {
        if (registration.RestoredScheme is not null)
            _detachedCount--;
        else if (_byPeer.TryGetValue(registration.Peer, out Registration? other) && other == registration)
            _byPeer.Remove(registration.Peer);
    }
}
