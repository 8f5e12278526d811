namespace Surety.Server.Features.IdentityProviders;

/// <summary>Where a browser goes when it has been signed in: a page of this server, and never another's.</summary>
internal static class ReturnPath
{
    private const int MaxLength = 512;

    /// <summary>
    /// Whether it is a path and query here. Browsers take <c>//host</c> for another host, a backslash for a slash, and leave out control characters
    /// (URL Standard, 4.4).
    /// </summary>
    public static bool IsValid(string path)
    {
        if (path is not (['/'] or ['/', not '/', ..]) || path.Length > MaxLength)
            return false;
        foreach (var c in path)
        {
            if (c is <= ' ' or > '~' or '\\' or '#')
                return false;
        }

        return true;
    }

    /// <summary>The path with more parameters.</summary>
    public static string With(string path, params IReadOnlyList<(string Name, string Value)> parameters) =>
        path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + string.Join('&', parameters.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
}
