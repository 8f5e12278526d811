using System.Buffers;

namespace Surety.Lwm2m;

/// <summary>Questions about the order of entries.</summary>
internal static class EntryOrder
{
    /// <summary>
    /// Finds a path that occurs twice, or that has a value although something lies below it. Linear when the entries come in tree order.
    /// </summary>
    public static bool TryFindConflict(ReadOnlySpan<ResourceEntry> entries, out Lwm2mPath conflict)
    {
        for (int i = 1; i < entries.Length; i++)
        {
            if (entries[i].Path > entries[i - 1].Path && !entries[i].Path.StartsWith(entries[i - 1].Path)) continue;
            return TryFindConflictBySorting(entries, out conflict);
        }

        conflict = default;
        return false;
    }

    /// <summary>Whether the entries come in tree order.</summary>
    public static bool IsSorted(ReadOnlySpan<ResourceEntry> entries)
    {
        for (int i = 1; i < entries.Length; i++)
        {
            if (entries[i].Path < entries[i - 1].Path) return false;
        }

        return true;
    }

    /// <summary>Whether the entries of each Object come together and in tree order, the Objects in any order.</summary>
    public static bool IsGrouped(ReadOnlySpan<ResourceEntry> entries)
    {
        HashSet<ushort>? seen = null;
        for (int i = 1; i < entries.Length; i++)
        {
            Lwm2mPath previous = entries[i - 1].Path;
            Lwm2mPath path = entries[i].Path;
            if (path.Truncate(1) == previous.Truncate(1))
            {
                if (path < previous) return false;
                continue;
            }

            // Objects in ascending order cannot come twice; only a step back needs a record of what was there.
            if (path > previous && seen is null) continue;
            if (seen is null)
            {
                seen = [];
                for (int j = 0; j < i; j++) seen.Add(entries[j].Path[0]);
            }

            seen.Add(previous[0]);
            if (seen.Contains(path[0])) return false;
        }

        return true;
    }

    /// <summary>The longest path that is at or above all entries.</summary>
    public static Lwm2mPath CommonPath(ReadOnlySpan<ResourceEntry> entries)
    {
        Lwm2mPath common = entries[0].Path;
        foreach (ref readonly ResourceEntry entry in entries)
        {
            while (!entry.Path.StartsWith(common)) common = common.Parent;
        }

        return common;
    }

    /// <summary>Takes the entries at the front that share their id at a position.</summary>
    public static ReadOnlySpan<ResourceEntry> TakeChild(ref ReadOnlySpan<ResourceEntry> entries, int level)
    {
        Lwm2mPath path = entries[0].Path.Truncate(level + 1);
        int count = 1;
        while (count < entries.Length && entries[count].Path.StartsWith(path)) count++;
        ReadOnlySpan<ResourceEntry> child = entries[..count];
        entries = entries[count..];
        return child;
    }

    private static bool TryFindConflictBySorting(ReadOnlySpan<ResourceEntry> entries, out Lwm2mPath conflict)
    {
        Lwm2mPath[] rented = ArrayPool<Lwm2mPath>.Shared.Rent(entries.Length);
        Span<Lwm2mPath> paths = rented.AsSpan(0, entries.Length);
        for (int i = 0; i < paths.Length; i++) paths[i] = entries[i].Path;
        paths.Sort();
        conflict = default;
        bool found = false;
        for (int i = 1; i < paths.Length && !found; i++)
        {
            found = paths[i].StartsWith(paths[i - 1]);
            if (found) conflict = paths[i - 1];
        }

        ArrayPool<Lwm2mPath>.Shared.Return(rented);
        return found;
    }
}
