using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Surety.Coap;

public sealed partial record CoapUri
{
    private const int MaxSegment = 255;

    /// <summary>Decomposes the URI into the options of a request (RFC 7252, 6.4, steps 5 to 9).</summary>
    /// <param name="options">Uri-Host, Uri-Port, Uri-Path and Uri-Query are added here; the first two only where the destination does not say as much.</param>
    /// <param name="destination">Where the request will be sent.</param>
    /// <exception cref="ArgumentException">A segment or argument is longer than 255 bytes.</exception>
    public void AddTo(CoapOptions options, IPEndPoint destination)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(destination);
        // A zone means something on this host alone (RFC 6874).
        string host = Address is null ? Host : Host.Split('%')[0];
        if (!Equals(ParseAddress(host), WithoutZone(destination.Address)))
            options.Add(CoapOptionNumber.UriHost, host);
        if (Port != destination.Port)
            options.Add(CoapOptionNumber.UriPort, (uint)Port);
        AddPathAndQuery(PathAndQuery, options);
    }

    /// <summary>Composes the URI of a request from its options (RFC 7252, 6.5).</summary>
    /// <param name="scheme">The scheme of the endpoint that received the request.</param>
    /// <param name="options">The request's options.</param>
    /// <param name="destination">The address and port that the request was sent to.</param>
    /// <returns>Null when Uri-Host is no valid host, or a segment is "." or "..".</returns>
    public static CoapUri? FromOptions(string scheme, CoapOptions options, IPEndPoint destination)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(destination);
        string host = options.TryGet(CoapOptionNumber.UriHost, out ReadOnlyMemory<byte> name) ? Encoding.UTF8.GetString(name.Span) : destination.Address.ToString();
        int port = (int?)options.GetUInt(CoapOptionNumber.UriPort) ?? destination.Port;
        string authority = host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[')
            ? $"[{host.Replace("%", "%25", StringComparison.Ordinal)}]"
            : PercentEncoding.EncodeBeyondAscii(host);
        // Parsed again, since the host came from a peer.
        return HasDots(options) || !TryParse($"{scheme}://{authority}:{port}", out CoapUri? uri, out _) || uri.PathAndQuery != "/" || uri.Port != port
            ? null
            : uri with { PathAndQuery = ComposePath(options, CoapOptionNumber.UriPath) + ComposeQuery(options, CoapOptionNumber.UriQuery) };
    }

    /// <summary>The path that the options of one number make, percent-encoded; at least <c>/</c>.</summary>
    internal static string ComposePath(CoapOptions options, CoapOptionNumber number)
    {
        var path = new StringBuilder();
        foreach ((CoapOptionNumber key, ReadOnlyMemory<byte> value) in options)
        {
            if (key == number)
                PercentEncoding.Encode(path.Append('/'), value.Span, PercentEncoding.SegmentChars);
        }

        return path.Length == 0 ? "/" : path.ToString();
    }

    /// <summary>The query that the options of one number make, percent-encoded, with the question mark; empty without any.</summary>
    internal static string ComposeQuery(CoapOptions options, CoapOptionNumber number)
    {
        var query = new StringBuilder();
        foreach ((CoapOptionNumber key, ReadOnlyMemory<byte> value) in options)
        {
            if (key == number)
                PercentEncoding.Encode(query.Append(query.Length == 0 ? '?' : '&'), value.Span, PercentEncoding.ArgumentChars);
        }

        return query.ToString();
    }

    /// <summary>Decomposes path and query into Uri-Path and Uri-Query options (RFC 7252, 6.4, steps 8 and 9).</summary>
    /// <exception cref="ArgumentException">A segment is "." or "..", or longer than 255 bytes, as an argument of the query may not be either.</exception>
    internal static void AddPathAndQuery(string pathAndQuery, CoapOptions options)
    {
        int question = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        ReadOnlySpan<char> path = question < 0 ? pathAndQuery : pathAndQuery.AsSpan(0, question);
        if (path.StartsWith('/'))
            path = path[1..];
        if (!path.IsEmpty)
        {
            foreach (Range segment in path.Split('/'))
                options.Add(CoapOptionNumber.UriPath, Decode(path[segment], isPath: true));
        }

        if (question < 0)
            return;
        ReadOnlySpan<char> query = pathAndQuery.AsSpan(question + 1);
        foreach (Range argument in query.Split('&'))
            options.Add(CoapOptionNumber.UriQuery, Decode(query[argument], isPath: false));
    }

    private static byte[] Decode(ReadOnlySpan<char> text, bool isPath)
    {
        byte[] value = PercentEncoding.Decode(text);
        if (value.Length > MaxSegment)
            throw new ArgumentException($"A segment of a path or an argument of a query has at most {MaxSegment} bytes.", nameof(text));
        // RFC 7252, 5.10.1
        if (isPath && (value.AsSpan().SequenceEqual("."u8) || value.AsSpan().SequenceEqual(".."u8)))
            throw new ArgumentException("A path has no segment \".\" or \"..\".", nameof(text));
        return value;
    }

    private static IPAddress WithoutZone(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes()) : address;

    private static bool HasDots(CoapOptions options) => options.GetStrings(CoapOptionNumber.UriPath).Any(segment => segment is "." or "..");
}
