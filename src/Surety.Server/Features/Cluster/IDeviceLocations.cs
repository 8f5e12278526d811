namespace Surety.Server.Features.Cluster;

/// <summary>Which node of the cluster a device is registered at.</summary>
internal interface IDeviceLocations
{
    /// <summary>False where there is one node: every device is here.</summary>
    bool IsClustered { get; }

    /// <summary>
    /// A registration here that was made until this time, Unix milliseconds, is older than one at another node: it is to be dropped. Raised on a thread of the pool.
    /// </summary>
    event Action<EntityId, long>? Moved;

    /// <summary>A device that has registered here was at another node before. Raised on a thread of the pool.</summary>
    event Action<EntityId>? Arrived;

    /// <summary>Gives the devices that are registered here, with the Unix time in milliseconds when they were heard last; for announcing them all.</summary>
    void Start(Func<IEnumerable<(EntityId Device, long LastSeen)>> registered);

    /// <summary>The device has registered here just now. Returns at once.</summary>
    void Announce(EntityId device);

    /// <summary>The device is not registered here any more. Returns at once.</summary>
    void Remove(EntityId device);

    /// <summary>Where a device is that is not registered here.</summary>
    /// <exception cref="StackExchange.Redis.RedisException">Redis cannot be asked.</exception>
    ValueTask<DeviceLocation> FindAsync(EntityId device);

    /// <summary>Those of the devices that are registered at other nodes, also at such that do not live at the moment.</summary>
    /// <exception cref="StackExchange.Redis.RedisException">Redis cannot be asked.</exception>
    Task<IReadOnlySet<EntityId>> FindElsewhereAsync(IReadOnlyList<EntityId> devices);
}
