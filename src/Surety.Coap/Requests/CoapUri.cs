using System.Globalization;
using System.Net;
using System.Text;

namespace Surety.Coap;

/// <summary>A <c>coap</c>, <c>coaps</c>, <c>coap+tcp</c> or <c>coaps+tcp</c> URI (RFC 7252, 6; RFC 8323, 8).</summary>
/// <param name="Scheme">The scheme, in lower case.</param>
/// <param name="Host">A name or an address literal, without brackets.</param>
/// <param name="Port">The port; the scheme's default when the URI names none.</param>
/// <param name="PathAndQuery">Path and query, still percent-encoded; at least <c>/</c>.</param>
public sealed record CoapUri(string Scheme, string Host, int Port, string PathAndQuery)
{
    /// <summary>The port of <c>coap</c> and <c>coap+tcp</c>.</summary>
    public const int DefaultPort = 5683;

    /// <summary>The port of <c>coaps</c> and <c>coaps+tcp</c>.</summary>
    public const int DefaultSecurePort = 5684;

    /// <summary>The scheme has security: <c>coaps</c> or <c>coaps+tcp</c>.</summary>
    public bool IsSecure => Scheme is "coaps" or "coaps+tcp";

    /// <summary>The scheme runs over a reliable transport.</summary>
    public bool IsReliable => Scheme is "coap+tcp" or "coaps+tcp";

    /// <summary>Reads a URI.</summary>
    /// <param name="text">The URI.</param>
    /// <param name="uri">The parts.</param>
    /// <param name="reason">What is wrong, for a person.</param>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CoapUri? uri, out string? reason)
    {
        uri = null;
        reason = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? parsed))
            reason = "not an absolute URI; expected coap://host:port/path, coaps://, coap+tcp:// or coaps+tcp://";
        else if (parsed.Scheme is not ("coap" or "coaps" or "coap+tcp" or "coaps+tcp"))
            reason = $"the scheme {parsed.Scheme} is none of coap, coaps, coap+tcp, coaps+tcp";
        else if (parsed.Fragment.Length > 0)
            reason = "a CoAP URI has no fragment";
        else if (parsed.UserInfo.Length > 0)
            reason = "a CoAP URI has no user information";
        else if (parsed.Host.Length == 0)
            reason = "the host is missing";
        else
        {
            bool secure = parsed.Scheme is "coaps" or "coaps+tcp";
            int port = parsed.Port > 0 ? parsed.Port : secure ? DefaultSecurePort : DefaultPort;
            uri = new CoapUri(parsed.Scheme, parsed.DnsSafeHost, port, parsed.PathAndQuery.Length == 0 ? "/" : parsed.PathAndQuery);
        }

        return uri is not null;
    }

    /// <summary>Reads a URI.</summary>
    /// <exception cref="FormatException">The text is no CoAP URI; the message says why.</exception>
    public static CoapUri Parse(string text) => TryParse(text, out CoapUri? uri, out string? reason) ? uri : throw new FormatException($"{text}: {reason}.");

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}{PathAndQuery}");

    /// <summary>A literal address in the host, or null for a name.</summary>
    public IPAddress? Address => IPAddress.TryParse(Host, out IPAddress? address) ? address : null;

    /// <summary>Decomposes path and query into Uri-Path and Uri-Query options (RFC 7252, 6.4, steps 8 and 9).</summary>
    internal static void AddPathAndQuery(string pathAndQuery, CoapOptions options)
    {
        int question = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        ReadOnlySpan<char> path = question < 0 ? pathAndQuery : pathAndQuery.AsSpan(0, question);
        if (path.StartsWith('/'))
            path = path[1..];
        if (!path.IsEmpty)
        {
            foreach (Range segment in path.Split('/'))
                options.Add(CoapOptionNumber.UriPath, Unescape(path[segment]));
        }

        if (question < 0)
            return;
        ReadOnlySpan<char> query = pathAndQuery.AsSpan(question + 1);
        foreach (Range argument in query.Split('&'))
            options.Add(CoapOptionNumber.UriQuery, Unescape(query[argument]));
    }

    private static byte[] Unescape(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(Uri.UnescapeDataString(text));
}
