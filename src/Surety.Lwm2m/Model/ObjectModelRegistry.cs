using System.Diagnostics.CodeAnalysis;

namespace Surety.Lwm2m;

/// <summary>
/// Object definitions by id and version. <see cref="Default"/> holds OMA's registry; an overlay adds an operator's own definitions, which win.
/// Safe for use from many threads; a definition is parsed when it is first asked for.
/// </summary>
public sealed class ObjectModelRegistry
{
    private readonly ObjectModelRegistry? _below;
    private readonly Dictionary<int, ObjectModel> _own = [];
    private readonly Dictionary<ushort, ObjectModel> _newest = [];
    private readonly ObjectModelData? _data;

    private ObjectModelRegistry(ObjectModelData data) => _data = data;

    private ObjectModelRegistry(ObjectModelRegistry? below, IEnumerable<ObjectModel> models)
    {
        _below = below;
        foreach (ObjectModel model in models)
        {
            _own[Key(model.Id, model.Version)] = model;
            if (!_newest.TryGetValue(model.Id, out ObjectModel? other) || other.Version <= model.Version) _newest[model.Id] = model;
        }
    }

    /// <summary>OMA's registry as it was when this library was built.</summary>
    public static ObjectModelRegistry Default { get; } = new(ObjectModelData.Embedded);

    /// <summary>A registry without definitions: every type is then inferred from the encoding.</summary>
    public static ObjectModelRegistry Empty { get; } = new(null, []);

    /// <summary>A registry of these definitions over this one. A later definition of the same id and version wins.</summary>
    public ObjectModelRegistry With(IEnumerable<ObjectModel> models) => new(this, models);

    /// <summary>The newest version of an Object, or null when nobody described it. An operator's definition hides OMA's of any version.</summary>
    public ObjectModel? Find(ushort objectId) => _newest.TryGetValue(objectId, out ObjectModel? model)
        ? model
        : _data?.Find(objectId) ?? _below?.Find(objectId);

    /// <summary>
    /// That version of an Object; when it is not known, the newest version with the same major number, then the newest of all:
    /// a definition that is nearly right types more resources than none.
    /// </summary>
    public ObjectModel? Find(ushort objectId, ObjectVersion version) =>
        TryFindExactly(objectId, version, out ObjectModel? exact) ? exact
        : Versions(objectId).LastOrDefault(v => v.Major == version.Major) is { Major: > 0 } near
            && TryFindExactly(objectId, near, out ObjectModel? similar) ? similar
        : Find(objectId);

    /// <summary>Exactly that version of an Object.</summary>
    public bool TryFindExactly(ushort objectId, ObjectVersion version, [NotNullWhen(true)] out ObjectModel? model)
    {
        if (_own.TryGetValue(Key(objectId, version), out model)) return true;
        model = _data?.Find(objectId, version);
        return model is not null || (_below is not null && _below.TryFindExactly(objectId, version, out model));
    }

    /// <summary>The known versions of an Object, ascending; empty when nobody described it.</summary>
    public IReadOnlyList<ObjectVersion> Versions(ushort objectId)
    {
        SortedSet<ObjectVersion> versions = [.. _own.Values.Where(m => m.Id == objectId).Select(m => m.Version)];
        if (_data is not null) versions.UnionWith(_data.Versions(objectId));
        if (_below is not null) versions.UnionWith(_below.Versions(objectId));
        return [.. versions];
    }

    /// <summary>The ids of all Objects that are described, ascending.</summary>
    public IReadOnlyList<ushort> ObjectIds()
    {
        SortedSet<ushort> ids = [.. _newest.Keys];
        if (_data is not null) ids.UnionWith(_data.ObjectIds);
        if (_below is not null) ids.UnionWith(_below.ObjectIds());
        return [.. ids];
    }

    /// <summary>
    /// The definition of a Resource: in the given version of the Object, else in its newest one, so that a device which names no version, or a wrong
    /// one, still has typed resources. Null when no version describes it.
    /// </summary>
    public ResourceModel? FindResource(ushort objectId, ObjectVersion version, ushort resourceId) =>
        (TryFindExactly(objectId, version, out ObjectModel? exact) ? exact.Find(resourceId) : null) ?? Find(objectId)?.Find(resourceId);

    internal static int Key(ushort objectId, ObjectVersion version) => (objectId << 16) | (version.Major << 8) | version.Minor;
}
