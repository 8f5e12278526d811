using System.Buffers;
using System.Globalization;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

internal sealed partial class DeviceManagement
{
    /// <summary>Discover (LwM2M Core 6.3.2): the target with the attributes that it has or inherits, then what is below with its own.</summary>
    private OperationResponse Discover(ServerSession session, in OperationRequest request, Lwm2mPath path)
    {
        if (CheckExists(path) is { } error)
            return error;
        if (!TryReadDepth(session, request, path, out int depth))
            return new OperationError(CoapCode.BadRequest, "depth is 0, 1, 2 or 3");
        var links = new List<DiscoveredLink>();
        Lwm2mObject item = objects.Find(path.ObjectId)!;
        // LwM2M 1.2.2 counts the defaults in the server's account among what is inherited.
        NotificationAttributes inherited = session.Attributes.Effective(path);
        if (session.Version >= Lwm2mVersion.V12)
            inherited = inherited.Over(session.DefaultAttributes);
        var walk = new DiscoverWalk(session, path, path.Level + depth, inherited, links);
        if (path.IsObject)
            walk.Add(new DiscoveredLink(path) { Version = session.VersionToName(item.Model) });
        foreach (ObjectInstance instance in item.Items)
        {
            if (path.Level < 2 || path.InstanceId == instance.Id)
                Discover(walk, instance);
        }

        ArrayBufferWriter<byte> buffer = t_buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        new DiscoverResult(links, null).Write(options.AlternatePath, buffer);
        return new OperationResponse(CoapCode.Content) { Format = ContentFormat.LinkFormat, Payload = buffer.WrittenMemory };
    }

    private static void Discover(in DiscoverWalk walk, ObjectInstance instance)
    {
        walk.Add(new DiscoveredLink(instance.Path));
        if (walk.MaxLevel < 3)
            return;
        foreach (ResourceModel resource in instance.PresentResources())
        {
            Lwm2mPath path = instance.Path.Append(resource.Id);
            if (walk.Target.Level >= 3 && !path.Contains(walk.Target))
                continue;
            ReadOnlySpan<KeyValuePair<ushort, ResourceValue>> items = instance.ItemsOf(resource.Id);
            walk.Add(new DiscoveredLink(path) { Dimension = resource.IsMultiple ? (ushort)items.Length : null });
            foreach ((ushort id, _) in items)
                walk.Add(new DiscoveredLink(path.Append(id)));
        }
    }

    private static bool TryReadDepth(ServerSession session, in OperationRequest request, Lwm2mPath path, out int depth)
    {
        // LwM2M Core, table 6.3.2-2; TS 1.0 knows no Resource Instances in the answer.
        depth = path.IsObject ? 2 : path.IsResource && session.Version == Lwm2mVersion.V10 ? 0 : 1;
        foreach (string query in request.Queries)
        {
            if (!query.StartsWith("depth=", StringComparison.Ordinal))
                continue;
            return int.TryParse(query.AsSpan("depth=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out depth) && depth <= 3;
        }

        return true;
    }

    private readonly record struct DiscoverWalk(ServerSession Session, Lwm2mPath Target, int MaxLevel, NotificationAttributes Inherited, List<DiscoveredLink> Links)
    {
        public void Add(DiscoveredLink link)
        {
            if (link.Path.Level > MaxLevel || !link.Path.StartsWith(Target))
                return;
            NotificationAttributes attributes = link.Path == Target ? Inherited : Session.Attributes.Own(link.Path);
            Links.Add(link with { Attributes = attributes });
        }
    }
}
