using Surety.Lwm2m;
using Surety.Lwm2m.Client;

namespace Surety.Device;

/// <summary>What an object of a class with <see cref="Lwm2mObjectAttribute"/> can be asked beside its own members, once it belongs to a device.</summary>
public static class DeviceObjectExtensions
{
    /// <summary><c>/object/instance</c>, or below it <c>/object/instance/resource</c>.</summary>
    /// <exception cref="InvalidOperationException">The object was not added to a device.</exception>
    public static Lwm2mPath GetPath(this IDeviceObject item, ushort? resourceId = null)
    {
        Lwm2mPath path = InstanceOf(item).Path;
        return resourceId is { } id ? path.Append(id) : path;
    }

    /// <summary>A Resource whose property computes it has another value now.</summary>
    /// <exception cref="InvalidOperationException">The object was not added to a device.</exception>
    public static void NotifyChanged(this IDeviceObject item, ushort resourceId) => InstanceOf(item).NotifyChanged(resourceId);

    /// <summary>Sets several properties as one: <c>using (temperature.BeginChanges()) { ... }</c>. For a moment's work: everything else of the device waits.</summary>
    /// <exception cref="InvalidOperationException">The object was not added to a device.</exception>
    public static ChangeScope BeginChanges(this IDeviceObject item) => InstanceOf(item).BeginChanges();

    private static ObjectInstance InstanceOf(IDeviceObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Binding.Instance ?? throw new InvalidOperationException($"This {item.GetType().Name} belongs to no device yet: say AddObject(...) when you build it.");
    }
}
