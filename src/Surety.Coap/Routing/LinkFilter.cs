using System.Text;

namespace Surety.Coap;

/// <summary>The query of a discovery: one attribute and a value, which may end in <c>*</c> (RFC 6690, 4.1).</summary>
internal static class LinkFilter
{
    public static bool Matches(in IncomingRequest request, CoapResource resource)
    {
        foreach (ReadOnlySpan<byte> query in request.Query)
        {
            string text = Encoding.UTF8.GetString(query);
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                continue;
            string name = text[..equals];
            string pattern = text[(equals + 1)..];
            if (!Values(resource, name).Any(value => Matches(value, pattern)))
                return false;
        }

        return true;
    }

    private static bool Matches(string value, string pattern) => pattern.EndsWith('*')
        ? value.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : value == pattern;

    private static string[] Values(CoapResource resource, string name)
    {
        if (name == "href")
            return [resource.Path];
        foreach (string attribute in resource.LinkAttributes.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = attribute.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? attribute : attribute[..equals];
            if (key != name)
                continue;
            string value = equals < 0 ? "" : attribute[(equals + 1)..].Trim('"');
            // RFC 6690, 4.1: of values that are lists, each one counts.
            return name is "rt" or "if" or "rel" or "ct" ? value.Split(' ') : [value];
        }

        return [];
    }
}
