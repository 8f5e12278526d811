using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <remarks>What requests of servers do. All of it under the client's lock.</remarks>
public partial class ObjectInstance
{
    // Far beyond what Objects have, and little enough to be inserted one by one.
    private const int MaxResourceInstances = 2000;

    /// <summary>The ids of the Resources that are there, ascending.</summary>
    internal IEnumerable<ResourceModel> PresentResources()
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (!_values[i].IsNone)
                yield return Model.Resources[i];
        }
    }

    /// <summary>The Resource Instances of a multiple Resource that is there.</summary>
    internal ReadOnlySpan<KeyValuePair<ushort, ResourceValue>> ItemsOf(ushort resourceId) => FindMultiple(resourceId) is { } items ? items.Items : default;

    /// <summary>Appends what a server may read at or below a path of this instance.</summary>
    internal void ReadInto(Lwm2mPath path, List<ResourceEntry> into)
    {
        int start = into.Count;
        for (int i = 0; i < _values.Length; i++)
        {
            ResourceModel resource = Model.Resources[i];
            if (_values[i].IsNone || !resource.IsReadable || (path.Level > 2 && path.ResourceId != resource.Id))
                continue;
            ReadResourceInto(resource, i, path, into);
        }

        if (into.Count == start && path.Level <= 2)
            into.Add(ResourceEntry.OfPath(Path));
    }

    /// <summary>The value of a Resource or Resource Instance that is there; none for a Resource with instances.</summary>
    internal ResourceValue ReadValue(Lwm2mPath path)
    {
        int index = IndexOf(path.ResourceId);
        if (index < 0 || _values[index].IsNone)
            return ResourceValue.None;
        return path.IsResourceInstance ? FindMultiple(path.ResourceId)?.Find(path.ResourceInstanceId) ?? ResourceValue.None : Read(index);
    }

    /// <summary>The Resource is there, or a server may bring it into being.</summary>
    internal bool Accepts(ResourceModel resource) => Contains(resource.Id) || CanAdd(resource);

    /// <summary>Says why a Write cannot be done; null when it can.</summary>
    /// <param name="target">What the request names: the instance, a Resource, a Resource Instance; the root in a Write-Composite.</param>
    /// <param name="entries">The values for this instance.</param>
    /// <param name="kind">How they stand to those that are there.</param>
    internal OperationError? CheckWrite(Lwm2mPath target, List<ResourceEntry> entries, WriteKind kind)
    {
        // A content for an instance may hold what this client does not know; a request for a Resource means that one (LwM2M Core 6.3.3).
        bool skipsUnknown = target.IsInstance;
        if (entries.Count > MaxResourceInstances)
            return new(CoapCode.BadRequest, $"more than {MaxResourceInstances} values for {Path}");
        for (int i = entries.Count - 1; i >= 0; i--)
        {
            ResourceEntry entry = entries[i];
            if (entry.Path.Level < 3)
            {
                entries.RemoveAt(i);
                continue;
            }

            ResourceModel? resource = Model.Find(entry.Path.ResourceId);
            bool isThere = resource is not null && (kind == WriteKind.Create || Accepts(resource));
            if (!isThere || (kind == WriteKind.Create && !resource!.IsWritable))
            {
                if (!skipsUnknown)
                    return OperationError.NotFound(entry.Path);
                entries.RemoveAt(i);
                continue;
            }

            if (Check(resource!, entry, target, out ResourceValue typed) is { } error)
                return error;
            entries[i] = new ResourceEntry(entry.Path, typed, entry.Timestamp);
        }

        if (kind == WriteKind.Create && Model.Resources.FirstOrDefault(r => r is { IsMandatory: true, IsExecutable: false } && !Contains(r.Id) && !Names(entries, r.Id)) is { } missing)
            return new(CoapCode.BadRequest, $"resource {missing.Id} ({missing.Name}) is mandatory");
        if (kind != WriteKind.Create)
            OnWriting(entries);
        return null;
    }

    /// <summary>Takes the values that <see cref="CheckWrite"/> has accepted.</summary>
    internal void Write(List<ResourceEntry> entries, WriteKind kind)
    {
        ObjectTree? tree = Owner?.Tree;
        tree?.BeginChanges();
        if (kind == WriteKind.ReplaceInstance)
            RemoveUnnamed(entries);
        if (kind is WriteKind.Replace or WriteKind.ReplaceInstance)
            ClearNamedMultiples(entries);
        foreach (ResourceEntry entry in entries)
        {
            ushort resourceId = entry.Path.ResourceId;
            int index = IndexOf(resourceId);
            if (entry.Path.IsResourceInstance)
                SetMultiple(resourceId, entry.Path.ResourceInstanceId, entry.Value.IsNull ? ResourceValue.None : entry.Value);
            else if (Model.Resources[index].IsMultiple)
                _values[index] = ResourceValue.Null;
            else if (_delegates?.ContainsKey(resourceId) != true)
                _values[index] = entry.Value;
            tree?.OnChanged(entry.Path);
        }

        // Before anybody is told, since what was written may be computed from then on.
        OnWritten(entries);
        tree?.EndChanges();
    }

    /// <summary>Takes a Resource Instance away; the caller has checked that it may go.</summary>
    internal void DeleteResourceInstance(Lwm2mPath path)
    {
        SetMultiple(path.ResourceId, path.ResourceInstanceId, ResourceValue.None);
        Owner?.Tree?.OnChanged(path);
    }

    private OperationError? Check(ResourceModel resource, ResourceEntry entry, Lwm2mPath target, out ResourceValue typed)
    {
        typed = entry.Value;
        if (!resource.IsWritable)
            return new(CoapCode.MethodNotAllowed, $"{entry.Path} cannot be written");
        if (entry.Path.IsResourceInstance && !resource.IsMultiple)
            return target.IsResourceInstance ? OperationError.NoResourceInstances(entry.Path) : new(CoapCode.BadRequest, $"{entry.Path}: the resource has no instances");
        if (entry.Value.IsNull)
        {
            // RFC 8790, 3.2: null removes what is there; only Resource Instances can go.
            bool exists = entry.Path.IsResourceInstance && FindMultiple(resource.Id)?.Find(entry.Path.ResourceInstanceId).IsNone == false;
            return exists ? null : new(CoapCode.BadRequest, $"{entry.Path} cannot be removed");
        }

        if (resource.IsMultiple && entry.Path.IsResource)
            return entry.Value.IsNone ? null : new(CoapCode.BadRequest, $"{entry.Path} has resource instances, and one value came");
        if (entry.Value.IsNone || !entry.Value.TryConvert(resource.Type, out typed))
            return new(CoapCode.BadRequest, $"{entry.Path} is {resource.Type}");
        if (!ResourceRange.Contains(resource, typed))
            return new(CoapCode.BadRequest, $"{entry.Path} is out of its range {resource.Range}");
        if (typed.Type == ResourceType.ObjectLink && Owner?.Tree is { } tree && !tree.IsValidLink(typed.AsObjectLink()))
            return new(CoapCode.BadRequest, $"{entry.Path} links to {typed}, which is not there");
        if (entry.Path.IsResourceInstance && ItemsOf(resource.Id).Length >= MaxResourceInstances)
            return new(CoapCode.BadRequest, $"{entry.Path.Parent} has {MaxResourceInstances} resource instances already");
        if (target.IsResourceInstance && FindMultiple(resource.Id)?.Find(target.ResourceInstanceId).IsNone != false)
            return OperationError.NotFound(target);
        return null;
    }

    private void ReadResourceInto(ResourceModel resource, int index, Lwm2mPath path, List<ResourceEntry> into)
    {
        Lwm2mPath resourcePath = Path.Append(resource.Id);
        if (!resource.IsMultiple)
        {
            ResourceValue value = Read(index);
            if (!value.IsNone && !path.IsResourceInstance)
                into.Add(new ResourceEntry(resourcePath, value));
            return;
        }

        ReadOnlySpan<KeyValuePair<ushort, ResourceValue>> items = ItemsOf(resource.Id);
        foreach ((ushort id, ResourceValue value) in items)
        {
            if (!path.IsResourceInstance || path.ResourceInstanceId == id)
                into.Add(new ResourceEntry(resourcePath.Append(id), value));
        }

        if (items.IsEmpty && !path.IsResourceInstance)
            into.Add(ResourceEntry.OfPath(resourcePath));
    }

    private ResourceValue Read(int index)
    {
        ResourceValue stored = _values[index];
        if (stored.IsNone || Model.Resources[index] is { IsMultiple: true } or { IsExecutable: true })
            return ResourceValue.None;
        ResourceValue value = OnRead(Model.Resources[index].Id, stored.IsNull ? ResourceValue.None : stored);
        return value.TryConvert(Model.Resources[index].Type, out ResourceValue typed) ? typed : ResourceValue.None;
    }

    private void RemoveUnnamed(List<ResourceEntry> entries)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            ResourceModel resource = Model.Resources[i];
            if (_values[i].IsNone || !resource.IsWritable || resource.IsMandatory || Names(entries, resource.Id) || _delegates?.ContainsKey(resource.Id) == true)
                continue;
            _values[i] = ResourceValue.None;
            FindMultiple(resource.Id)?.Clear();
            Owner?.Tree?.OnChanged(Path.Append(resource.Id));
        }
    }

    private void ClearNamedMultiples(List<ResourceEntry> entries)
    {
        ushort? last = null;
        foreach (ResourceEntry entry in entries)
        {
            if (entry.Path.ResourceId == last)
                continue;
            last = entry.Path.ResourceId;
            FindMultiple(entry.Path.ResourceId)?.Clear();
            Owner?.Tree?.OnChanged(Path.Append(entry.Path.ResourceId));
        }
    }

    private static bool Names(List<ResourceEntry> entries, ushort resourceId) =>
        entries.Exists(entry => entry.Path.Level >= 3 && entry.Path.ResourceId == resourceId);

    private bool SetMultiple(ushort resourceId, ushort resourceInstanceId, ResourceValue value)
    {
        ResourceInstances? items = FindMultiple(resourceId);
        if (items is null)
        {
            if (value.IsNone)
                return false;
            _multiples = items = new ResourceInstances(resourceId, _multiples);
        }

        _values[IndexOf(resourceId)] = ResourceValue.Null;
        return items.Set(resourceInstanceId, value);
    }

    private ResourceInstances? FindMultiple(ushort resourceId)
    {
        ResourceInstances? items = _multiples;
        while (items is not null && items.ResourceId != resourceId)
            items = items.Next;
        return items;
    }

    private int IndexOf(ushort resourceId)
    {
        IReadOnlyList<ResourceModel> resources = Model.Resources;
        int low = 0;
        int high = resources.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ushort id = resources[middle].Id;
            if (id == resourceId)
                return middle;
            if (id < resourceId)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }
}
