using Surety.Coap;

namespace Surety.Lwm2m.Client;

internal sealed partial class DeviceManagement
{
    private OperationResponse Write(ServerSession session, in OperationRequest request, Lwm2mPath path)
    {
        bool isPut = request.Method == CoapCode.Put;
        if (path.IsObject)
            return new OperationError(CoapCode.MethodNotAllowed, "an Object is written instance by instance");
        if (CheckWritable(path) is { } error)
            return error;
        ContentFormat? named = request.ContentFormat ?? FormatOf10(session, path);
        if (named is not { } format || !Lwm2mContent.IsSupported(format) || IsEtch(format))
            return new OperationError(CoapCode.UnsupportedContentFormat, $"content format {named?.ToString() ?? "(none)"} is not supported here");
        if (!Lwm2mContent.HoldsMany(format) && !(isPut && path.Level >= 3))
            return new OperationError(CoapCode.UnsupportedContentFormat, $"content format {format} holds one value, and {path} is written with many");
        var entries = new List<ResourceEntry>();
        if (!Lwm2mContent.TryDecode(format, request.Payload.Span, path, ContextFor(session), entries, out string? reason))
            return new OperationError(CoapCode.BadRequest, reason);
        ObjectInstance instance = objects.FindInstance(path)!;
        WriteKind kind = !isPut || path.IsResourceInstance ? WriteKind.Update
            : path.IsInstance ? WriteKind.ReplaceInstance
            : WriteKind.Replace;
        if (instance.CheckWrite(path, entries, kind) is { } refusal)
            return refusal;
        instance.Write(entries, kind);
        return new OperationResponse(CoapCode.Changed);
    }

    /// <summary>Write-Composite (LwM2M Core 6.3.9): all targets are checked, then all are written.</summary>
    private OperationResponse WriteComposite(ServerSession session, in OperationRequest request)
    {
        if (request.ContentFormat is not { } format || !(IsPathList(format) || format == ContentFormat.Lwm2mCbor))
            return new OperationError(CoapCode.UnsupportedContentFormat, "a Write-Composite is SenML, SenML-ETCH or LwM2M CBOR (110, 112, 320, 322, 11544)");
        var all = new List<ResourceEntry>();
        if (!Lwm2mContent.TryDecode(format, request.Payload.Span, Lwm2mPath.Root, ContextFor(session), all, out string? reason))
            return new OperationError(CoapCode.BadRequest, reason);
        var byInstance = new List<(ObjectInstance Instance, List<ResourceEntry> Entries)>();
        foreach (IGrouping<Lwm2mPath, ResourceEntry> group in all.GroupBy(entry => entry.Path.Truncate(2)))
        {
            if (!group.Key.IsRoot && CoreObjects.IsSecret(group.Key.ObjectId))
                return new OperationError(CoapCode.Unauthorized, $"object {group.Key.ObjectId} is for the bootstrap server alone");
            if (objects.FindInstance(group.Key) is not { } instance)
                return OperationError.NotFound(group.Key);
            byInstance.Add((instance, [.. group]));
        }

        foreach ((ObjectInstance instance, List<ResourceEntry> entries) in byInstance)
        {
            if (instance.CheckWrite(Lwm2mPath.Root, entries, WriteKind.Update) is { } refusal)
                return refusal;
        }

        objects.BeginChanges();
        foreach ((ObjectInstance instance, List<ResourceEntry> entries) in byInstance)
            instance.Write(entries, WriteKind.Update);
        objects.EndChanges();
        return new OperationResponse(CoapCode.Changed);
    }

    private OperationResponse WriteAttributes(ServerSession session, in OperationRequest request, Lwm2mPath path)
    {
        if (CheckExists(path) is { } error)
            return error;
        if (request.Queries.Count == 0)
            return new OperationError(CoapCode.BadRequest, "neither attributes nor a value");
        if (!AttributeChange.TryParse(request.Queries, out AttributeChange change, out string? reason))
            return new OperationError(CoapCode.BadRequest, reason);
        NotificationAttributes attributes = change.ApplyTo(session.Attributes.Own(path));
        if (!attributes.IsValidFor(path, TypeOf(path), out reason))
            return new OperationError(CoapCode.BadRequest, reason);
        session.SetAttributes(path, attributes);
        return new OperationResponse(CoapCode.Changed);
    }

    private static OperationResponse Execute(in OperationRequest request, ObjectInstance instance, Lwm2mPath path)
    {
        if (!instance.Contains(path.ResourceId))
            return OperationError.NotFound(path);
        if (instance.FindPost(path.ResourceId) is not null)
            return new OperationResponse(CoapCode.Changed) { Execution = new Execution(instance, path.ResourceId, ExecuteArguments.None) { Payload = request.Payload } };
        if (request.ContentFormat is { } format && Lwm2mContent.Canonical(format) != ContentFormat.TextPlain)
            return new OperationError(CoapCode.BadRequest, "the arguments of an Execute are text (0)");
        if (!ExecuteArguments.TryParse(request.Payload.Span, out ExecuteArguments? arguments, out string? reason))
            return new OperationError(CoapCode.BadRequest, reason);
        return new OperationResponse(CoapCode.Changed) { Execution = new Execution(instance, path.ResourceId, arguments) };
    }

    private OperationResponse Delete(Lwm2mPath path)
    {
        if (path.Level is 1 or 3)
            return new OperationError(CoapCode.MethodNotAllowed, "Delete is for Object Instances and Resource Instances");
        if (CheckExists(path) is { } error)
            return error;
        Lwm2mObject item = objects.Find(path.ObjectId)!;
        ObjectInstance instance = item.Find(path.InstanceId)!;
        if (path.IsResourceInstance)
        {
            ResourceModel resource = item.Model.Find(path.ResourceId)!;
            if (!resource.IsWritable || (resource.IsMandatory && instance.ItemsOf(resource.Id).Length == 1))
                return new OperationError(CoapCode.MethodNotAllowed, $"{path} cannot be deleted");
            instance.DeleteResourceInstance(path);
            return new OperationResponse(CoapCode.Deleted);
        }

        // LwM2M Core 6.3.7: the Device stays, whatever else is allowed.
        if (!item.AllowsDelete || item.Id == CoreObjects.Device)
            return new OperationError(CoapCode.MethodNotAllowed, $"{path} cannot be deleted");
        item.Remove(instance.Id);
        item.OnDeleted(instance);
        return new OperationResponse(CoapCode.Deleted);
    }

    private OperationError? CheckWritable(Lwm2mPath path)
    {
        if (objects.FindInstance(path) is not { } instance)
            return OperationError.NotFound(path.Truncate(2));
        if (path.Level < 3)
            return null;
        if (instance.Model.Find(path.ResourceId) is not { } resource || !instance.Accepts(resource))
            return OperationError.NotFound(path.Truncate(3));
        if (!resource.IsWritable)
            return new OperationError(CoapCode.MethodNotAllowed, $"{path} cannot be written");
        return path.IsResourceInstance && !resource.IsMultiple ? OperationError.NoResourceInstances(path) : null;
    }

    /// <summary>Servers of LwM2M 1.0 may leave the format of a single value out.</summary>
    private ContentFormat? FormatOf10(ServerSession session, Lwm2mPath path) =>
        session.Version == Lwm2mVersion.V10 && path.Level >= 3 ? PreferredFormat(session, path) : null;

    private static bool IsEtch(ContentFormat format) => format == ContentFormat.SenmlEtchCbor || format == ContentFormat.SenmlEtchJson;
}
