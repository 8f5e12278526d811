namespace Surety.Lwm2m.Client;

/// <summary>An Object Instance as it will be when the bootstrap has finished.</summary>
/// <param name="path">Object and instance.</param>
/// <param name="live">The instance that is there now; null for a new one.</param>
internal sealed class DraftInstance(Lwm2mPath path, ObjectInstance? live)
{
    public Lwm2mPath Path { get; } = path;

    public ObjectInstance? Live { get; } = live;

    /// <summary>All values.</summary>
    public SortedDictionary<Lwm2mPath, ResourceValue> Values { get; init; } = [];

    /// <summary>What was written, in order.</summary>
    public List<(List<ResourceEntry> Entries, WriteKind Kind)> Writes { get; } = [];

    /// <summary>The bootstrap server has written it.</summary>
    public bool IsWritten => Writes.Count > 0;

    public ResourceValue this[ushort resourceId] => Values.GetValueOrDefault(Path.Append(resourceId));

    public List<ResourceEntry> Entries => [.. Values.Select(value => new ResourceEntry(value.Key, value.Value))];

    /// <summary>The same under another id.</summary>
    public DraftInstance MoveTo(ushort id)
    {
        var moved = new DraftInstance(new Lwm2mPath(Path.ObjectId, id), null);
        foreach ((Lwm2mPath path, ResourceValue value) in Values)
        {
            Lwm2mPath target = moved.Path.Append(path.ResourceId);
            moved.Values[path.IsResourceInstance ? target.Append(path.ResourceInstanceId) : target] = value;
        }

        if (IsWritten)
            moved.Writes.Add(([], WriteKind.Update));
        return moved;
    }

    public void Write(List<ResourceEntry> entries, WriteKind kind)
    {
        if (kind == WriteKind.ReplaceInstance)
            Values.Clear();
        if (kind == WriteKind.Replace)
        {
            foreach (Lwm2mPath named in entries.Select(entry => entry.Path.Truncate(3)).Distinct().ToList())
            {
                foreach (Lwm2mPath old in Values.Keys.Where(named.Contains).ToList())
                    Values.Remove(old);
            }
        }

        foreach (ResourceEntry entry in entries)
        {
            if (!entry.Value.IsNone)
                Values[entry.Path] = entry.Value;
        }

        Writes.Add((entries, kind));
    }
}
