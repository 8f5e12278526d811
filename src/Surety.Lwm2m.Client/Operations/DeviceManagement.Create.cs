using Surety.Coap;

namespace Surety.Lwm2m.Client;

internal sealed partial class DeviceManagement
{
    /// <summary>Create (LwM2M Core 6.3.6): one or more instances, all or none.</summary>
    private OperationResponse Create(ServerSession session, in OperationRequest request, ushort objectId)
    {
        if (objects.Find(objectId) is not { } item)
            return OperationError.NotFound(new Lwm2mPath(objectId));
        if (!item.AllowsCreate)
            return new OperationError(CoapCode.MethodNotAllowed, $"instances of object {objectId} cannot be created");
        if (request.ContentFormat is not { } format || !IsCreateFormat(format))
            return new OperationError(CoapCode.UnsupportedContentFormat, "a Create is TLV, LwM2M CBOR, SenML CBOR or SenML JSON");
        var entries = new List<ResourceEntry>();
        if (!Lwm2mContent.TryDecodeCreate(format, request.Payload.Span, objectId, ContextFor(session), entries, out bool isUnnamed, out string? reason))
            return new OperationError(CoapCode.BadRequest, reason);
        ushort[] ids = isUnnamed ? [FreeId(item)] : [.. entries.Select(entry => entry.Path.InstanceId).Distinct()];
        if (!item.Model.IsMultiple && (ids.Length > 1 || ids[0] != 0))
            return new OperationError(CoapCode.BadRequest, $"object {objectId} has one instance, 0");
        if (item.Items.Length + ids.Length > item.MaxInstances)
            return new OperationError(CoapCode.MethodNotAllowed, $"object {objectId} takes no more than {item.MaxInstances} instances");
        if (ids.FirstOrDefault(id => item.Find(id) is not null, Lwm2mPath.ReservedId) is var taken and not Lwm2mPath.ReservedId)
            return new OperationError(CoapCode.BadRequest, $"there is an instance {taken} already");

        var created = new List<(ObjectInstance Instance, List<ResourceEntry> Values)>();
        foreach (ushort id in ids)
        {
            ObjectInstance instance = item.OnCreate(id);
            List<ResourceEntry> values = isUnnamed ? MoveTo(instance.Path, entries) : entries.FindAll(entry => entry.Path.InstanceId == id);
            if (instance.CheckWrite(instance.Path, values, WriteKind.Create) is { } error)
                return error;
            created.Add((instance, values));
        }

        foreach ((ObjectInstance instance, List<ResourceEntry> values) in created)
        {
            instance.Write(values, WriteKind.Create);
            item.Add(instance);
            item.OnCreated(instance);
        }

        return new OperationResponse(CoapCode.Created) { Location = created.Count == 1 ? created[0].Instance.Path : null };
    }

    private static bool IsCreateFormat(ContentFormat format) =>
        Lwm2mContent.Canonical(format).Value is 11542 or 11543 or 11544 or 110 or 112;

    private static ushort FreeId(Lwm2mObject item)
    {
        ushort id = 0;
        foreach (ObjectInstance instance in item.Items)
        {
            if (instance.Id != id)
                break;
            id++;
        }

        return id;
    }

    private static List<ResourceEntry> MoveTo(Lwm2mPath instance, List<ResourceEntry> entries)
    {
        var moved = new List<ResourceEntry>(entries.Count);
        foreach (ResourceEntry entry in entries)
        {
            Lwm2mPath path = instance;
            for (int level = 2; level < entry.Path.Level; level++)
                path = path.Append(entry.Path[level]);
            moved.Add(new ResourceEntry(path, entry.Value, entry.Timestamp));
        }

        return moved;
    }
}
