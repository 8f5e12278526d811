using System.Buffers;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>
/// Device management and information reporting (LwM2M Core 6.3, 6.4) on the client's Objects. Every call is under the client's lock.
/// </summary>
internal sealed partial class DeviceManagement(ObjectTree objects, Lwm2mClientOptions options, TimeProvider time)
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    /// <summary>Performs an operation.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="request">What for.</param>
    public OperationResponse Serve(ServerSession session, in OperationRequest request)
    {
        if (request.Path is not { } path)
            return new OperationError(CoapCode.NotFound, "no path of the resource tree");
        // LwM2M Core 6.3: outside of bootstrap these Objects are nobody's business.
        if (!path.IsRoot && CoreObjects.IsSecret(path.ObjectId))
            return new OperationError(CoapCode.Unauthorized, $"object {path.ObjectId} is for the bootstrap server alone");
        if (path.IsRoot)
            return ServeRoot(session, request);
        if (request.Method == CoapCode.Get)
            return IsDiscover(request) ? Discover(session, request, path) : Read(session, request, path);
        if (request.Method == CoapCode.Put)
            return request.ContentFormat is null && request.Payload.IsEmpty ? WriteAttributes(session, request, path) : Write(session, request, path);
        if (request.Method == CoapCode.Post)
            return Post(session, request, path);
        if (request.Method == CoapCode.Delete)
            return Delete(path);
        return new OperationError(CoapCode.MethodNotAllowed, $"{request.Method} is for the root, and is no operation of LwM2M on {path}");
    }

    /// <summary>Reads what a server may read at several paths, in their order, each node once; what is not there is left out (LwM2M Core 6.3.8).</summary>
    public void ReadComposite(IReadOnlyList<Lwm2mPath> paths, List<ResourceEntry> into)
    {
        HashSet<Lwm2mPath>? told = paths.Count > 1 ? [] : null;
        for (int p = 0; p < paths.Count; p++)
        {
            Lwm2mPath path = paths[p];
            if (IsCovered(paths, p))
                continue;
            int start = into.Count;
            if (path.IsRoot)
            {
                foreach (Lwm2mObject item in objects.Items)
                    ReadObject(item, new Lwm2mPath(item.Id), into);
            }
            else if (objects.Find(path.ObjectId) is { } item && !CoreObjects.IsSecret(path.ObjectId))
            {
                ReadObject(item, path, into);
            }

            // Only values: that a node is there and empty says nothing beside others.
            int kept = start;
            for (int i = start; i < into.Count; i++)
            {
                if (!into[i].Value.IsNone && told?.Add(into[i].Path) != false)
                    into[kept++] = into[i];
            }

            into.RemoveRange(kept, into.Count - kept);
        }
    }

    /// <summary>Reads what a server may read at or below a path; false when nothing is there.</summary>
    public bool TryRead(Lwm2mPath path, List<ResourceEntry> into)
    {
        if (CheckReadable(path) is not null)
            return false;
        ReadObject(objects.Find(path.ObjectId)!, path, into);
        return true;
    }

    /// <summary>The value of a Resource or Resource Instance; none for everything that has more than one value.</summary>
    public ResourceValue ReadValue(Lwm2mPath path) => path.Level >= 3 && objects.FindInstance(path) is { } instance ? instance.ReadValue(path) : ResourceValue.None;

    /// <summary>Whether a path names one value.</summary>
    public bool IsSingleValue(Lwm2mPath path) =>
        path.IsResourceInstance || (path.IsResource && objects.Find(path.ObjectId)?.Model.Find(path.ResourceId) is { IsMultiple: false });

    /// <summary>Writes values in a format.</summary>
    /// <returns>False when the format cannot carry them.</returns>
    public bool TryEncode(ServerSession session, ContentFormat format, Lwm2mPath path, ReadOnlySpan<ResourceEntry> entries, out ReadOnlyMemory<byte> payload)
    {
        ArrayBufferWriter<byte> buffer = t_buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        // Nothing to tell: an empty payload (LwM2M Core 6.3.1).
        bool isEncoded = entries.IsEmpty || Lwm2mContent.TryEncode(format, path, entries, ContextFor(session), buffer, out _);
        payload = buffer.WrittenMemory;
        return isEncoded;
    }

    /// <summary>The format of an answer for which the server has no wish (LwM2M Core 7.5).</summary>
    public ContentFormat PreferredFormat(ServerSession session, Lwm2mPath path)
    {
        if (!IsSingleValue(path))
            return options.PreferredFormat ?? DefaultFormat(session.Version);
        return objects.Find(path.ObjectId)?.Model.Find(path.ResourceId)?.Type == ResourceType.Opaque ? ContentFormat.OctetStream : ContentFormat.TextPlain;
    }

    /// <summary>The format that holds everything, by release: TLV is mandatory in 1.0 only, LwM2M CBOR came with 1.2.</summary>
    public static ContentFormat DefaultFormat(Lwm2mVersion version) => version switch
    {
        Lwm2mVersion.V10 => ContentFormat.Lwm2mTlv,
        Lwm2mVersion.V11 => ContentFormat.SenmlCbor,
        _ => ContentFormat.Lwm2mCbor,
    };

    private static bool IsCovered(IReadOnlyList<Lwm2mPath> paths, int index)
    {
        for (int i = 0; i < index; i++)
        {
            if (paths[i].Contains(paths[index]))
                return true;
        }

        return false;
    }

    private static bool IsDiscover(in OperationRequest request) => request.Accept == ContentFormat.LinkFormat;

    private OperationResponse ServeRoot(ServerSession session, in OperationRequest request)
    {
        if (request.Method == CoapCode.Fetch)
            return ReadComposite(session, request);
        if (request.Method == CoapCode.IPatch)
            return WriteComposite(session, request);
        return new OperationError(CoapCode.MethodNotAllowed, "the root takes composite operations: FETCH and iPATCH");
    }

    private OperationResponse Post(ServerSession session, in OperationRequest request, Lwm2mPath path)
    {
        switch (path.Level)
        {
            case 1:
                return Create(session, request, path.ObjectId);
            case 3 when objects.FindInstance(path) is { } instance && instance.Model.Find(path.ResourceId) is { IsMultiple: false } resource:
                if (resource.IsExecutable)
                    return Execute(request, instance, path);
                return instance.Contains(resource.Id)
                    ? new OperationError(CoapCode.MethodNotAllowed, $"{path} is not executable, and has one value: write it with PUT")
                    : OperationError.NotFound(path);
            case 4 when request.ContentFormat is null:
                return CheckExists(path) ?? new OperationError(CoapCode.MethodNotAllowed, $"{path} is not executable");
            default:
                return Write(session, request, path);
        }
    }

    private static void ReadObject(Lwm2mObject item, Lwm2mPath path, List<ResourceEntry> into)
    {
        if (CoreObjects.IsSecret(item.Id))
            return;
        foreach (ObjectInstance instance in item.Items)
        {
            if (path.Level < 2 || path.InstanceId == instance.Id)
                instance.ReadInto(path, into);
        }
    }

    private ContentContext ContextFor(ServerSession session) =>
        new(objects.Models, time.GetUtcNow(), null, session.Version) { AlternatePath = options.AlternatePath };

    private OperationError? CheckReadable(Lwm2mPath path)
    {
        if (CheckExists(path) is { } error)
            return error;
        return path.Level >= 3 && objects.Find(path.ObjectId)!.Model.Find(path.ResourceId) is { IsReadable: false }
            ? new OperationError(CoapCode.MethodNotAllowed, $"{path} cannot be read")
            : null;
    }

    private OperationError? CheckExists(Lwm2mPath path)
    {
        if (objects.Find(path.ObjectId) is null || (path.Level >= 2 && objects.FindInstance(path) is null))
            return OperationError.NotFound(path.Truncate(2));
        if (path.Level < 3)
            return null;
        ObjectInstance instance = objects.FindInstance(path)!;
        if (!instance.Contains(path.ResourceId))
            return OperationError.NotFound(path.Truncate(3));
        if (!path.IsResourceInstance)
            return null;
        if (instance.Model.Find(path.ResourceId) is { IsMultiple: false })
            return OperationError.NoResourceInstances(path);
        return instance.ReadValue(path).IsNone ? OperationError.NotFound(path) : null;
    }
}
