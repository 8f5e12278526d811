using System.Net;
using System.Text;

namespace Surety.Coap.Tests.Requests;

/// <summary>RFC 7252, 6 and appendix B.</summary>
public sealed class CoapUriTests
{
    [Theory]
    [InlineData("coap://example.net/a/b?c=d", "coap", "example.net", 5683, "/a/b?c=d")]
    [InlineData("coaps://example.net", "coaps", "example.net", 5684, "/")]
    [InlineData("coap+tcp://example.net", "coap+tcp", "example.net", 5683, "/")]
    [InlineData("coaps+tcp://example.net:", "coaps+tcp", "example.net", 5684, "/")]
    [InlineData("coap://example.net:61616/", "coap", "example.net", 61616, "/")]
    [InlineData("COAP://EXAMPLE.net/A", "coap", "example.net", 5683, "/A")]
    [InlineData("coap://%65xample.com/", "coap", "example.com", 5683, "/")]
    [InlineData("coap://[2001:DB8::1]:61616/x", "coap", "2001:DB8::1", 61616, "/x")]
    [InlineData("coap://[fe80::1%251]/", "coap", "fe80::1%1", 5683, "/")]
    [InlineData("coap://198.51.100.1", "coap", "198.51.100.1", 5683, "/")]
    [InlineData("coap://h?q", "coap", "h", 5683, "/?q")]
    [InlineData("coap://h/a/../b/./c", "coap", "h", 5683, "/b/c")]
    [InlineData("coap://h/../..", "coap", "h", 5683, "/")]
    [InlineData("coap://h/a/%2E%2e/b/%2e", "coap", "h", 5683, "/b/")]
    [InlineData("coap://h/été?é", "coap", "h", 5683, "/%C3%A9t%C3%A9?%C3%A9")]
    [InlineData("coap://h/%41%2f", "coap", "h", 5683, "/%41%2f")]
    public void A_uri_is_taken_apart(string text, string scheme, string host, int port, string pathAndQuery)
    {
        Assert.True(CoapUri.TryParse(text, out CoapUri? uri, out string? reason), reason);
        Assert.Equal((scheme, host, port, pathAndQuery), (uri.Scheme, uri.Host, uri.Port, uri.PathAndQuery));
        Assert.Equal(scheme is "coaps" or "coaps+tcp", uri.IsSecure);
        Assert.Equal(scheme is "coap+tcp" or "coaps+tcp", uri.IsReliable);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/relative")]
    [InlineData("example.net")]
    [InlineData("http://example.net/")]
    [InlineData("coap:/x")]
    [InlineData("coap://")]
    [InlineData("coap:///x")]
    [InlineData("coap://:5683/")]
    [InlineData("coap://user@example.net/")]
    [InlineData("coap://example.net/#f")]
    [InlineData("coap://example.net:65536/")]
    [InlineData("coap://example.net:0/")]
    [InlineData("coap://example.net:-1/")]
    [InlineData("coap://example.net:5x/")]
    [InlineData("coap://exa mple/")]
    [InlineData("coap://h/a b")]
    [InlineData("coap://h/a\\b")]
    [InlineData("coap://h/%zz")]
    [InlineData("coap://h/%4")]
    [InlineData("coap://h/?%")]
    [InlineData("coap://h/<x>")]
    [InlineData("coap://[::1/")]
    [InlineData("coap://::1]/")]
    [InlineData("coap://[]/")]
    [InlineData("coap://[1.2.3.4]/")]
    [InlineData("coap://[::1]x/")]
    [InlineData("coap://::1/")]
    [InlineData(" coap://h/")]
    public void What_is_no_coap_uri_is_refused_with_a_reason(string? text)
    {
        Assert.False(CoapUri.TryParse(text, out CoapUri? uri, out string? reason));
        Assert.Null(uri);
        Assert.False(string.IsNullOrEmpty(reason));
        if (text is not null)
            Assert.Contains(reason, Assert.Throws<FormatException>(() => CoapUri.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_uri_of_endless_length_is_refused() => Assert.False(CoapUri.TryParse("coap://h/" + new string('a', 10_000), out _, out _));

    // RFC 7252, 6.3: the three URIs of its example are the same.
    [Fact]
    public void Equivalent_uris_have_the_same_normal_form_and_options()
    {
        CoapUri[] uris = [CoapUri.Parse("coap://example.com:5683/~sensors/temp.xml"), CoapUri.Parse("coap://EXAMPLE.com/%7Esensors/temp.xml"), CoapUri.Parse("coap://EXAMPLE.com:/%7esensors/temp.xml")];
        string[] composed = [.. uris.Select(uri =>
        {
            var options = new CoapOptions();
            var destination = new IPEndPoint(IPAddress.Parse("2001:db8::1"), 5683);
            uri.AddTo(options, destination);
            return CoapUri.FromOptions("coap", options, destination)!.ToString();
        })];
        Assert.Equal(Enumerable.Repeat("coap://example.com/~sensors/temp.xml", 3), composed);
    }

    public static TheoryData<string, int, string?, string[], string[], string> AppendixB => new()
    {
        { "2001:db8::2:1", 5683, null, [], [], "coap://[2001:db8::2:1]/" },
        { "2001:db8::2:1", 5683, "example.net", [], [], "coap://example.net/" },
        { "2001:db8::2:1", 5683, "example.net", [".well-known", "core"], [], "coap://example.net/.well-known/core" },
        {
            "2001:db8::2:1", 5683, "xn--18j4d.example", ["\u3053\u3093\u306b\u3061\u306f"], [],
            "coap://xn--18j4d.example/%E3%81%93%E3%82%93%E3%81%AB%E3%81%A1%E3%81%AF"
        },
        { "198.51.100.1", 61616, null, ["", "/", "", ""], ["//", "?&"], "coap://198.51.100.1:61616//%2F//?//&?%26" },
    };

    // The last example of the appendix prints "?%2F%2F&?%26", which 6.5, step 8, does not do: it lets the slash stand.
    [Theory]
    [MemberData(nameof(AppendixB))]
    public void Uris_are_composed_as_in_appendix_B(string address, int port, string? host, string[] path, string[] query, string expected)
    {
        var options = new CoapOptions();
        if (host is not null)
            options.Add(CoapOptionNumber.UriHost, host);
        foreach (string segment in path)
            options.Add(CoapOptionNumber.UriPath, segment);
        foreach (string argument in query)
            options.Add(CoapOptionNumber.UriQuery, argument);
        var destination = new IPEndPoint(IPAddress.Parse(address), port);

        CoapUri? uri = CoapUri.FromOptions("coap", options, destination);
        Assert.Equal(expected, uri?.ToString());

        // And back (6.4), also from what the appendix prints.
        foreach (string text in new[] { expected, expected.Replace("?//", "?%2F%2F", StringComparison.Ordinal) })
        {
            var decomposed = new CoapOptions();
            CoapUri.Parse(text).AddTo(decomposed, destination);
            Assert.Equal(options.Select(o => (o.Key, Hex.Digits(o.Value.Span))), decomposed.Select(o => (o.Key, Hex.Digits(o.Value.Span))));
        }
    }

    [Theory]
    [InlineData("coap://example.net/", "127.0.0.1", 5683, "example.net", null)]
    [InlineData("coap://example.net:61616/", "127.0.0.1", 5683, "example.net", 61616u)]
    [InlineData("coap://127.0.0.1/", "127.0.0.1", 5683, null, null)]
    [InlineData("coap://127.0.0.1/", "127.0.0.2", 5684, "127.0.0.1", 5683u)]
    [InlineData("coap://[::1]/", "::1", 5683, null, null)]
    [InlineData("coap://1.2.3/", "1.2.0.3", 5683, "1.2.3", null)]
    [InlineData("coap://[fe80::1%251]/", "fe80::1%1", 5683, null, null)]
    [InlineData("coap://[fe80::1%251]/", "fe80::2%1", 5683, "fe80::1", null)]
    public void Host_and_port_are_sent_only_where_the_destination_does_not_say_as_much(string text, string address, int port, string? host, uint? uriPort)
    {
        var options = new CoapOptions();
        CoapUri.Parse(text).AddTo(options, new IPEndPoint(IPAddress.Parse(address), port));
        Assert.Equal(host, options.GetStrings(CoapOptionNumber.UriHost).SingleOrDefault());
        Assert.Equal(uriPort, options.GetUInt(CoapOptionNumber.UriPort));
    }

    [Theory]
    [InlineData("exa/mple")]
    [InlineData("a b")]
    [InlineData("a@b")]
    [InlineData("")]
    public void A_uri_with_a_host_that_is_none_is_not_composed(string host)
    {
        CoapOptions options = new CoapOptions().Add(CoapOptionNumber.UriHost, host);
        Assert.Null(CoapUri.FromOptions("coap", options, new IPEndPoint(IPAddress.Loopback, 5683)));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public void Dots_are_no_segment(string segment)
    {
        CoapOptions options = new CoapOptions().Add(CoapOptionNumber.UriPath, segment);
        Assert.Null(CoapUri.FromOptions("coap", options, new IPEndPoint(IPAddress.Loopback, 5683)));
        Assert.Throws<ArgumentException>(() => new CoapRequest(CoapCode.Get, $"/a/{segment}"));
    }

    [Theory]
    [InlineData("/", new string[0], new string[0])]
    [InlineData("", new string[0], new string[0])]
    [InlineData("/a", new[] { "a" }, new string[0])]
    [InlineData("/a/", new[] { "a", "" }, new string[0])]
    [InlineData("//", new[] { "", "" }, new string[0])]
    [InlineData("/a%2Fb/%25", new[] { "a/b", "%" }, new string[0])]
    [InlineData("/?", new string[0], new[] { "" })]
    [InlineData("/a?b&c=%26", new[] { "a" }, new[] { "b", "c=&" })]
    [InlineData("/100%", new[] { "100%" }, new string[0])]
    public void A_path_of_a_request_becomes_options(string path, string[] segments, string[] query)
    {
        var request = new CoapRequest(CoapCode.Get, path);
        Assert.Equal(segments, request.Options.GetStrings(CoapOptionNumber.UriPath));
        Assert.Equal(query, request.Options.GetStrings(CoapOptionNumber.UriQuery));
    }

    [Fact]
    public void Percent_encoding_gives_bytes_even_when_they_are_no_text()
    {
        var request = new CoapRequest(CoapCode.Get, "/%FF%00a");
        Assert.True(request.Options.TryGet(CoapOptionNumber.UriPath, out ReadOnlyMemory<byte> value));
        Assert.Equal("ff0061", Hex.Digits(value.Span));
    }

    [Fact]
    public void A_segment_has_at_most_255_bytes()
    {
        Assert.Equal(1, new CoapRequest(CoapCode.Get, "/" + new string('a', 255)).Options.Count);
        Assert.Throws<ArgumentException>(() => new CoapRequest(CoapCode.Get, "/" + new string('a', 256)));
        Assert.Throws<ArgumentException>(() => new CoapRequest(CoapCode.Get, "/?" + new string('a', 256)));
    }

    [Fact]
    public void A_location_can_be_requested_whatever_it_contains()
    {
        var response = new CoapResponse(CoapCode.Created);
        response.Options.Add(CoapOptionNumber.LocationPath, "rd").Add(CoapOptionNumber.LocationPath, "50% a/b?").Add(CoapOptionNumber.LocationQuery, "x&y");
        Assert.Equal("/rd/50%25%20a%2Fb%3F", response.LocationPath);
        Assert.Equal("?x%26y", response.LocationQuery);
        var request = new CoapRequest(CoapCode.Delete, response.LocationPath + response.LocationQuery);
        Assert.Equal(["rd", "50% a/b?"], request.Options.GetStrings(CoapOptionNumber.UriPath));
        Assert.Equal(["x&y"], request.Options.GetStrings(CoapOptionNumber.UriQuery));
    }

    [Fact]
    public void Random_options_survive_a_uri()
    {
        var random = new Random(65);
        var destination = new IPEndPoint(IPAddress.Loopback, 5683);
        for (int i = 0; i < 2000; i++)
        {
            var options = new CoapOptions();
            for (int n = random.Next(5); n > 0; n--)
                options.Add(random.Next(2) == 0 ? CoapOptionNumber.UriPath : CoapOptionNumber.UriQuery, RandomBytes());
            // One empty segment and none make the same URI, "/" (6.5, step 7; 6.4, step 8).
            if (CoapUri.ComposePath(options, CoapOptionNumber.UriPath) == "/")
                options.Remove(CoapOptionNumber.UriPath);
            CoapUri? uri = CoapUri.FromOptions("coap", options, destination);
            if (uri is null)
                continue;
            var back = new CoapOptions();
            CoapUri.Parse(uri.ToString()).AddTo(back, destination);
            Assert.Equal(options.Select(o => (o.Key, Hex.Digits(o.Value.Span))), back.Select(o => (o.Key, Hex.Digits(o.Value.Span))));
        }

        byte[] RandomBytes()
        {
            byte[] bytes = random.Next(3) == 0 ? Encoding.UTF8.GetBytes("ä/?&=%20.") : new byte[random.Next(20)];
            if (bytes.Length < 20 && bytes.All(b => b == 0))
                random.NextBytes(bytes);
            return bytes;
        }
    }
}
