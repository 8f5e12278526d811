using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Routing;

/// <summary>RFC 6690, 4; RFC 7252, 7.2, 8.2: <c>/.well-known/core</c>.</summary>
public sealed class DiscoveryTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly CoapRouter _router = new();
    private readonly SimulatedEndpoint _server;
    private readonly RawPeer _client;

    public DiscoveryTests()
    {
        // RFC 6690, 5.
        Map("/sensors/temp", "rt=\"temperature-c\";if=\"sensor\"");
        Map("/sensors/light", "rt=\"light-lux core.sen-light\";if=\"sensor\";ct=\"0 50\";obs");
        Map("/t", "title=\"a; b, c\";sz=100");
        _router.Map("/hidden").IsHidden = true;
        _server = _network.Add(_router);
        _client = _network.AddRaw();
    }

    [Fact]
    public void All_resources_are_listed_but_hidden_ones()
    {
        WireMessage answer = Discover("");
        Assert.Equal((CoapCode.Content, 40u), (answer.Code, answer.Options.GetUInt(CoapOptionNumber.ContentFormat)));
        Assert.Equal(
            "</sensors/light>;rt=\"light-lux core.sen-light\";if=\"sensor\";ct=\"0 50\";obs,</sensors/temp>;rt=\"temperature-c\";if=\"sensor\",</t>;title=\"a; b, c\";sz=100",
            answer.Text);
    }

    [Theory]
    [InlineData("?rt=light-lux", "/sensors/light")] // the examples of RFC 6690, 5
    [InlineData("?rt=core.sen-light", "/sensors/light")]
    [InlineData("?rt=light-lux core.sen-light", "")] // each value counts by itself
    [InlineData("?rt=light*", "/sensors/light")]
    [InlineData("?rt=core*", "/sensors/light")]
    [InlineData("?rt=light", "")]
    [InlineData("?rt=*", "/sensors/light /sensors/temp")] // any that exists
    [InlineData("?if=sensor", "/sensors/light /sensors/temp")]
    [InlineData("?if=Sensor", "")]
    [InlineData("?href=/t", "/t")]
    [InlineData("?href=/sensors*", "/sensors/light /sensors/temp")]
    [InlineData("?href=/sensors", "")]
    [InlineData("?href=*", "/sensors/light /sensors/temp /t")]
    [InlineData("?obs=*", "/sensors/light")]
    [InlineData("?obs=1", "")]
    [InlineData("?ct=50", "/sensors/light")]
    [InlineData("?ct=40", "")]
    [InlineData("?sz=100", "/t")]
    [InlineData("?sz=1*", "/t")]
    [InlineData("?title=a%3B b, c", "/t")] // a quoted value may contain separators
    [InlineData("?title=a*", "/t")]
    [InlineData("?title=b", "")]
    [InlineData("?none=*", "")]
    [InlineData("?rt=temperature-c&if=sensor", "/sensors/temp")]
    [InlineData("?rt=temperature-c&if=other", "")]
    [InlineData("?rt=", "")]
    [InlineData("?rt", "/sensors/light /sensors/temp /t")] // no filter at all
    [InlineData("?=x", "/sensors/light /sensors/temp /t")]
    public void A_query_filters(string query, string expected)
    {
        WireMessage answer = Discover(query);
        Assert.Equal(CoapCode.Content, answer.Code);
        Assert.True(LinkFormat.TryParse(answer.Payload, out IReadOnlyList<CoreLink>? links, out _));
        Assert.Equal(expected, string.Join(' ', links.Select(l => l.Target)));
    }

    [Fact]
    public void Paths_are_encoded_as_uris()
    {
        Map("/ü b>", "");
        Assert.Contains("</%C3%BC%20b%3E>", Discover("").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_whose_attributes_are_broken_is_listed_but_matches_no_filter()
    {
        Map("/broken", "rt=\"x");
        Assert.Contains("</broken>", Discover("").Text, StringComparison.Ordinal);
        Assert.DoesNotContain("broken", Discover("?href=*").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_format_is_not_acceptable()
    {
        var get = new WireMessage(MessageType.Confirmable, CoapCode.Get, 1) { Path = "/.well-known/core" };
        get.Options.Add(CoapOptionNumber.Accept, 50u);
        Assert.Equal(CoapCode.NotAcceptable, _client.Exchange(_server, get).Code);
    }

    [Fact]
    public void A_long_list_is_given_in_blocks()
    {
        for (int i = 0; i < 200; i++)
            Map($"/sensors/{i:000}", "rt=\"x\"");
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        CoapResponse response = _network.Await(_server.SeenBy(client).SendAsync(new CoapRequest(CoapCode.Get, "/.well-known/core")));
        Assert.True(LinkFormat.TryParse(response.Payload.Span, out IReadOnlyList<CoreLink>? links, out _));
        Assert.Equal(203, links.Count);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("?rt=light*", true)]
    [InlineData("?rt=nothing", false)]
    public void A_multicast_discovery_is_answered_when_something_matches(string query, bool answered)
    {
        _server.ReceiveMulticast(_client.LocalEndPoint, new WireMessage(MessageType.NonConfirmable, CoapCode.Get, 1) { Path = "/.well-known/core" + query }.ToBytes());
        _network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(answered ? 1 : 0, _client.Received.Count);
    }

    // RFC 7959, 2.8: the first block answers the group, the others are asked of each server.
    [Fact]
    public void A_multicast_discovery_is_answered_with_the_first_block_and_the_others_are_fetched_by_unicast()
    {
        string whole = Discover("").Text;
        WireMessage first = Ask(0, MessageType.NonConfirmable, request => _server.ReceiveMulticast(_client.LocalEndPoint, request.ToBytes()));
        Assert.Equal((MessageType.NonConfirmable, "0/1/64"), (first.Type, Describe(first)));
        string text = first.Text;
        WireMessage next = first;
        while (next.Block2!.Value.More)
        {
            next = Ask(next.Block2.Value.Number + 1, MessageType.Confirmable, request => _client.Send(_server, request));
            text += next.Text;
        }

        Assert.Equal(whole, text);

        WireMessage Ask(uint number, MessageType type, Action<WireMessage> send)
        {
            var request = new WireMessage(type, CoapCode.Get, _client.NextMessageId()) { Path = "/.well-known/core" };
            request.Options.Add(CoapOptionNumber.Block2, new BlockValue(number, false, 2).ToUInt());
            send(request);
            return _client.Receive();
        }

        static string Describe(WireMessage message) => $"{message.Block2!.Value.Number}/{(message.Block2.Value.More ? 1 : 0)}/{message.Block2.Value.Size}";
    }

    private WireMessage Discover(string query) =>
        _client.Exchange(_server, new WireMessage(MessageType.Confirmable, CoapCode.Get, _client.NextMessageId()) { Path = "/.well-known/core" + query });

    private void Map(string path, string attributes) =>
        _router.Map(path).On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content)).LinkAttributes = attributes;
}
