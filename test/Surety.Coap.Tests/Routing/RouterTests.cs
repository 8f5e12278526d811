using System.Text;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Routing;

public sealed class RouterTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly CoapRouter _router = new();
    private readonly SimulatedEndpoint _server;
    private readonly RawPeer _client;

    public RouterTests()
    {
        _server = _network.Add(_router);
        _client = _network.AddRaw();
    }

    [Theory]
    [InlineData("/a", "a")]
    [InlineData("/a/b", "a/b")]
    [InlineData("/", "root")]
    [InlineData("/A", "")]
    [InlineData("/a/", "")]
    [InlineData("//a", "")]
    [InlineData("//", "")]
    [InlineData("/a//b", "")]
    [InlineData("/a%2Fb", "")]
    [InlineData("/ü", "ü")]
    [InlineData("/b", "")]
    public void A_path_finds_its_resource_and_no_other(string path, string expected)
    {
        foreach (string name in new[] { "a", "a/b", "ü" })
            _router.Map($"/{name}").On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content).Payload(Encoding.UTF8.GetBytes(name)));
        _router.Map("/").On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content).Payload("root"u8));
        WireMessage answer = Ask(CoapCode.Get, path);
        Assert.Equal(expected.Length > 0 ? (CoapCode.Content, expected) : (CoapCode.NotFound, "no such resource"), (answer.Code, answer.Text));
    }

    [Fact]
    public void An_empty_segment_alone_is_not_the_root()
    {
        _router.Map("/").On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content));
        var request = new WireMessage(MessageType.Confirmable, CoapCode.Get, 1);
        request.Options.Add(CoapOptionNumber.UriPath, ReadOnlyMemory<byte>.Empty);
        Assert.Equal(CoapCode.NotFound, _client.Exchange(_server, request).Code);
    }

    [Fact]
    public void A_path_of_endless_length_is_not_found() =>
        Assert.Equal(CoapCode.NotFound, Ask(CoapCode.Get, string.Concat(Enumerable.Repeat("/" + new string('a', 200), 5))).Code);

    [Fact]
    public void A_method_that_a_resource_does_not_have_gets_4_05()
    {
        _router.Map("/a").On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content));
        for (byte method = 2; method <= 31; method++)
            Assert.Equal(CoapCode.MethodNotAllowed, Ask(new CoapCode(method), "/a").Code);
        Assert.Equal(CoapCode.MethodNotAllowed, Ask(CoapCode.Put, "/.well-known/core").Code);
    }

    // RFC 7252, 5.10.6.2, 5.9.1.3: 2.03 has the tag and no payload.
    [Theory]
    [InlineData("GET", null, "0102", "2.03")]
    [InlineData("GET", null, "0304 0102", "2.03")]
    [InlineData("GET", null, "0103", "2.05")]
    [InlineData("GET", null, "01", "2.05")]
    [InlineData("GET", 0u, "0102", "2.05")] // an observer wants the representation
    [InlineData("FETCH", null, "0102", "2.05")] // whose representation depends on its body
    public void A_representation_that_the_client_has_is_validated(string method, uint? observe, string tags, string code)
    {
        CoapRequestDelegate answer = (ref request) => request.Respond(CoapCode.Content, ContentFormat.TextPlain, "text"u8);
        _router.Map("/a").On(CoapCode.Get, answer).On(CoapCode.Fetch, answer).ETag = () => new byte[] { 1, 2 };
        _router.Map("/untagged").On(CoapCode.Get, answer);
        var request = new WireMessage(MessageType.Confirmable, method == "GET" ? CoapCode.Get : CoapCode.Fetch, 1) { Path = "/a" };
        var untagged = new WireMessage(MessageType.Confirmable, CoapCode.Get, 2) { Path = "/untagged" };
        foreach (string tag in tags.Split(' '))
        {
            request.Options.Add(CoapOptionNumber.ETag, Convert.FromHexString(tag));
            untagged.Options.Add(CoapOptionNumber.ETag, Convert.FromHexString(tag));
        }

        request.Options.Set(CoapOptionNumber.Observe, observe);
        WireMessage response = _client.Exchange(_server, request);
        Assert.Equal((code, code == "2.03" ? "" : "text"), (response.Code.ToString(), response.Text));
        if (code == "2.03")
            Assert.Equal("0102", Convert.ToHexString(response.Options.TryGet(CoapOptionNumber.ETag, out ReadOnlyMemory<byte> tag) ? tag.Span : default));
        Assert.Equal(CoapCode.Content, _client.Exchange(_server, untagged).Code);
    }

    [Fact]
    public void A_resource_that_is_removed_is_not_found()
    {
        _router.Map("/a").On(CoapCode.Get, (ref request) => request.Respond(CoapCode.Content));
        Assert.True(_router.Remove("/a"));
        Assert.False(_router.Remove("/a"));
        Assert.Equal(CoapCode.NotFound, Ask(CoapCode.Get, "/a").Code);
    }

    [Fact]
    public void A_method_without_a_registered_number_cannot_be_mapped() =>
        Assert.Throws<ArgumentException>(() => _router.Map("/a").On(new CoapCode(8), (ref _) => { }));

    [Fact]
    public void An_asynchronous_resource_answers_with_what_it_gives_or_throws()
    {
        _router.Map("/ok").On(CoapCode.Post, async request =>
        {
            await Task.Yield();
            return new CoapResponse(CoapCode.Changed) { Payload = request.Payload };
        });
        _router.Map("/coap").On(CoapCode.Post, _ => throw new CoapException(CoapCode.Conflict, "twice"));
        _router.Map("/late").On(CoapCode.Post, async _ =>
        {
            await Task.Yield();
            throw new CoapException(CoapCode.Forbidden, "late");
        });
        _router.Map("/fault").On(CoapCode.Post, _ => throw new InvalidOperationException("secret"));
        _router.Map("/null").On(CoapCode.Post, _ => Task.FromResult<CoapResponse>(null!));
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        Assert.Equal("hello", Send("/ok").Text);
        Assert.Equal((CoapCode.Conflict, "twice"), (Send("/coap").Code, Send("/coap").Text));
        Assert.Equal((CoapCode.Forbidden, "late"), (Send("/late").Code, Send("/late").Text));
        CoapResponse fault = Send("/fault");
        Assert.Equal(CoapCode.InternalServerError, fault.Code);
        Assert.DoesNotContain("secret", fault.Text, StringComparison.Ordinal);
        Assert.Equal(CoapCode.InternalServerError, Send("/null").Code);

        CoapResponse Send(string path) => _network.Await(_server.SeenBy(client).SendAsync(new CoapRequest(CoapCode.Post, path) { Payload = "hello"u8.ToArray() }));
    }

    // RFC 7252, 5.10.8
    [Theory]
    [InlineData("/a", "", false, "2.04")] // any representation
    [InlineData("/a", "0102", false, "2.04")] // the one there is
    [InlineData("/a", "0103", false, "4.12")]
    [InlineData("/a", "0103 0102", false, "2.04")] // one of several
    [InlineData("/a", null, true, "4.12")] // it exists
    [InlineData("/a", "", true, "4.12")] // both can never be
    [InlineData("/untagged", "", false, "2.04")]
    [InlineData("/untagged", "0102", false, "4.12")]
    [InlineData("/none", "", false, "4.12")]
    [InlineData("/none", "0102", false, "4.12")]
    [InlineData("/none", null, true, "4.04")] // it does not exist: the method goes on, to nothing
    public void Conditions_are_checked_before_anything_is_done(string path, string? match, bool noneMatch, string code)
    {
        int done = 0;
        CoapRequestDelegate put = (ref request) =>
        {
            done++;
            request.Respond(CoapCode.Changed);
        };
        _router.Map("/a").On(CoapCode.Put, put).ETag = () => new byte[] { 1, 2 };
        _router.Map("/untagged").On(CoapCode.Put, put);
        var request = new WireMessage(MessageType.Confirmable, CoapCode.Put, 1) { Path = path };
        foreach (string tag in match?.Split(' ') ?? [])
            request.Options.Add(CoapOptionNumber.IfMatch, Hex.Bytes(tag));
        if (noneMatch)
            request.Options.Add(CoapOptionNumber.IfNoneMatch, ReadOnlyMemory<byte>.Empty);
        Assert.Equal(code, _client.Exchange(_server, request).Code.ToString());
        Assert.Equal(code == "2.04" ? 1 : 0, done);
    }

    [Fact]
    public void A_condition_is_checked_at_the_first_block()
    {
        _router.Map("/a").On(CoapCode.Put, (ref request) => request.Respond(CoapCode.Changed));
        WireMessage put = Blockwise.Bodies.Message(CoapCode.Put, 1, "/a", block1: Blockwise.Bodies.Block("0/1/16"), payload: new byte[16]);
        put.Options.Add(CoapOptionNumber.IfNoneMatch, ReadOnlyMemory<byte>.Empty);
        Assert.Equal(CoapCode.PreconditionFailed, _client.Exchange(_server, put).Code);
        Assert.Equal(0, _server.Transfers.Count);
    }

    [Theory]
    [InlineData(null, "4.02")]
    [InlineData(true, "2.05")]
    [InlineData(false, "4.12")]
    public void A_handler_that_does_not_know_conditions_does_not_ignore_them(bool? condition, string code)
    {
        var handler = new RecordingHandler { Condition = condition };
        SimulatedEndpoint server = _network.Add(handler);
        var request = new WireMessage(MessageType.Confirmable, CoapCode.Get, 1);
        request.Options.Add(CoapOptionNumber.IfMatch, ReadOnlyMemory<byte>.Empty);
        Assert.Equal(code, _client.Exchange(server, request).Code.ToString());
        Assert.Equal(condition == true ? 1 : 0, handler.Requests.Count);
    }

    [Theory]
    [InlineData("", "/", true)]
    [InlineData("a", "/a", true)]
    [InlineData("a/b", "/a/b", true)]
    [InlineData("a", "/", false)]
    [InlineData("", "/a", false)]
    [InlineData("a", "/a/b", false)]
    [InlineData("a/b", "/a", false)]
    [InlineData("ab", "/a", false)]
    [InlineData("a", "/ab", false)]
    [InlineData("a/b", "/a%2Fb", false)]
    [InlineData("a/", "/a", false)]
    [InlineData("a", "/a/", false)]
    [InlineData("a/", "/a/", true)]
    public void A_path_is_compared_segment_by_segment(string path, string asked, bool expected)
    {
        bool? result = null;
        var handler = new RecordingHandler
        {
            Answer = (ref request) =>
            {
                result = request.PathIs(Encoding.UTF8.GetBytes(path));
                request.Respond(CoapCode.Content).Payload(Encoding.UTF8.GetBytes(request.PathText));
            },
        };
        WireMessage answer = _client.Exchange(_network.Add(handler), new WireMessage(MessageType.Confirmable, CoapCode.Get, 1) { Path = asked });
        Assert.Equal(expected, result);
        Assert.Equal(asked.Replace("%2F", "/", StringComparison.Ordinal), answer.Text);
    }

    private WireMessage Ask(CoapCode method, string path) => _client.Exchange(_server, new WireMessage(MessageType.Confirmable, method, _client.NextMessageId()) { Path = path });
}
