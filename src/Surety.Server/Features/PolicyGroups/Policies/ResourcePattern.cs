namespace Surety.Server.Features.PolicyGroups.Policies;

/// <summary>The resource of a policy: a path and all below it, whose segments may have <c>*</c> for any characters. Case does not matter, as in routes.</summary>
internal sealed class ResourcePattern(string text)
{
    private readonly string[] _segments = text.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a path, of <see cref="PathOf"/>, is the resource or below it.</summary>
    public bool Matches(ReadOnlySpan<char> path)
    {
        foreach (var segment in _segments)
        {
            path = path.TrimStart('/');
            if (path.IsEmpty)
                return false;
            var end = path.IndexOf('/');
            var present = end < 0 ? path : path[..end];
            if (!MatchesSegment(segment, present))
                return false;
            path = path[present.Length..];
        }

        return true;
    }

    /// <summary>
    /// The path that policies see: one spelling for all that reach the same endpoint, or a policy that denies could be walked around. The caller's own
    /// account by its id is the caller's own account without.
    /// </summary>
    public static string PathOf(string path, EntityId account)
    {
        // Kestrel has decoded what is safe to decode; %2F it leaves, and what takes the rest of a path may decode that.
        path = Uri.UnescapeDataString(path);
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments is [_, var accounts, var id, _, ..] && accounts.Equals("accounts", StringComparison.OrdinalIgnoreCase)
            && EntityId.TryParse(id, out var named) && named == account)
        {
            segments = [segments[0], .. segments[3..]];
        }

        return "/" + string.Join('/', segments);
    }

    // Goes back to the last asterisk alone, so that no pattern takes longer than the product of both lengths.
    private static bool MatchesSegment(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }
}
