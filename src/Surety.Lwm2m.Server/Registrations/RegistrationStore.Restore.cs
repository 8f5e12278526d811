using Surety.Coap;

namespace Surety.Lwm2m.Server;

public sealed partial class RegistrationStore
{
    // Live state is written anew when the log has grown to this many times its size, and at least to this length.
    private const int CompactionRatio = 4;
    private const long MinCompactedLength = 32 * 1024 * 1024;
    private const int CompactedAtOnce = 256;

    private readonly HashSet<CoapEndpoint> _attached = [];
    private long _lengthAfterCompaction;
    private volatile int _detachedCount;

    /// <summary>There are devices that were registered before a restart, over a scheme that there was no endpoint for yet.</summary>
    internal bool HasDetached => _detachedCount > 0;

    /// <summary>Reads the log: every registration and observation that was acknowledged is there again.</summary>
    internal void Restore()
    {
        if (_log is null)
            return;
        var ignored = new List<Observation>();
        lock (_lock)
        {
            _log.Read(_log.Start, (_, _, record) =>
            {
                if (!record.IsEmpty)
                    Apply(record, ignored);
                return true;
            });
        }
    }

    /// <summary>Gives devices, after a restart, time to speak before their lifetime counts: nobody could hear them meanwhile.</summary>
    internal void ExtendLifetimes(long now, TimeSpan grace)
    {
        long until = now + (long)grace.TotalMilliseconds;
        lock (_lock)
        {
            _expiry.Restart(now);
            foreach (Registration registration in _byId.Values)
            {
                if (registration.ExpiresAtMilliseconds < until)
                    registration.ExtendTo(until);
                _expiry.Schedule(registration);
            }
        }
    }

    /// <summary>Restored devices of this endpoint's scheme are reached through it.</summary>
    internal void Attach(CoapEndpoint endpoint)
    {
        lock (_lock)
        {
            if (!_attached.Add(endpoint))
                return;
            foreach (Registration registration in _byId.Values)
            {
                PeerKey key = registration.Peer.Key;
                // There may be an endpoint for each family of addresses.
                if (registration.RestoredScheme != endpoint.Scheme || (key.IsAddress && !endpoint.IsReachable(key)))
                    continue;
                // A connection does not outlive the process: the device is unreachable until it speaks. An address does.
                registration.Peer = new CoapPeer(endpoint, endpoint.IsReliable ? PeerKey.FromConnection(0) : key);
                registration.RestoredScheme = null;
                _detachedCount--;
                if (!endpoint.IsReliable)
                    _byPeer[registration.Peer] = registration;
            }
        }
    }

    /// <summary>Writes the live state anew, where that makes the log much shorter, and removes what went before.</summary>
    internal void CompactIfNeeded()
    {
        if (_log is not null && _log.Length > Math.Max(MinCompactedLength, _lengthAfterCompaction * CompactionRatio))
            Compact();
    }

    internal void Compact()
    {
        if (_log is null)
            return;
        int segment;
        ulong[] ids;
        lock (_lock)
        {
            segment = _log.StartNewSegment();
            ids = [.. _byId.Keys];
        }

        // In pieces, so that devices are served meanwhile. What changes between the pieces is in the log by itself.
        foreach (ulong[] piece in ids.Chunk(CompactedAtOnce))
        {
            lock (_lock)
            {
                foreach (ulong id in piece)
                {
                    if (!_byId.TryGetValue(id, out Registration? registration))
                        continue;
                    _log.Append(RegistrationRecords.Registered(registration, registration.Peer));
                    for (Observation? o = registration.FirstObservation; o is not null; o = o.Next)
                    {
                        if (o.IsKept)
                            _log.Append(RegistrationRecords.Observed(o));
                    }
                }
            }
        }

        _log.Sync();
        _log.DeleteBefore(segment);
        _lengthAfterCompaction = _log.Length;
    }

    private void Apply(ReadOnlySpan<byte> record, List<Observation> ignored)
    {
        switch ((RecordKind)record[0])
        {
            case RecordKind.Registered when RegistrationRecords.TryReadRegistered(record, Links, out Registration? registration):
                ApplyRegistered(registration, ignored);
                break;
            case RecordKind.Refreshed when RegistrationRecords.TryReadRefreshed(record, out RegistrationId refreshed, out long now):
                if (_byId.TryGetValue(refreshed.Value, out Registration? found))
                    found.Refresh(now);
                break;
            case RecordKind.Removed:
                if (_byId.TryGetValue(RegistrationRecords.ReadRemoved(record).Value, out Registration? removed))
                    Remove(removed, ignored);
                break;
            case RecordKind.Observed:
                if (RegistrationRecords.ReadObserved(record, id => _byId.GetValueOrDefault(id.Value)) is { } observation)
                    TryAdd(observation);
                break;
            case RecordKind.Unobserved:
                if (_observations.TryGetValue(RegistrationRecords.ReadUnobserved(record), out Observation? unobserved))
                    Detach(unobserved);
                break;
        }
    }

    /// <summary>A record of a registration that is there already is a change of it: its observations stay.</summary>
    private void ApplyRegistered(Registration registration, List<Observation> ignored)
    {
        Observation? kept = _byId.TryGetValue(registration.Id.Value, out Registration? old) ? old.FirstObservation : null;
        Replace(registration, out _, out _, ignored);
        Insert(registration);
        for (Observation? o = kept; o is not null; o = o.Next)
            TryAdd(new Observation(registration, o.Token, o.Path) { Paths = o.Paths, PathsFormat = o.PathsFormat, Accept = o.Accept, Queries = o.Queries, IsKept = true });
    }
}
