using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Surety.Coap;

/// <summary>A <c>coap</c>, <c>coaps</c>, <c>coap+tcp</c> or <c>coaps+tcp</c> URI (RFC 7252, 6; RFC 8323, 8).</summary>
/// <param name="Scheme">The scheme, in lower case.</param>
/// <param name="Host">A name, in lower case and percent-decoded, or an address literal without brackets.</param>
/// <param name="Port">The port; the scheme's default when the URI names none.</param>
/// <param name="PathAndQuery">Path and query, still percent-encoded; at least <c>/</c>.</param>
public sealed partial record CoapUri(string Scheme, string Host, int Port, string PathAndQuery)
{
    /// <summary>The port of <c>coap</c> and <c>coap+tcp</c>.</summary>
    public const int DefaultPort = 5683;

    /// <summary>The port of <c>coaps</c> and <c>coaps+tcp</c>.</summary>
    public const int DefaultSecurePort = 5684;

    private const int MaxLength = 8192;

    /// <summary>The scheme has security: <c>coaps</c> or <c>coaps+tcp</c>.</summary>
    public bool IsSecure => Scheme is "coaps" or "coaps+tcp";

    /// <summary>The scheme runs over a reliable transport.</summary>
    public bool IsReliable => Scheme is "coap+tcp" or "coaps+tcp";

    /// <summary>A literal address in the host, or null for a name.</summary>
    public IPAddress? Address => ParseAddress(Host);

    /// <summary>Reads a URI. Characters beyond ASCII are taken as their UTF-8 percent-encoding; dot segments are resolved (RFC 3986, 5.2.4).</summary>
    /// <param name="text">The URI, at most 8192 characters.</param>
    /// <param name="uri">The parts.</param>
    /// <param name="reason">What is wrong, for a person.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CoapUri? uri, out string? reason)
    {
        uri = null;
        if (text is null || text.Length > MaxLength)
        {
            reason = text is null ? "there is no URI" : $"longer than {MaxLength} characters";
            return false;
        }

        int colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0)
        {
            reason = "not an absolute URI; expected coap://host:port/path, coaps://, coap+tcp:// or coaps+tcp://";
            return false;
        }

        string scheme = text[..colon].ToLowerInvariant();
        if (scheme is not ("coap" or "coaps" or "coap+tcp" or "coaps+tcp"))
        {
            reason = $"the scheme {scheme} is none of coap, coaps, coap+tcp, coaps+tcp";
            return false;
        }

        ReadOnlySpan<char> rest = text.AsSpan(colon + 3);
        if (rest.Contains('#'))
        {
            // RFC 7252, 6.4, step 4
            reason = "a CoAP URI has no fragment";
            return false;
        }

