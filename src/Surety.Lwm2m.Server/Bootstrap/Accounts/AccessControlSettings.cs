namespace Surety.Lwm2m.Server;

/// <summary>What an instance of the Access Control object (2) says: what servers may do with an instance of an object (Core TS 1.2.2, E.3 and 8.1).</summary>
/// <param name="ObjectId">0: Object ID.</param>
/// <param name="ObjectInstanceId">1: Object Instance ID; 65535 for the right to create instances of the object (8.1.2.1).</param>
public sealed record AccessControlSettings(ushort ObjectId, ushort ObjectInstanceId)
{
    /// <summary>3: Access Control Owner: the server that may change this; 65535, the default: a Bootstrap-Server alone.</summary>
    public ushort Owner { get; init; } = ushort.MaxValue;

    /// <summary>2: ACL: the rights by short server id; those under 0 are everybody else's.</summary>
    public IReadOnlyDictionary<ushort, AccessRights> Rights { get; init; } = new Dictionary<ushort, AccessRights>();

    /// <summary>The instance as values.</summary>
    /// <param name="instance">Its id.</param>
    public IReadOnlyList<ResourceEntry> ToEntries(ushort instance)
    {
        List<ResourceEntry> entries =
        [
            new(new Lwm2mPath(CoreObjects.AccessControl, instance, 0), ResourceValue.FromInteger(ObjectId)),
            new(new Lwm2mPath(CoreObjects.AccessControl, instance, 1), ResourceValue.FromInteger(ObjectInstanceId)),
        ];
        foreach ((ushort server, AccessRights rights) in Rights.OrderBy(static pair => pair.Key))
            entries.Add(new(new Lwm2mPath(CoreObjects.AccessControl, instance, 2, server), ResourceValue.FromInteger((long)rights)));
        entries.Add(new(new Lwm2mPath(CoreObjects.AccessControl, instance, 3), ResourceValue.FromInteger(Owner)));
        return entries;
    }
}
