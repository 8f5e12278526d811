using System.Diagnostics.CodeAnalysis;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// The registered devices and their observations: found by location, device, name or peer. Changes go to a log and are kept once
/// <see cref="Flush"/> has returned. Thread-safe.
/// </summary>
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

    /// <summary>Adds a registration; one of the same name ends.</summary>
    internal void Add(Registration registration, out Registration? replaced, List<Observation> ended)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue((registration.Tenant, registration.Endpoint), out replaced))
                Remove(replaced, ended);
            Insert(registration);
            _log?.Append(RegistrationRecords.Registered(registration));
        }
    }

    /// <summary>Heard from, and nothing else has changed.</summary>
    internal void Refresh(Registration registration, long now)
    {
        registration.Refresh(now);
        if (_log is null)
            return;
        lock (_lock)
        {
            if (registration.IsActive)
                _log.Append(RegistrationRecords.Refreshed(registration.Id, now));
        }
    }

    /// <summary>Changes a registration; false when it has ended meanwhile.</summary>
    internal bool TryChange<T>(Registration registration, Action<Registration, T> change, T argument)
    {
        lock (_lock)
        {
            if (!registration.IsActive)
                return false;
            change(registration, argument);
            _expiry.Schedule(registration);
            _log?.Append(RegistrationRecords.Registered(registration));
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
            Unlink(registration);
            registration.Peer = peer;
            registration.RestoredScheme = null;
            _byPeer[peer] = registration;
            _log?.Append(RegistrationRecords.Registered(registration));
        }
    }

    /// <summary>Ends a registration; false when it has ended already.</summary>
    internal bool TryRemove(Registration registration, List<Observation> ended)
    {
        lock (_lock)
        {
            if (!registration.IsActive)
                return false;
            Remove(registration, ended);
            _log?.Append(RegistrationRecords.Removed(registration.Id));
            return true;
        }
    }

    /// <summary>Finds the registrations whose lifetime has passed.</summary>
    internal List<Registration> TakeExpired(long now)
    {
        var expired = new List<Registration>();
        lock (_lock)
            _expiry.Advance(now, expired);
        return expired;
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

    /// <summary>The device has confirmed the observation: it is kept over a restart.</summary>
    internal void Keep(Observation observation)
    {
        lock (_lock)
        {
            if (observation.IsActive)
                _log?.Append(RegistrationRecords.Observed(observation));
        }
    }

    internal bool TryRemove(Observation observation)
    {
        lock (_lock)
        {
            if (!observation.IsActive)
                return false;
            Detach(observation);
            _log?.Append(RegistrationRecords.Unobserved(observation.Token));
            return true;
        }
    }

    internal bool TryGetObservation(ulong token, [NotNullWhen(true)] out Observation? observation)
    {
        lock (_lock)
            return _observations.TryGetValue(token, out observation);
    }

    private void Insert(Registration registration)
    {
        _byId[registration.Id.Value] = registration;
        _byDevice[registration.Device] = registration;
        _byName[(registration.Tenant, registration.Endpoint)] = registration;
        if (registration.RestoredScheme is null)
            _byPeer[registration.Peer] = registration;
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

    /// <summary>Another device may have taken the address since: only the registration's own entry goes.</summary>
    private void Unlink(Registration registration)
    {
        if (_byPeer.TryGetValue(registration.Peer, out Registration? other) && other == registration)
            _byPeer.Remove(registration.Peer);
    }
}
