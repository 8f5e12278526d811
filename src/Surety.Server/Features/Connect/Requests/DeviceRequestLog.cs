using Surety.Lwm2m.Server;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Connect;

/// <summary>
/// The device requests that were accepted and are not answered yet, over restarts. A request that repeats badly (POST) and was under way
/// when the process ended is not sent again: nobody knows whether the device did it.
/// </summary>
internal sealed class DeviceRequestLog : IDisposable
{
    private const byte Added = 1;
    private const byte Attempted = 2;
    private const byte Done = 3;
    private const long MinCompactedLength = 4 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<EntityId, (DeviceRequestRecord Record, bool IsAttempted)> _open = [];
    private readonly Dictionary<EntityId, HashSet<EntityId>> _byDevice = [];
    private readonly AppendLog _log;

    public DeviceRequestLog(DataDirectory data, TimeProvider time)
    {
        _log = AppendLog.Open(data.Path, "device-requests", new AppendLogOptions { SegmentSize = 1024 * 1024 }, time);
        _log.Read(_log.Start, (_, _, record) =>
        {
            Apply(record);
            return true;
        });
    }

    /// <summary>What was open when the process ended, in the order in which it came.</summary>
    public IReadOnlyList<(DeviceRequestRecord Record, bool IsAttempted)> Open
    {
        get
        {
            lock (_lock)
                return [.. _open.Values.OrderBy(r => r.Record.Id)];
        }
    }

    /// <summary>The devices that there are open requests for.</summary>
    public IReadOnlyList<EntityId> Devices
    {
        get
        {
            lock (_lock)
                return [.. _byDevice.Keys];
        }
    }

    /// <summary>What is open for a device, in the order in which it came.</summary>
    public IReadOnlyList<(DeviceRequestRecord Record, bool IsAttempted)> OpenOf(EntityId device)
    {
        lock (_lock)
            return _byDevice.TryGetValue(device, out var ids) ? [.. ids.Order().Select(id => _open[id])] : [];
    }

    /// <summary>Whether a request is open.</summary>
    public bool IsOpen(EntityId id)
    {
        lock (_lock)
            return _open.ContainsKey(id);
    }

    /// <summary>Keeps a request; it survives the process when this returns.</summary>
    public void Add(DeviceRequestRecord request)
    {
        lock (_lock)
        {
            Keep(request);
            _log.Append([Added, .. request.ToBytes()]);
        }

        _log.Flush();
    }

    /// <summary>The request is about to be sent, and must not be sent twice.</summary>
    public void MarkAttempted(EntityId id)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(id, out var open))
                _open[id] = (open.Record, true);
        }

        Write(Attempted, id);
    }

    /// <summary>The request is answered, and the answer is kept.</summary>
    public void Remove(EntityId id)
    {
        lock (_lock)
        {
            // Before the record: a compaction must not bring the request back.
            Drop(id);
            Write(Done, id);
            if (_log.Length > MinCompactedLength)
                Compact();
        }
    }

    public void Dispose() => _log.Dispose();

    private void Write(byte kind, EntityId id)
    {
        Span<byte> record = stackalloc byte[1 + EntityId.Size];
        record[0] = kind;
        id.Write(record[1..]);
        _log.Append(record);
        _log.Flush();
    }

    private void Compact()
    {
        var segment = _log.StartNewSegment();
        foreach (var (record, isAttempted) in _open.Values)
        {
            _log.Append([Added, .. record.ToBytes()]);
            if (!isAttempted)
                continue;
            _log.Append([Attempted, .. record.Id.ToByteArray()]);
        }

        _log.Flush();
        _log.DeleteBefore(segment);
    }

    private void Keep(DeviceRequestRecord request)
    {
        _open[request.Id] = (request, false);
        if (!_byDevice.TryGetValue(request.Device, out var ids))
            _byDevice.Add(request.Device, ids = []);
        ids.Add(request.Id);
    }

    private void Drop(EntityId id)
    {
        if (_open.Remove(id, out var open) && _byDevice.TryGetValue(open.Record.Device, out var ids) && ids.Remove(id) && ids.Count == 0)
            _byDevice.Remove(open.Record.Device);
    }

    private void Apply(ReadOnlySpan<byte> record)
    {
        if (record.IsEmpty)
            return;
        if (record[0] == Added)
        {
            if (DeviceRequestRecord.Read(record[1..]) is { } request)
                Keep(request);
            return;
        }

        if (record.Length != 1 + EntityId.Size)
            return;
        var id = EntityId.Read(record[1..]);
        if (record[0] == Done)
            Drop(id);
        else if (_open.TryGetValue(id, out var open))
            _open[id] = (open.Record, true);
    }
}
