namespace Surety.Lwm2m;

/// <summary>Definition of one version of an Object.</summary>
public sealed class ObjectModel
{
    private readonly ResourceModel[] _resources;

    /// <summary>Makes a definition; the resources may come in any order.</summary>
    /// <exception cref="ArgumentException">Two resources have the same id.</exception>
    public ObjectModel(
        ushort id,
        ObjectVersion version,
        ObjectVersion lwm2mVersion,
        string name,
        bool isMultiple,
        bool isMandatory,
        IEnumerable<ResourceModel> resources)
    {
        Id = id;
        Version = version;
        Lwm2mVersion = lwm2mVersion;
        Name = name;
        IsMultiple = isMultiple;
        IsMandatory = isMandatory;
        _resources = [.. resources.OrderBy(r => r.Id)];
        for (int i = 1; i < _resources.Length; i++)
        {
            if (_resources[i].Id == _resources[i - 1].Id)
                throw new ArgumentException($"Object {id} defines resource {_resources[i].Id} twice", nameof(resources));
        }
    }

    /// <summary>Object id.</summary>
    public ushort Id { get; }

    /// <summary>Version of the Object.</summary>
    public ObjectVersion Version { get; }

    /// <summary>The lowest LwM2M version that the Object needs.</summary>
    public ObjectVersion Lwm2mVersion { get; }

    /// <summary>Name of the Object.</summary>
    public string Name { get; }

    /// <summary>Whether there may be more than one instance.</summary>
    public bool IsMultiple { get; }

    /// <summary>Whether every client has the Object.</summary>
    public bool IsMandatory { get; }

    /// <summary>The resources by ascending id.</summary>
    public IReadOnlyList<ResourceModel> Resources => _resources;

    /// <summary>The resource with an id, or null.</summary>
    public ResourceModel? Find(ushort resourceId)
    {
        int low = 0;
        int high = _resources.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ushort id = _resources[middle].Id;
            if (id == resourceId) return _resources[middle];
            if (id < resourceId) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }

    /// <summary>Id, version and name, for example <c>3 (1.2) Device</c>.</summary>
    public override string ToString() => $"{Id} ({Version}) {Name}";
}
