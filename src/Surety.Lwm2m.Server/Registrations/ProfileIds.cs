using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Surety.Lwm2m.Server;

/// <summary>
/// What profile ids stand for (LwM2M 1.2, <c>pid</c>): configured, or learnt from a device that registered with an id and the list beside
/// it. The hash is never computed here, since its input is not specified to the byte.
/// </summary>
internal sealed class ProfileIds(IReadOnlyDictionary<string, string> configured)
{
    private const int MaxLearnt = 1000;

    private readonly ConcurrentDictionary<(TenantId, string), byte[]> _learnt = new();

    /// <summary>The object list of a registration: that of its profile ids and the one in its payload, together.</summary>
    /// <returns>False when it cannot be determined: 4.09 (Transport 6.7.2).</returns>
    public bool TryExpand(TenantId tenant, string ids, ReadOnlySpan<byte> payload, [NotNullWhen(true)] out byte[]? list)
    {
        using var all = new MemoryStream();
        bool isKnown = true;
        foreach (string id in ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Find(tenant, id) is { } profile)
                Add(all, profile);
            else
                isKnown = false;
        }

        if (!isKnown && !payload.IsEmpty && _learnt.Count < MaxLearnt)
            _learnt[(tenant, ids)] = payload.ToArray();
        Add(all, payload);
        list = isKnown || !payload.IsEmpty ? all.ToArray() : null;
        return list is not null;
    }

    private byte[]? Find(TenantId tenant, string id) =>
        configured.TryGetValue(id, out string? links) ? Encoding.UTF8.GetBytes(links) : _learnt.GetValueOrDefault((tenant, id));

    private static void Add(MemoryStream all, ReadOnlySpan<byte> links)
    {
        if (links.IsEmpty)
            return;
        if (all.Length > 0)
            all.WriteByte((byte)',');
        all.Write(links);
    }
}
