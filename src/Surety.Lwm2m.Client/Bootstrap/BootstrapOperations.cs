using System.Buffers;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>The operations of the Bootstrap Interface but for Request and Finish (LwM2M Core 6.1.7), on a draft. Under the client's lock.</summary>
internal sealed class BootstrapOperations(ObjectTree objects, Lwm2mClientOptions options, TimeProvider time)
{
    public OperationResponse Serve(BootstrapDraft draft, in OperationRequest request)
    {
        if (request.Path is not { } path)
            return new OperationError(CoapCode.BadRequest, "no path of the resource tree; the bootstrap interface knows no alternate path");
        if (request.Method == CoapCode.Get)
            return request.Accept == ContentFormat.LinkFormat ? Discover(draft, path) : Read(draft, request, path);
        if (request.Method == CoapCode.Put)
            return Write(draft, request, path);
        if (request.Method == CoapCode.Delete)
            return Delete(draft, path);
        return new OperationError(CoapCode.MethodNotAllowed, $"{request.Method} is no operation of the bootstrap interface on {path}");
    }

    /// <summary>Reads a Bootstrap-Pack: each Object in it is replaced whole, but for the bootstrap account and the Device (Core 6.1.7.7).</summary>
    /// <returns>What is wrong with it; null when it is in the draft.</returns>
    public string? ReadPack(BootstrapDraft draft, ContentFormat format, ReadOnlyMemory<byte> payload)
    {
        if (!IsManyFormat(format))
            return $"the pack came in content format {format}";
        var entries = new List<ResourceEntry>();
        if (!Lwm2mContent.TryDecode(format, payload.Span, Lwm2mPath.Root, Context, entries, out string? reason))
            return reason;
        if (entries.Exists(entry => entry.Path.Level < 2))
            return "the pack names an object and no instance";
        ushort[] written = [.. entries.Select(entry => entry.Path.ObjectId).Distinct()];
        foreach (ushort objectId in written)
        {
            foreach (DraftInstance old in draft.InstancesOf(objectId).Where(instance => CheckDelete(draft, instance.Path) is null).ToList())
                draft.Remove(old.Path);
        }

        return WriteInstances(draft, Lwm2mPath.Root, entries)?.Reason;
    }

    private ContentContext Context => new(objects.Models, time.GetUtcNow(), null, options.Version);

    private static bool IsManyFormat(ContentFormat format) => Lwm2mContent.Canonical(format).Value is 11542 or 11543 or 11544 or 110 or 112;

