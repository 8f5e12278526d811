using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Requests;

/// <summary>RFC 7252, 5.5, 5.9, 5.10; RFC 8132: what requests ask for and responses say.</summary>
public sealed class RepresentationTests
{
    private readonly SimulatedNetwork _network = new();

    [Theory]
    [InlineData(null, "2.05")]
    [InlineData(0u, "2.05")]
    [InlineData(50u, "4.06")]
    public void A_representation_that_accept_does_not_want_becomes_4_06(uint? accept, string code)
    {
        foreach (CoapCode method in new[] { CoapCode.Get, CoapCode.Fetch })
        {
            CoapRequestDelegate[] answers =
            [
                (ref request) => request.Respond(CoapCode.Content, ContentFormat.TextPlain, "text"u8),
                (ref request) => request.Respond(new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, "text"u8.ToArray())),
                (ref request) =>
                {
                    ref CoapMessageWriter writer = ref request.Respond(CoapCode.Content);
                    writer.ContentFormat(ContentFormat.TextPlain);
                    writer.Payload("text"u8);
                },
                (ref request) => request.Defer().Complete(new CoapResponse(CoapCode.Content, ContentFormat.TextPlain, "text"u8.ToArray())),
            ];
            foreach (CoapRequestDelegate answer in answers)
                Assert.Equal(code, Ask(new RecordingHandler { Answer = answer }, method, accept).Code.ToString());
        }
    }

    [Fact]
    public void Errors_and_what_has_no_format_pass_whatever_accept_wants()
    {
        Assert.Equal(CoapCode.NotFound, Ask(RecordingHandler.Responding(CoapCode.NotFound, "no"), CoapCode.Get, 50).Code);
        Assert.Equal(CoapCode.Content, Ask(RecordingHandler.Responding(CoapCode.Content, "any"), CoapCode.Get, 50).Code);
    }

    [Fact]
    public void What_was_done_is_not_denied_because_of_accept()
    {
        var handler = new RecordingHandler { Answer = (ref request) => request.Respond(CoapCode.Changed, ContentFormat.TextPlain, "done"u8) };
        Assert.Equal(CoapCode.Changed, Ask(handler, CoapCode.Post, 50).Code);
    }

    [Fact]
    public void Every_method_of_the_registry_reaches_the_handler_with_its_payload()
    {
        var handler = new RecordingHandler();
        SimulatedEndpoint server = _network.Add(handler);
        RawPeer client = _network.AddRaw();
        for (byte method = 1; method <= 31; method++)
            client.Exchange(server, new WireMessage(MessageType.Confirmable, new CoapCode(method), method) { Path = "/x", Payload = [method] });
        Assert.Equal(Enumerable.Range(1, 31), handler.Requests.Select(r => (int)r.Method.Value));
        Assert.All(handler.Requests, r => Assert.Equal(r.Method.Value, r.Payload.Span[0]));
    }

    // RFC 8132, 2.7: the example of a FETCH, and 3.1: those of iPATCH and PATCH with their errors.
    [Fact]
    public void Fetch_patch_and_ipatch_carry_format_and_body_both_ways()
    {
        var router = new CoapRouter();
        router.Map("/target")
            .On(CoapCode.Fetch, (ref request) => request.Respond(CoapCode.Content, ContentFormat.Json, request.Payload))
            .On(CoapCode.Patch, (ref _) => throw new CoapException(CoapCode.Conflict, "the state does not allow it"))
            .On(CoapCode.IPatch, (ref request) =>
            {
                if (request.ContentFormat != ContentFormat.Json)
                    throw new CoapException(CoapCode.UnsupportedContentFormat, "json only");
                request.Respond(request.Payload.IsEmpty ? CoapCode.UnprocessableEntity : CoapCode.Changed);
            });
        SimulatedEndpoint server = _network.Add(router);
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        CoapResponse fetched = Send(CoapCode.Fetch, ContentFormat.Json, "[\"foo\"]"u8.ToArray());
        Assert.Equal((CoapCode.Content, ContentFormat.Json, "[\"foo\"]"), (fetched.Code, fetched.ContentFormat, fetched.Text));
        Assert.Equal(CoapCode.Conflict, Send(CoapCode.Patch, ContentFormat.Json, [1]).Code);
        Assert.Equal(CoapCode.Changed, Send(CoapCode.IPatch, ContentFormat.Json, [1]).Code);
        Assert.Equal(CoapCode.UnprocessableEntity, Send(CoapCode.IPatch, ContentFormat.Json, []).Code);
        Assert.Equal(CoapCode.UnsupportedContentFormat, Send(CoapCode.IPatch, ContentFormat.Cbor, [1]).Code);

        CoapResponse Send(CoapCode method, ContentFormat format, byte[] body) =>
            _network.Await(server.SeenBy(client).SendAsync(new CoapRequest(method, "/target") { ContentFormat = format, Payload = body }));
    }

    [Fact]
    public void Options_of_a_request_and_a_response_arrive_in_the_order_of_their_numbers()
    {
        var handler = new RecordingHandler
        {
            Answer = (ref request) =>
            {
                var response = new CoapResponse(CoapCode.Created) { Payload = new byte[1] };
                response.Options.Add(CoapOptionNumber.LocationQuery, "q").Add(CoapOptionNumber.MaxAge, 7u).Add(CoapOptionNumber.LocationPath, "a").Add(CoapOptionNumber.LocationPath, "b");
                request.Respond(response);
            },
        };
        SimulatedEndpoint server = _network.Add(handler);
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        var request = new CoapRequest(CoapCode.Post, "/x/y?z") { Accept = ContentFormat.Json, ContentFormat = ContentFormat.Cbor, Observe = 1 };
        request.Options.Add((CoapOptionNumber)65000, "last").Add((CoapOptionNumber)2, "first");
        CoapResponse response = _network.Await(server.SeenBy(client).SendAsync(request));
        Assert.Equal(("/a/b", "?q", 7.0), (response.LocationPath, response.LocationQuery, response.MaxAge.TotalSeconds));
        ReceivedRequest received = Assert.Single(handler.Requests);
        Assert.Equal([2, 6, 11, 11, 12, 15, 17, 65000], received.Options.Select(o => (int)o.Key));
        Assert.Equal(("/x/y", ContentFormat.Cbor), (received.Path, received.ContentFormat));
    }

    private WireMessage Ask(RecordingHandler handler, CoapCode method, uint? accept)
    {
        RawPeer client = _network.AddRaw();
        var request = new WireMessage(MessageType.Confirmable, method, client.NextMessageId());
        request.Options.Set(CoapOptionNumber.Accept, accept);
        return client.Exchange(_network.Add(handler), request);
    }
}
