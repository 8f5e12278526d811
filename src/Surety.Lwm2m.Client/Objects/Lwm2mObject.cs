namespace Surety.Lwm2m.Client;

/// <summary>An Object with its instances. Safe to use from any thread.</summary>
public class Lwm2mObject
{
    private ObjectInstance[] _instances = [];

    /// <summary>An Object that OMA's registry describes, in its newest version.</summary>
    /// <exception cref="ArgumentException">Nobody described the Object.</exception>
    public Lwm2mObject(ushort id)
        : this(ObjectModelRegistry.Default.Find(id) ?? throw new ArgumentException($"Nobody described object {id}: make an ObjectModel for it", nameof(id)))
    {
    }

    /// <summary>Any Object.</summary>
    /// <param name="model">Its definition; all its instances have the same.</param>
    /// <param name="instances">The instances that it begins with.</param>
    public Lwm2mObject(ObjectModel model, params ReadOnlySpan<ObjectInstance> instances)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        foreach (ObjectInstance instance in instances)
            Add(instance);
    }

    /// <summary>The definition.</summary>
    public ObjectModel Model { get; }

    /// <summary>The Object's id.</summary>
    public ushort Id => Model.Id;

    /// <summary>Servers may create instances. Default false; the answer is then 4.05.</summary>
    public bool AllowsCreate { get; init; }

    /// <summary>Servers may delete instances. Default false; the answer is then 4.05.</summary>
    public bool AllowsDelete { get; init; }

    /// <summary>The most instances that servers may bring it to. Default 64.</summary>
    public int MaxInstances { get; init; } = 64;

    /// <summary>Instances and writable values are saved, and are there again after a restart. Default false.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>The instances, by id; a list that never changes.</summary>
    public IReadOnlyList<ObjectInstance> Instances => _instances;

    internal ObjectTree? Tree { get; set; }

    internal ReadOnlySpan<ObjectInstance> Items => _instances;

    /// <summary>The instance with an id, or null.</summary>
    public ObjectInstance? Find(ushort id)
    {
        foreach (ObjectInstance instance in _instances)
        {
            if (instance.Id == id)
                return instance;
        }

        return null;
    }

    /// <summary>Adds an instance; registered servers are told.</summary>
    /// <exception cref="ArgumentException">It belongs to another Object, or its id is taken.</exception>
    public void Add(ObjectInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        using Lock.Scope scope = Enter();
        if (instance.Owner is not null)
            throw new ArgumentException($"{instance} belongs to an object already", nameof(instance));
        if (!ReferenceEquals(instance.Model, Model))
            throw new ArgumentException($"{instance} is not made after the definition {Model}", nameof(instance));
        if (Find(instance.Id) is not null)
            throw new ArgumentException($"There is an instance {instance.Path} already", nameof(instance));
        if (!Model.IsMultiple && _instances.Length > 0)
            throw new ArgumentException($"{Model} has one instance", nameof(instance));
        instance.Owner = this;
        // Replaced, never changed: readers need no lock.
        _instances = [.. _instances.Where(i => i.Id < instance.Id), instance, .. _instances.Where(i => i.Id > instance.Id)];
        Tree?.OnInstancesChanged(instance.Path);
    }

    /// <summary>Removes an instance; registered servers are told.</summary>
    /// <returns>False when there was none.</returns>
    public bool Remove(ushort id)
    {
        using Lock.Scope scope = Enter();
        if (Find(id) is not { } instance)
            return false;
        _instances = [.. _instances.Where(i => i != instance)];
        instance.Owner = null;
        Tree?.OnInstancesChanged(instance.Path);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Model.ToString();

    /// <summary>Makes the instance that a server creates, with values for mandatory Resources that servers cannot write. Under the client's lock.</summary>
    protected internal virtual ObjectInstance OnCreate(ushort id) => new(Model, id);

    /// <summary>A server has created an instance, and its values are in it. Under the client's lock.</summary>
    protected internal virtual void OnCreated(ObjectInstance instance)
    {
    }

    /// <summary>A server has deleted an instance. Under the client's lock.</summary>
    protected internal virtual void OnDeleted(ObjectInstance instance)
    {
    }

    private Lock.Scope Enter() => Tree is { } tree ? tree.Gate.EnterScope() : default;
}
