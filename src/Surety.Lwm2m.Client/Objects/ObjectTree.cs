using System.Runtime.InteropServices;

namespace Surety.Lwm2m.Client;

/// <summary>The Objects of a client. Safe to use from any thread.</summary>
public sealed class ObjectTree
{
    private readonly List<Lwm2mPath> _changes = [];
    private Lwm2mObject[] _objects = [];
    private int _depth;

    internal ObjectTree(ObjectModelRegistry models) => Models = models;

    /// <summary>The Objects, by id; a list that never changes.</summary>
    public IReadOnlyList<Lwm2mObject> All => _objects;

    /// <summary>Definitions of all Objects here, and what else is known.</summary>
    internal ObjectModelRegistry Models { get; private set; }

    /// <summary>The lock of the client and of everything in it.</summary>
    internal Lock Gate { get; } = new();

    internal IObjectTreeListener? Listener { get; set; }

    internal ReadOnlySpan<Lwm2mObject> Items => _objects;

    /// <summary>The Object with an id, or null.</summary>
    public Lwm2mObject? Find(ushort id)
    {
        foreach (Lwm2mObject item in _objects)
        {
            if (item.Id == id)
                return item;
        }

        return null;
    }

    /// <summary>The Object Instance of a path of two levels or more, or null.</summary>
    public ObjectInstance? FindInstance(Lwm2mPath path) => path.Level < 2 ? null : Find(path.ObjectId)?.Find(path.InstanceId);

    /// <summary>Adds an Object; registered servers are told.</summary>
    /// <exception cref="ArgumentException">There is one with that id already, or it belongs to another client.</exception>
    public void Add(Lwm2mObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        using Lock.Scope scope = Gate.EnterScope();
        if (item.Tree is not null)
            throw new ArgumentException($"{item} belongs to a client already", nameof(item));
        if (Find(item.Id) is not null)
            throw new ArgumentException($"There is an object {item.Id} already", nameof(item));
        item.Tree = this;
        _objects = [.. _objects.Where(o => o.Id < item.Id), item, .. _objects.Where(o => o.Id > item.Id)];
        // Most clients have described Objects only, and share one registry.
        if (!Models.TryFindExactly(item.Id, item.Model.Version, out ObjectModel? known) || !ReferenceEquals(known, item.Model))
            Models = Models.With([item.Model]);
        OnInstancesChanged(new Lwm2mPath(item.Id));
    }

    /// <summary>Adds an instance, and its Object when there is none.</summary>
    /// <exception cref="ArgumentException">Its id is taken, or it was made after another definition than its Object.</exception>
    public void Add(ObjectInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        using Lock.Scope scope = Gate.EnterScope();
        if (Find(instance.Model.Id) is { } item)
            item.Add(instance);
        else
            Add(new Lwm2mObject(instance.Model, instance));
    }

    /// <summary>Removes an Object with its instances; registered servers are told.</summary>
    /// <returns>False when there was none.</returns>
    public bool Remove(ushort id)
    {
        using Lock.Scope scope = Gate.EnterScope();
        if (Find(id) is not { } item)
            return false;
        _objects = [.. _objects.Where(o => o != item)];
        item.Tree = null;
        OnInstancesChanged(new Lwm2mPath(id));
        return true;
    }

    /// <summary>Changes up to the matching <see cref="EndChanges"/> are told together.</summary>
    internal void BeginChanges() => _depth++;

    internal void EndChanges()
    {
        if (--_depth > 0 || _changes.Count == 0)
            return;
        try
        {
            Listener?.OnValuesChanged(CollectionsMarshal.AsSpan(_changes));
        }
        finally
        {
            _changes.Clear();
        }
    }

    internal void OnChanged(Lwm2mPath path)
    {
        if (Listener is null)
            return;
        if (_depth > 0)
            _changes.Add(path);
        else
            Listener.OnValuesChanged(new ReadOnlySpan<Lwm2mPath>(in path));
    }

    internal void OnInstancesChanged(Lwm2mPath path) => Listener?.OnInstancesChanged(path);

    /// <summary>Whether a link points to nothing, to an Object that is there, or to an instance that is there (LwM2M Core, table C-1).</summary>
    internal bool IsValidLink(ObjectLink link)
    {
        if (link == ObjectLink.Null)
            return true;
        return link.ObjectId != Lwm2mPath.ReservedId && Find(link.ObjectId) is { } target
            && (link.InstanceId == Lwm2mPath.ReservedId || target.Find(link.InstanceId) is not null);
    }
}
