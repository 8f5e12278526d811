using Surety.Lwm2m.Client;

namespace Surety.Device;

/// <summary>
/// The instances of an Object that come and go, by the device's will or by a server's: <c>new DeviceObjects&lt;Temperature&gt; { AllowsCreate = true }</c>.
/// Safe to use from any thread.
/// </summary>
/// <typeparam name="T">The class.</typeparam>
/// <param name="create">Makes what a server creates; null: it does not matter, since servers may not.</param>
public sealed class DeviceObjects<T>(Func<T>? create = null) : Lwm2mObject(T.Model)
    where T : class, IDeviceObject
{
    /// <summary>A server has created one, and its values are in it. Under the client's lock: must be quick.</summary>
    public event Action<T>? Created;

    /// <summary>A server has deleted one. Under the client's lock: must be quick.</summary>
    public event Action<T>? Deleted;

    /// <summary>Those that are there, by id.</summary>
    public IReadOnlyList<T> Items => [.. Instances.OfType<BoundInstance>().Select(instance => (T)instance.Target)];

    /// <summary>Adds one, with an id of its own or the lowest that is free; registered servers are told.</summary>
    /// <exception cref="ArgumentException">The id is taken, or the object is an instance already.</exception>
    public T Add(T item, ushort? id = null)
    {
        Add(ObjectBinding.Bind(item, id ?? FreeId()));
        return item;
    }

    /// <summary>Takes one away; registered servers are told.</summary>
    /// <returns>False when it was not there.</returns>
    public bool Remove(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Binding.Instance is { } instance && ReferenceEquals(Find(instance.Id), instance) && Remove(instance.Id);
    }

    /// <inheritdoc/>
    protected override ObjectInstance OnCreate(ushort id) => ObjectBinding.Bind(
        create is null ? throw new InvalidOperationException($"Servers may create {typeof(T).Name}, and nobody said how: new DeviceObjects<{typeof(T).Name}>(() => ...).") : create(), id);

    /// <inheritdoc/>
    protected override void OnCreated(ObjectInstance instance)
    {
        base.OnCreated(instance);
        Created?.Invoke((T)((BoundInstance)instance).Target);
    }

    /// <inheritdoc/>
    protected override void OnDeleted(ObjectInstance instance)
    {
        base.OnDeleted(instance);
        Deleted?.Invoke((T)((BoundInstance)instance).Target);
    }

    private ushort FreeId()
    {
        ushort id = 0;
        foreach (ObjectInstance instance in Instances)
        {
            if (instance.Id != id)
                break;
            id++;
        }

        return id;
    }
}
