using Surety.Server.Features.Connect;

namespace Surety.Server.Features.Cluster;

/// <summary>A platform of one node: whatever would be shared is here, and nobody has to be told.</summary>
internal sealed class SingleNode : IClusterLeases, IClusterNotices, IDeviceLocations, IPeerEndpoints
{
    bool IDeviceLocations.IsClustered => false;

    event Action<EntityId, long>? IDeviceLocations.Moved
    {
        add { }
        remove { }
    }

    event Action<EntityId>? IDeviceLocations.Arrived
    {
        add { }
        remove { }
    }

    public ValueTask<bool> HoldAsync(string work) => new(true);

    public void Publish(string topic, string body)
    {
    }

    public void Listen(string topic, Func<string?, Task> heard)
    {
    }

    void IDeviceLocations.Start(Func<IEnumerable<(EntityId Device, long LastSeen)>> registered)
    {
    }

    void IDeviceLocations.Announce(EntityId device)
    {
    }

    void IDeviceLocations.Remove(EntityId device)
    {
    }

    ValueTask<DeviceLocation> IDeviceLocations.FindAsync(EntityId device) => default;

    Task<IReadOnlyList<EndpointInfo>> IPeerEndpoints.ListAsync(EntityId account, string? type, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<EndpointInfo>>([]);

    Task<IReadOnlySet<EntityId>> IDeviceLocations.FindElsewhereAsync(IReadOnlyList<EntityId> devices) =>
        Task.FromResult<IReadOnlySet<EntityId>>(System.Collections.Frozen.FrozenSet<EntityId>.Empty);
}
