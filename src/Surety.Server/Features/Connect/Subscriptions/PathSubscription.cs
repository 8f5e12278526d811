using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Connect;

/// <summary>That applications want the values of one path of one device, and the observation that brings them. Guarded by the service's lock but for what is said.</summary>
internal sealed class PathSubscription(EntityId device, Lwm2mPath path)
{
    private static readonly EntityId[] Nobody = [];

    private EntityId[] _applications = Nobody;

    public EntityId Device => device;

    public Lwm2mPath Path => path;

    /// <summary>Subscribed by hand: until the device registers anew.</summary>
    public EntityId[] Manual { get; private set; } = Nobody;

    /// <summary>Subscribed by rule.</summary>
    public EntityId[] Presubscribed { get; private set; } = Nobody;

    /// <summary>Everybody who wants the values, each once. Read without the lock.</summary>
    public EntityId[] Applications => Volatile.Read(ref _applications);

    /// <summary>The device reports the path.</summary>
    public Observation? Observation { get; set; }

    /// <summary>The device is being asked to.</summary>
    public bool IsRequested { get; set; }

    /// <summary>The last value reported. Replaced whole, without the lock.</summary>
    public CachedValue? Value { get; set; }

    /// <summary>The next path of the same device.</summary>
    public PathSubscription? Next { get; set; }

    public bool IsWanted => Applications.Length > 0;

    public bool AddManual(EntityId application)
    {
        if (Manual.Contains(application))
            return false;
        Manual = [.. Manual, application];
        Combine();
        return true;
    }

    public bool RemoveManual(EntityId application)
    {
        if (!Manual.Contains(application))
            return false;
        Manual = [.. Manual.Where(a => a != application)];
        Combine();
        return true;
    }

    /// <summary>Drops what was subscribed by hand.</summary>
    public void ClearManual()
    {
        Manual = Nobody;
        Combine();
    }

    public void SetPresubscribed(EntityId[] applications)
    {
        Presubscribed = applications;
        Combine();
    }

    private void Combine() => Volatile.Write(
        ref _applications, Manual.Length == 0 ? Presubscribed : Presubscribed.Length == 0 ? Manual : [.. Manual.Union(Presubscribed)]);
}
