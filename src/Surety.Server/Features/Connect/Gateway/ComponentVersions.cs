using System.Text;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Directory;
using Surety.Server.Storage;

namespace Surety.Server.Features.Connect;

/// <summary>
/// The versions of a device's components, <c>component_attributes</c> of its record: what the update client of Pelion's device tells of its object 14
/// with its registration, and whenever one of them changes. (device-directory, component_attributes.)
/// </summary>
internal sealed partial class ComponentVersions(SuretyDbFactory databases, TimeProvider time, ILogger<ComponentVersions> log) : PeriodicWriter(TimeSpan.FromSeconds(1), time)
{
    // LwM2M Software Component: Component Identity and Component Version.
    private const ushort Component = 14, Identity = 0, Version = 2;
    private const int MaxComponents = 10;
    private const int MaxLength = 128;
    private const int BatchSize = 200;

    private readonly TimeProvider _time = time;
    private readonly Lock _lock = new();
    private Dictionary<EntityId, Dictionary<string, string?>> _changes = [];

    /// <summary>The device has registered: what it tells of its components is written to its record.</summary>
    public void OnRegistered(Registration registration)
    {
        Dictionary<string, string?>? versions = null;
        foreach (var initial in registration.InitialValues)
        {
            if (initial.Path is { IsResource: true, ObjectId: Component, ResourceId: Version } path && NameOf(registration, path.InstanceId) is { } name && IsStorable(initial.Value))
                (versions ??= [])[name] = initial.Value;
        }

        if (versions is null)
            return;
        lock (_lock)
            _changes[registration.Device.ToEntityId()] = versions;
    }

    /// <summary>A value has come that the device reports.</summary>
    public void OnReported(Observation observation, in CoapMessage notification)
    {
        if (observation.Path is not { IsResource: true, ObjectId: Component, ResourceId: Version } path || !notification.Code.IsSuccess || notification.Payload.Length > MaxLength
            || NameOf(observation.Registration, path.InstanceId) is not { } name)
            return;
        var version = Encoding.UTF8.GetString(notification.Payload);
        if (!IsStorable(version))
            return;
        var device = observation.Registration.Device.ToEntityId();
        lock (_lock)
        {
            if (!_changes.TryGetValue(device, out var versions))
                _changes.Add(device, versions = []);
            versions[name] = version;
        }
    }

    private static string? NameOf(Registration registration, ushort instance)
    {
        foreach (var initial in registration.InitialValues)
        {
            if (initial.Path is { IsResource: true, ObjectId: Component, ResourceId: Identity } path && path.InstanceId == instance)
                return initial.Value.Length > 0 && IsStorable(initial.Value) ? initial.Value : null;
        }

        return null;
    }

    // PostgreSQL stores no NUL.
    private static bool IsStorable(string text) => text.Length <= MaxLength && !text.Contains('\0');

    protected override async Task WriteAsync(CancellationToken cancellationToken)
    {
        Dictionary<EntityId, Dictionary<string, string?>> changes;
        lock (_lock)
        {
            if (_changes.Count == 0)
                return;
            (changes, _changes) = (_changes, []);
        }

        try
        {
            foreach (var batch in changes.Chunk(BatchSize))
                await WriteAsync(batch, cancellationToken);
        }
        catch
        {
            // What has come since is newer.
            lock (_lock)
            {
                foreach (var (device, versions) in changes)
                {
                    if (_changes.TryAdd(device, versions))
                        continue;
                    foreach (var (name, version) in versions)
                        _changes[device].TryAdd(name, version);
                }
            }

            throw;
        }
    }

    protected override void OnNotWritten(Exception error) => LogNotWritten(error);

    private async Task WriteAsync(KeyValuePair<EntityId, Dictionary<string, string?>>[] batch, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var ids = batch.Select(change => change.Key).ToList();
        var devices = await db.AllAccounts<Directory.Device>().Where(device => ids.Contains(device.Id)).ToDictionaryAsync(device => device.Id, cancellationToken);
        foreach (var (id, versions) in batch)
        {
            if (!devices.TryGetValue(id, out var device))
                continue;
            var before = DeviceAttribute.ToMap(device.ComponentAttributes);
            var after = before.ToDictionary(attribute => attribute.Key, attribute => (string?)attribute.Value);
            foreach (var (name, version) in versions)
            {
                if (after.Count < MaxComponents || after.ContainsKey(name))
                    after[name] = version;
            }

            if (after.Count == before.Count && after.All(attribute => before[attribute.Key] == attribute.Value))
                continue;
            DeviceAttribute.Replace(device.ComponentAttributes, after);
            device.UpdatedAt = _time.GetInstant();
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(1451, LogLevel.Error, "The versions of devices' components could not be written; it is tried again")]
    private partial void LogNotWritten(Exception exception);
}
