using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Connect;

/// <summary>That applications want the values of one path of one device, and the observation that brings them. Guarded by the service's lock but for what is said.</summary>
internal sealed class PathSubscription(EntityId device, Lwm2mPath path)
{
    private static readonly EntityId[] Nobody = [];

    private static readonly Dictionary<EntityId, string> NothingPending = [];

    private EntityId[] _applications = Nobody;
    private Dictionary<EntityId, string>? _pending;

    public EntityId Device => device;

    public Lwm2mPath Path => path;

    /// <summary>Subscribed by hand: until the device registers anew.</summary>
    public EntityId[] Manual { get; private set; } = Nobody;

    /// <summary>Subscribed by rule.</summary>
    public EntityId[] Presubscribed { get; private set; } = Nobody;

    /// <summary>Everybody who wants the values, each once. Read without the lock.</summary>
    public EntityId[] Applications => Volatile.Read(ref _applications);

    /// <summary>A rule of the account observes it, with these attributes; null: none does. Read without the lock.</summary>
    public NotificationAttributes? Initial { get; set; }

    /// <summary>The attributes that were written to the device since it registered.</summary>
    public NotificationAttributes Written { get; set; } = NotificationAttributes.None;

    /// <summary>The device reports the path.</summary>
    public Observation? Observation { get; set; }

    /// <summary>A request for it waits for the device, or is with it.</summary>
    public bool IsRequested { get; set; }

    /// <summary>The device has said no; it is asked again when it registers or lists other objects.</summary>
    public bool IsRefused { get; set; }

    /// <summary>The ids of the outcomes that applications wait for.</summary>
    public IReadOnlyDictionary<EntityId, string> Pending => _pending ?? NothingPending;

    /// <summary>The last value reported. Replaced whole, without the lock.</summary>
    public CachedValue? Value { get; set; }

    /// <summary>The next path of the same device.</summary>
    public PathSubscription? Next { get; set; }

    public bool IsWanted => Applications.Length > 0 || Initial is not null;

    public bool AddManual(EntityId application)
    {
        if (Manual.Contains(application))
            return false;
        Manual = [.. Manual, application];
        Combine();
        return true;
    }

    public void AddPending(EntityId application, string asyncId) => (_pending ??= [])[application] = asyncId;

    public void RemovePending(EntityId application) => _pending?.Remove(application);

    public bool RemoveManual(EntityId application)
    {
        RemovePending(application);
        if (!Manual.Contains(application))
            return false;
        Manual = [.. Manual.Where(a => a != application)];
        Combine();
        return true;
    }

    /// <summary>Drops what was subscribed by hand; what the device was not asked for yet stays.</summary>
    public void ClearManual()
    {
        Manual = _pending is { Count: > 0 } pending ? [.. Manual.Where(pending.ContainsKey)] : Nobody;
        Combine();
    }

    /// <summary>The device is gone, and whatever was wanted of it.</summary>
    public void Clear()
    {
        _pending = null;
        Manual = Presubscribed = Nobody;
        Initial = null;
        Written = NotificationAttributes.None;
        Observation = null;
        Value = null;
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
