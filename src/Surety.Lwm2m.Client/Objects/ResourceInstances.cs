namespace Surety.Lwm2m.Client;

/// <summary>The Resource Instances of one multiple Resource, by ascending id. A node of a list: most Object Instances have one such Resource, or none.</summary>
/// <param name="resourceId">The Resource.</param>
/// <param name="next">Those of another Resource.</param>
internal sealed class ResourceInstances(ushort resourceId, ResourceInstances? next)
{
    private KeyValuePair<ushort, ResourceValue>[] _items = [];

    public ushort ResourceId { get; } = resourceId;

    public ResourceInstances? Next { get; } = next;

    public ReadOnlySpan<KeyValuePair<ushort, ResourceValue>> Items => _items;

    public ResourceValue Find(ushort id)
    {
        int index = IndexOf(id);
        return index < 0 ? ResourceValue.None : _items[index].Value;
    }

    /// <summary>Sets or, with <see cref="ResourceValue.None"/>, removes a value.</summary>
    /// <returns>False when nothing changed.</returns>
    public bool Set(ushort id, ResourceValue value)
    {
        int index = IndexOf(id);
        if (value.IsNone)
        {
            if (index < 0)
                return false;
            _items = [.. _items[..index], .. _items[(index + 1)..]];
            return true;
        }

        if (index >= 0)
        {
            if (_items[index].Value == value)
                return false;
            _items[index] = new(id, value);
            return true;
        }

        _items = [.. _items[..~index], new(id, value), .. _items[~index..]];
        return true;
    }

    public void Clear() => _items = [];

    private int IndexOf(ushort id)
    {
        int low = 0;
        int high = _items.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_items[middle].Key == id)
                return middle;
            if (_items[middle].Key < id)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }
}
