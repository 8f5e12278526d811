using System.Text;

namespace Surety.Coap;

/// <summary>
/// The query of a discovery: an attribute and a value, which may end in <c>*</c> (RFC 6690, 4.1). What has no such form filters nothing;
/// of several, all must match.
/// </summary>
internal readonly struct LinkFilter
{
    private readonly List<(string Name, string Value, bool IsPrefix)> _terms = [];

    public LinkFilter(in IncomingRequest request)
    {
        foreach (ReadOnlySpan<byte> query in request.Query)
        {
            string text = Encoding.UTF8.GetString(query);
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                continue;
            bool isPrefix = text.EndsWith('*');
            _terms.Add((text[..equals], isPrefix ? text[(equals + 1)..^1] : text[(equals + 1)..], isPrefix));
        }
    }

    /// <summary>A link, as it stands in a document, passes.</summary>
    public bool Matches(string link)
    {
        if (_terms.Count == 0)
            return true;
        if (!LinkFormat.TryParse(Encoding.UTF8.GetBytes(link), out IReadOnlyList<CoreLink>? links, out _) || links.Count != 1)
            return false;
        foreach ((string name, string value, bool isPrefix) in _terms)
        {
            if (!Values(links[0], name).Any(v => isPrefix ? v.StartsWith(value, StringComparison.Ordinal) : v == value))
                return false;
        }

        return true;
    }

    private static IEnumerable<string> Values(CoreLink link, string name)
    {
        if (name == "href")
            return [link.Target];
        IEnumerable<string> values = link.Attributes.Where(attribute => attribute.Name == name).Select(attribute => attribute.Value ?? "");
        // Relation types are lists, of which each value counts by itself (RFC 6690, 4.1); so are Content-Formats (RFC 7252, 7.2.1).
        return name is "rt" or "if" or "rel" or "rev" or "ct" ? values.SelectMany(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : values;
    }
}
