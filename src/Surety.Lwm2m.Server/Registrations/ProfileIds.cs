using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Surety.Lwm2m.Server;

/// <summary>
/// What profile ids stand for (LwM2M 1.2, <c>pid</c>): configured, or learnt from a device that registered with an id and the whole list beside
/// it. The hash is never computed here, since its input is not specified to the byte.
/// </summary>
internal sealed class ProfileIds(IReadOnlyDictionary<string, string> configured)
{
    private const int MaxLearnt = 1000;
    private const int MaxLearntList = 8 * 1024;

    private readonly ConcurrentDictionary<(TenantId, string), byte[]> _learnt = new();

    /// <summary>The object list of a registration: that of its profile ids and the one in its payload, together (Core 6.2.1).</summary>
    /// <param name="tenant">Whose device it is.</param>
    /// <param name="ids">One or more ids, with commas between them.</param>
    /// <param name="payload">The list in the payload; may be empty.</param>
    /// <param name="cache">Where lists are looked up.</param>
    /// <param name="links">The list.</param>
    /// <param name="reason">What is wrong with the list; null when there is none to be found: 4.09 (Transport 6.7.2).</param>
    public bool TryExpand(TenantId tenant, string ids, ReadOnlySpan<byte> payload, LinksCache cache, [NotNullWhen(true)] out SharedLinks? links, out string? reason)
    {
        using var all = new MemoryStream();
        bool isKnown = TryAddProfile(all, tenant, ids) || TryAddProfiles(all, tenant, ids);
        if (isKnown)
        {
            Add(all, payload);
            return cache.TryGet(all.GetBuffer().AsSpan(0, (int)all.Length), out links, out reason);
        }

        links = null;
        reason = null;
        if (payload.IsEmpty)
            return false;
        if (!cache.TryGet(payload, out SharedLinks? listed, out reason))
            return false;
        // Every device has the objects Server and Device: a list without them comes on top of the profile, and says too little.
        if (!listed.Links.Contains(new Lwm2mPath(CoreObjects.Server)) || !listed.Links.Contains(new Lwm2mPath(CoreObjects.Device)))
            return false;
        if (payload.Length <= MaxLearntList && _learnt.Count < MaxLearnt)
            _learnt[(tenant, ids)] = listed.Payload;
        links = listed;
        return true;
    }

    private bool TryAddProfiles(MemoryStream all, TenantId tenant, string ids)
    {
        string[] parts = ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        bool isKnown = parts.Length > 0;
        foreach (string id in parts)
            isKnown &= all.Length > RegistrationLinks.MaxPayload || TryAddProfile(all, tenant, id);
        return isKnown;
    }

    private bool TryAddProfile(MemoryStream all, TenantId tenant, string id)
    {
        byte[]? list = configured.TryGetValue(id, out string? links) ? Encoding.UTF8.GetBytes(links) : _learnt.GetValueOrDefault((tenant, id));
        Add(all, list);
        return list is not null;
    }

    private static void Add(MemoryStream all, ReadOnlySpan<byte> links)
    {
        if (links.IsEmpty)
            return;
        if (all.Length > 0)
            all.WriteByte((byte)',');
        all.Write(links);
    }
}
