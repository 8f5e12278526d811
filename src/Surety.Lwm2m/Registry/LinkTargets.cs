namespace Surety.Lwm2m;

/// <summary>Targets of links as LwM2M paths.</summary>
internal static class LinkTargets
{
    /// <summary>
    /// The path that a target names below the alternate path. A trailing slash, as the examples of Core TS 1.2.2, 6.1.7.3 have it, and a missing
    /// first slash (a relative reference) are accepted.
    /// </summary>
    public static bool TryGetPath(ReadOnlySpan<byte> target, ReadOnlySpan<byte> root, out Lwm2mPath path)
    {
        path = default;
        if (!target.StartsWith(root)) return false;
        target = target[root.Length..];
        if (target.IsEmpty) return !root.IsEmpty;
        if (target.Length > 1 && target[^1] == (byte)'/') target = target[..^1];
        if (target[0] == (byte)'/') return Lwm2mPath.TryParse(target, out path);
        if (!root.IsEmpty || target.Length >= Lwm2mPath.MaxTextLength) return false;
        Span<byte> absolute = stackalloc byte[Lwm2mPath.MaxTextLength];
        absolute[0] = (byte)'/';
        target.CopyTo(absolute[1..]);
        return Lwm2mPath.TryParse(absolute[..(target.Length + 1)], out path);
    }
}