        int end = rest.IndexOfAny('/', '?');
        ReadOnlySpan<char> authority = end < 0 ? rest : rest[..end];
        if (!TryParseAuthority(authority, scheme is "coaps" or "coaps+tcp" ? DefaultSecurePort : DefaultPort, out string host, out int port, out reason)
            || !TryParsePathAndQuery(end < 0 ? default : rest[end..], out string pathAndQuery, out reason))
            return false;
        uri = new CoapUri(scheme, host, port, pathAndQuery);
        return true;
    }

    /// <summary>Reads a URI.</summary>
    /// <exception cref="FormatException">The text is no CoAP URI; the message says why.</exception>
    public static CoapUri Parse(string text) => TryParse(text, out CoapUri? uri, out string? reason) ? uri : throw new FormatException($"{text}: {reason}.");

    /// <summary>The URI in normal form: without the scheme's default port (RFC 7252, 6.3).</summary>
    public override string ToString()
    {
        string host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host.Replace("%", "%25", StringComparison.Ordinal)}]" : PercentEncoding.EncodeHost(Host);
        int defaultPort = IsSecure ? DefaultSecurePort : DefaultPort;
        return Port == defaultPort
            ? $"{Scheme}://{host}{PathAndQuery}"
            : string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{host}:{Port}{PathAndQuery}");
    }

    private static bool TryParseAuthority(ReadOnlySpan<char> authority, int defaultPort, out string host, out int port, out string? reason)
    {
        host = "";
        port = defaultPort;
        reason = null;
        if (authority.Contains('@'))
        {
            reason = "a CoAP URI has no user information";
            return false;
        }

        int bracket = authority.LastIndexOf(']');
        int colon = authority[(bracket + 1)..].IndexOf(':');
        ReadOnlySpan<char> name = colon < 0 ? authority : authority[..(bracket + 1 + colon)];
        if (colon >= 0 && authority[(bracket + colon + 2)..] is { IsEmpty: false } digits
            && !(int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue))
            reason = "the port is 1 to 65535";
        else if (name.IsEmpty)
            reason = "the host is missing";
        else if (bracket >= 0 || name[0] == '[')
            reason = TryParseLiteral(name, out host) ? null : "the address in brackets is no IPv6 address";
        else if (!PercentEncoding.IsValid(name, PercentEncoding.HostChars))
            reason = "the host has a character that no URI may have, or a broken percent-encoding";
        else
            host = Encoding.UTF8.GetString(ToLower(PercentEncoding.Decode(name)));
        return reason is null;
    }

    /// <summary>RFC 7252, 6.4, step 5: ASCII alone.</summary>
    private static byte[] ToLower(byte[] name)
    {
        foreach (ref byte b in name.AsSpan())
        {
            if (b is >= (byte)'A' and <= (byte)'Z')
                b += 'a' - 'A';
        }

        return name;
    }

    private static bool TryParseLiteral(ReadOnlySpan<char> name, out string host)
    {
        host = "";
        if (name.Length < 2 || name[0] != '[' || name[^1] != ']')
            return false;
        // RFC 6874: the percent sign before a zone is itself encoded.
        host = name[1..^1].ToString().Replace("%25", "%", StringComparison.OrdinalIgnoreCase);
        return host.Contains(':', StringComparison.Ordinal) && !host.AsSpan().ContainsAny('[', ']', '/')
            && IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    private static bool TryParsePathAndQuery(ReadOnlySpan<char> text, out string result, out string? reason)
    {
        reason = null;
        int question = text.IndexOf('?');
        ReadOnlySpan<char> path = question < 0 ? text : text[..question];
        ReadOnlySpan<char> query = question < 0 ? default : text[(question + 1)..];
        result = "";
        if (!PercentEncoding.IsValid(path, PercentEncoding.PathChars))
            reason = "the path has a character that no URI may have, or a broken percent-encoding";
        else if (!PercentEncoding.IsValid(query, PercentEncoding.QueryChars))
            reason = "the query has a character that no URI may have, or a broken percent-encoding";
        else
            result = ResolveDots(PercentEncoding.EncodeBeyondAscii(path)) + (question < 0 ? "" : $"?{PercentEncoding.EncodeBeyondAscii(query)}");
        return reason is null;
    }

    /// <summary>RFC 3986, 5.2.4; the dots may be percent-encoded, since "." and ".." must not become options (RFC 7252, 5.10.1).</summary>
    private static string ResolveDots(string path)
    {
        if (path.Length < 2)
            return "/";
        var segments = new List<string>();
        string[] parts = path[1..].Split('/');
        for (int i = 0; i < parts.Length; i++)
        {
            string plain = parts[i].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
            if (plain is not ("." or ".."))
            {
                segments.Add(parts[i]);
                continue;
            }

            if (plain == ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            if (i == parts.Length - 1)
                segments.Add("");
        }

        return "/" + string.Join('/', segments);
    }

    private static IPAddress? ParseAddress(string host) =>
        // A name of digits is a name: 1.2.3 is not 1.2.0.3 here (RFC 3986, 3.2.2).
        IPAddress.TryParse(host, out IPAddress? address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == host) ? address : null;
}