    /// <summary>Core 6.1.7.3: instances alone, with the Short Server IDs of those that belong to servers.</summary>
    private OperationResponse Discover(BootstrapDraft draft, Lwm2mPath path)
    {
        if (path.Level > 1)
            return new OperationError(CoapCode.BadRequest, "a Bootstrap-Discover is for an object, or for all");
        if (path.IsObject && objects.Find(path.ObjectId) is null)
            return OperationError.NotFound(path);
        var links = new List<DiscoveredLink>();
        foreach (Lwm2mObject item in objects.All.Where(item => path.IsRoot || item.Id == path.ObjectId))
        {
            ObjectVersion? version = item.Model.Version == CoreObjects.ImpliedVersion(options.Version, item.Id) ? null : item.Model.Version;
            ushort[] ids = [.. draft.IdsOf(item)];
            if (version is not null || ids.Length == 0)
                links.Add(new DiscoveredLink(new Lwm2mPath(item.Id)) { Version = version });
            foreach (ushort id in ids)
                links.Add(Describe(draft, new Lwm2mPath(item.Id, id)));
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        new DiscoverResult(links, new ObjectVersion(1, (byte)((int)options.Version - 10))).Write("", buffer);
        return new OperationResponse(CoapCode.Content) { Format = ContentFormat.LinkFormat, Payload = buffer.WrittenMemory };
    }

    private DiscoveredLink Describe(BootstrapDraft draft, Lwm2mPath path)
    {
        var link = new DiscoveredLink(path);
        if (path.ObjectId == CoreObjects.Security && draft.ServerSecurity.FirstOrDefault(instance => instance.Path == path) is { } security)
        {
            return link with
            {
                ShortServerId = Id(security[SecurityInstance.ShortServerIdResource]),
                // Since LwM2M 1.1.
                ServerUri = options.Version > Lwm2mVersion.V10 && security[SecurityInstance.ServerUriResource] is { Type: ResourceType.String } uri ? uri.AsString() : null,
            };
        }

        return path.ObjectId == CoreObjects.Server ? link with { ShortServerId = Id(draft.Find(path)![ServerInstance.ShortServerIdResource]) } : link;

        static ushort? Id(ResourceValue value) => value.TryGetNumber(out double number) && number is >= 1 and < ushort.MaxValue ? (ushort)number : null;
    }

    /// <summary>Core 6.1.7.4: what tells servers and their rights, and nothing else.</summary>
    private OperationResponse Read(BootstrapDraft draft, in OperationRequest request, Lwm2mPath path)
    {
        if (path.IsRoot || path.ObjectId is not (CoreObjects.Server or CoreObjects.AccessControl) || path.Level > 2)
            return new OperationError(CoapCode.MethodNotAllowed, "a Bootstrap-Read is for the objects 1 and 2, and their instances");
        if (objects.Find(path.ObjectId) is not { } item || (path.IsInstance && draft.Find(path) is null))
            return OperationError.NotFound(path);
        ContentFormat format = Lwm2mContent.Canonical(request.Accept ?? options.PreferredFormat ?? DeviceManagement.DefaultFormat(options.Version));
        if (!IsManyFormat(format))
            return new OperationError(CoapCode.NotAcceptable, $"{path} cannot be told in content format {request.Accept}");
        ResourceEntry[] entries = [.. draft.InstancesOf(path.ObjectId)
            .Where(instance => path.Contains(instance.Path))
            .SelectMany(instance => instance.Entries)
            .Where(entry => item.Model.Find(entry.Path.ResourceId) is { IsReadable: true })];
        var buffer = new ArrayBufferWriter<byte>(512);
        string? reason = null;
        if (entries.Length > 0 && !Lwm2mContent.TryEncode(format, path, entries, Context, buffer, out reason))
            return new OperationError(CoapCode.NotAcceptable, reason);
        return new OperationResponse(CoapCode.Content) { Format = request.Accept ?? format, Payload = buffer.WrittenMemory };
    }

    /// <summary>Core 6.1.7.5: regardless of whether the target is there.</summary>
    private OperationResponse Write(BootstrapDraft draft, in OperationRequest request, Lwm2mPath path)
    {
        if (path.IsRoot || path.IsResourceInstance)
            return new OperationError(CoapCode.BadRequest, "a Bootstrap-Write is for an object, an instance or a resource");
        if (request.ContentFormat is not { } format || !Lwm2mContent.IsSupported(format) || format.Value is 320 or 322 || (path.Level < 3 && !IsManyFormat(format)))
            return new OperationError(CoapCode.UnsupportedContentFormat, $"content format {request.ContentFormat?.ToString() ?? "(none)"} is not supported here; TLV, SenML and LwM2M CBOR are");
        if (objects.Find(path.ObjectId) is null)
            return new OperationError(CoapCode.BadRequest, $"object {path.ObjectId} is not supported");
        var entries = new List<ResourceEntry>();
        if (!Lwm2mContent.TryDecode(format, request.Payload.Span, path, Context, entries, out string? reason))
            return new OperationError(CoapCode.BadRequest, reason);
        if (path.IsInstance && entries.Count == 0)
            entries.Add(ResourceEntry.OfPath(path));
        return WriteInstances(draft, path, entries) is { } error ? error : new OperationResponse(CoapCode.Changed);
    }

    /// <summary>Checks all, then writes all.</summary>
    private OperationError? WriteInstances(BootstrapDraft draft, Lwm2mPath target, List<ResourceEntry> entries)
    {
        var checkedWrites = new List<(Lwm2mPath Instance, List<ResourceEntry> Values)>();
        foreach (IGrouping<Lwm2mPath, ResourceEntry> group in entries.GroupBy(entry => entry.Path.Truncate(2)))
        {
            if (group.Key.Level < 2)
                return new(CoapCode.BadRequest, $"{group.Key} was written without an instance");
            if (objects.Find(group.Key.ObjectId) is not { } item)
                return new(CoapCode.BadRequest, $"object {group.Key.ObjectId} is not supported");
            List<ResourceEntry> values = [.. group];
            if (ObjectInstance.TypeBootstrapWrite(item.Model, target, values) is { } error)
                return error;
            if (draft.Find(group.Key) is { } present)
                present.Live?.CheckBootstrapWrite(values);
            else if (CheckCreate(draft, item, group.Key, entries) is { } refusal)
                return refusal;
            checkedWrites.Add((group.Key, values));
        }

        foreach ((Lwm2mPath instance, List<ResourceEntry> values) in checkedWrites)
        {
            // The Device and other Objects of the device have more than a bootstrap server knows of.
            WriteKind kind = target.Level < 3 && IsConfiguration(instance.ObjectId) ? WriteKind.ReplaceInstance : WriteKind.Replace;
            draft.Write(instance, values, kind);
        }

        return null;
    }

    private static OperationError? CheckCreate(BootstrapDraft draft, Lwm2mObject item, Lwm2mPath path, List<ResourceEntry> entries)
    {
        if (!IsConfiguration(item.Id) && !item.AllowsCreate)
            return new(CoapCode.BadRequest, $"there is no {path}, and instances of object {item.Id} cannot be created");
        if (!item.Model.IsMultiple && path.InstanceId != 0)
            return new(CoapCode.BadRequest, $"object {item.Id} has one instance, 0");
        int count = draft.IdsOf(item).Concat(entries.Where(entry => entry.Path.Level >= 2 && entry.Path.ObjectId == item.Id).Select(entry => entry.Path.InstanceId)).Distinct().Count();
        return count > item.MaxInstances ? new(CoapCode.BadRequest, $"object {item.Id} takes no more than {item.MaxInstances} instances") : null;
    }

    /// <summary>Core 6.1.7.6: anything but the bootstrap account and the Device.</summary>
    private OperationResponse Delete(BootstrapDraft draft, Lwm2mPath path)
    {
        if (path.Level > 2)
            return new OperationError(CoapCode.BadRequest, "a Bootstrap-Delete is for all, an object or an instance");
        if (path.IsInstance)
        {
            if (objects.Find(path.ObjectId) is null || draft.Find(path) is null)
                return new OperationError(CoapCode.BadRequest, $"there is no {path}");
            if (CheckDelete(draft, path) is { } error)
                return error;
            draft.Remove(path);
            return new OperationResponse(CoapCode.Deleted);
        }

        if (path.IsObject && objects.Find(path.ObjectId) is null)
            return new OperationError(CoapCode.BadRequest, $"object {path.ObjectId} is not supported");
        foreach (Lwm2mObject item in objects.All.Where(item => path.IsRoot || item.Id == path.ObjectId))
        {
            foreach (ushort id in draft.IdsOf(item).ToList())
            {
                var instance = new Lwm2mPath(item.Id, id);
                if (CheckDelete(draft, instance) is null)
                    draft.Remove(instance);
            }
        }

        return new OperationResponse(CoapCode.Deleted);
    }

    private OperationError? CheckDelete(BootstrapDraft draft, Lwm2mPath instance)
    {
        if (instance.ObjectId == CoreObjects.Security && instance.InstanceId == draft.BootstrapId)
            return new(CoapCode.BadRequest, $"{instance} is the bootstrap server's account, which stays");
        return IsConfiguration(instance.ObjectId) || (instance.ObjectId != CoreObjects.Device && objects.Find(instance.ObjectId) is { AllowsDelete: true })
            ? null
            : new(CoapCode.BadRequest, $"{instance} cannot be deleted");
    }

    private static bool IsConfiguration(ushort objectId) => objectId is CoreObjects.Security or CoreObjects.Server;
}
