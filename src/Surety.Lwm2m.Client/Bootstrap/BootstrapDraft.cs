namespace Surety.Lwm2m.Client;

/// <summary>
/// What a bootstrap has written so far. Nothing of it is in force before a Bootstrap-Finish finds it consistent: a bootstrap that ends in the
/// middle, in whatever way, leaves the client as it was (LwM2M Core 6.1.3.3, step 3). Under the client's lock.
/// </summary>
/// <param name="objects">The client's Objects.</param>
/// <param name="bootstrapId">The instance of the Security Object that is the present bootstrap account.</param>
internal sealed class BootstrapDraft(ObjectTree objects, ushort bootstrapId)
{
    private readonly Dictionary<ushort, SortedDictionary<ushort, DraftInstance>> _touched = [];

    /// <summary>The present bootstrap account; it may have moved, or have been written to.</summary>
    public ushort BootstrapId { get; private set; } = bootstrapId;

    /// <summary>The present bootstrap account is as it was.</summary>
    public bool KeepsBootstrapAccount => !Of(CoreObjects.Security)[BootstrapId].IsWritten;

    /// <summary>The Objects that were written to, or whose instances were deleted.</summary>
    public IEnumerable<ushort> Touched => _touched.Keys;

    /// <summary>The instances of an Object as they will be.</summary>
    public IEnumerable<DraftInstance> InstancesOf(ushort objectId) => Of(objectId).Values;

    /// <summary>The ids of an Object's instances; does not copy the Object.</summary>
    public IEnumerable<ushort> IdsOf(Lwm2mObject item) =>
        _touched.TryGetValue(item.Id, out SortedDictionary<ushort, DraftInstance>? instances) ? instances.Keys : item.Instances.Select(instance => instance.Id);

    public DraftInstance? Find(Lwm2mPath path) => Of(path.ObjectId).GetValueOrDefault(path.InstanceId);

    /// <summary>Takes values whose types and ranges were checked.</summary>
    /// <param name="instance">Which instance.</param>
    /// <param name="entries">Its values.</param>
    /// <param name="kind">How they stand to those that are there.</param>
    public void Write(Lwm2mPath instance, List<ResourceEntry> entries, WriteKind kind)
    {
        SortedDictionary<ushort, DraftInstance> instances = Of(instance.ObjectId);
        bool replacesAccount = instance.ObjectId == CoreObjects.Security && instance.InstanceId == BootstrapId
            && entries.Exists(entry => entry.Path.ResourceId == SecurityInstance.BootstrapServerResource && !entry.Value.AsBoolean());
        if (replacesAccount)
        {
            // A server that has not looked where the account is writes its own where it likes; the account gives way, and stays.
            ushort free = FreeId(instances, entries);
            instances[free] = instances[BootstrapId].MoveTo(free);
            instances.Remove(BootstrapId);
            BootstrapId = free;
        }

        if (!instances.TryGetValue(instance.InstanceId, out DraftInstance? target))
            instances[instance.InstanceId] = target = new DraftInstance(instance, null);
        target.Write(entries, kind);
    }

    /// <summary>Removes an instance; the caller has checked that it may go.</summary>
    public void Remove(Lwm2mPath instance) => Of(instance.ObjectId).Remove(instance.InstanceId);

    /// <summary>
    /// The bootstrap account that there will be. A second one that was written replaces the first (LwM2M Core 6.1.3.3: replacement and purge
    /// belong together).
    /// </summary>
    public DraftInstance BootstrapAccount => InstancesOf(CoreObjects.Security).LastOrDefault(instance => instance.Path.InstanceId != BootstrapId && IsBootstrap(instance))
        ?? Of(CoreObjects.Security)[BootstrapId];

    /// <summary>The instances of the Security Object but for bootstrap accounts.</summary>
    public IEnumerable<DraftInstance> ServerSecurity => InstancesOf(CoreObjects.Security).Where(instance => instance.Path.InstanceId != BootstrapId && !IsBootstrap(instance));

    private static bool IsBootstrap(DraftInstance instance) => instance[SecurityInstance.BootstrapServerResource] is { Type: ResourceType.Boolean } value && value.AsBoolean();

    private static ushort FreeId(SortedDictionary<ushort, DraftInstance> instances, List<ResourceEntry> entries)
    {
        ushort id = 1;
        while (instances.ContainsKey(id) || entries.Exists(entry => entry.Path.InstanceId == id))
            id++;
        return id;
    }

    private SortedDictionary<ushort, DraftInstance> Of(ushort objectId)
    {
        if (_touched.TryGetValue(objectId, out SortedDictionary<ushort, DraftInstance>? instances))
            return instances;
        _touched[objectId] = instances = [];
        foreach (ObjectInstance live in objects.Find(objectId)?.Instances ?? [])
        {
            var draft = new DraftInstance(live.Path, live);
            foreach (ResourceEntry entry in live.ReadAll())
                draft.Values[entry.Path] = entry.Value;
            instances[live.Id] = draft;
        }

        return instances;
    }
}
