namespace Surety.Lwm2m.Server;

/// <summary>Collects the values of one instance; what is null is left out.</summary>
internal sealed class EntryList(ushort objectId, ushort instance)
{
    private readonly List<ResourceEntry> _values = [];

    public IReadOnlyList<ResourceEntry> Values => _values;

    public void AddValue(ushort resource, ResourceValue value) => _values.Add(new ResourceEntry(new Lwm2mPath(objectId, instance, resource), value));

    public void Add(ushort resource, string? value)
    {
        if (value is not null)
            AddValue(resource, ResourceValue.FromString(value));
    }

    public void Add(ushort resource, bool? value)
    {
        if (value is { } v)
            AddValue(resource, ResourceValue.FromBoolean(v));
    }

    public void Add(ushort resource, long? value)
    {
        if (value is { } v)
            AddValue(resource, ResourceValue.FromInteger(v));
    }

    public void AddUnsigned(ushort resource, ulong? value)
    {
        if (value is { } v)
            AddValue(resource, ResourceValue.FromUnsigned(v));
    }

    public void Add(ushort resource, ReadOnlyMemory<byte>? value)
    {
        if (value is { } v)
            AddValue(resource, ResourceValue.FromOpaque(v));
    }

    /// <summary>A multiple resource, its instances from 0 on.</summary>
    public void AddAll(ushort resource, IEnumerable<ResourceValue> values)
    {
        ushort index = 0;
        foreach (ResourceValue value in values)
            _values.Add(new ResourceEntry(new Lwm2mPath(objectId, instance, resource, index++), value));
    }

    public void AddOthers(IReadOnlyDictionary<ushort, ResourceValue> others)
    {
        foreach ((ushort resource, ResourceValue value) in others)
            AddValue(resource, value);
    }
}
