using System.ComponentModel;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;

namespace Surety.Device;

/// <summary>What the part of a class that the compiler makes is made with.</summary>
/// <remarks>
/// Before the object is added to a device it is one thread's, as any object. From then on its partial properties may be used by any thread: a get
/// and a set each happen under the client's lock, as do a server's reads and writes.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ObjectBinding
{
    private BoundInstance? _instance;

    /// <summary>The Object Instance; null before the object was added to a device.</summary>
    public ObjectInstance? Instance => _instance;

    /// <summary>A definition of the registry.</summary>
    public static ObjectModel Describe(ushort id, ObjectVersion version) => ObjectModelRegistry.Default.Find(id, version)
        ?? throw new InvalidOperationException($"The definition of object {id} in version {version} is not in this Surety.Lwm2m: its version must be that of Surety.Device.");

    /// <summary>A time as a property has it.</summary>
    /// <exception cref="OverflowException">It is out of range.</exception>
    public static DateTimeOffset ToDateTimeOffset(ResourceValue value)
    {
        double seconds = value.AsTimeSeconds();
        return seconds is > -62_135_596_800 and < 253_402_300_800 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : throw new OverflowException("The time is out of range.");
    }

    /// <summary>Gives an instance the Resource Instances of a property.</summary>
    public static void LoadMany<T>(ObjectInstance instance, ushort resourceId, IReadOnlyDictionary<ushort, T>? values, Func<T, ResourceValue> make)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(make);
        if (values is null)
            return;
        instance.Declare(resourceId);
        foreach ((ushort id, T value) in values)
            instance[resourceId, id] = make(value);
    }

    /// <summary>The Resource Instances of an instance.</summary>
    public static IReadOnlyDictionary<ushort, T> ReadMany<T>(ObjectInstance instance, ushort resourceId, Func<ResourceValue, T> read)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(read);
        return instance.GetResourceInstances(resourceId).ToDictionary(item => item.Key, item => read(item.Value));
    }

    /// <summary>Reads a property.</summary>
    public T Get<T>(ref readonly T field)
    {
        if (_instance is null)
            return field;
        using ChangeScope scope = _instance.BeginChanges();
        return field;
    }

    /// <summary>Sets a property; <see cref="ResourceValue.None"/> takes the Resource away.</summary>
    public void Set<T>(ushort resourceId, ref T field, T value, ResourceValue typed)
    {
        if (_instance is null)
        {
            field = value;
            return;
        }

        using ChangeScope scope = _instance.BeginChanges();
        field = value;
        _instance[resourceId] = typed;
    }

    /// <summary>Sets a property of a multiple Resource; what is not among the values is taken away.</summary>
    public void SetMany<T>(ushort resourceId, ref IReadOnlyDictionary<ushort, T> field, IReadOnlyDictionary<ushort, T> value, Func<T, ResourceValue> make)
    {
        if (_instance is null)
        {
            field = value;
            return;
        }

        using ChangeScope scope = _instance.BeginChanges();
        foreach ((ushort id, _) in _instance.GetResourceInstances(resourceId))
        {
            if (value?.ContainsKey(id) != true)
                _instance[resourceId, id] = ResourceValue.None;
        }

        LoadMany(_instance, resourceId, value, make);
        field = value!;
    }

    internal static ObjectInstance Bind<T>(T item, ushort id)
        where T : class, IDeviceObject
    {
        ArgumentNullException.ThrowIfNull(item);
        ObjectBinding binding = item.Binding;
        if (binding._instance is { } other)
            throw new ArgumentException($"This {typeof(T).Name} is {other.Path} already: make another for another instance.", nameof(item));
        var instance = new BoundInstance(T.Model, id, item);
        item.Load(instance);
        binding._instance = instance;
        return instance;
    }
}
