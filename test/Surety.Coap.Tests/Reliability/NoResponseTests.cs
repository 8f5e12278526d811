using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>RFC 7967: a bit for each class of responses that the client is not interested in: 2 for 2.xx, 8 for 4.xx, 16 for 5.xx.</summary>
public sealed class NoResponseTests
{
    private static readonly CoapCode[] Codes = [CoapCode.Changed, CoapCode.NotFound, CoapCode.ServiceUnavailable];

    private readonly SimulatedNetwork _network = new();

    public static TheoryData<int, int, bool> Combinations
    {
        get
        {
            var data = new TheoryData<int, int, bool>();
            foreach (int value in new[] { -1, 0, 2, 8, 16, 2 | 8, 2 | 16, 8 | 16, 2 | 8 | 16, 127, 4 })
            {
                for (int code = 0; code < Codes.Length; code++)
                {
                    int bit = new[] { 2, 8, 16 }[code];
                    data.Add(value, code, value > 0 && (value & bit) != 0);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_non_confirmable_request_gets_what_it_wants(int value, int code, bool suppressed)
    {
        (SimulatedEndpoint server, RawPeer client) = Add(RecordingHandler.Responding(Codes[code]));
        client.Send(server, Request(MessageType.NonConfirmable, value));
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(suppressed ? [] : [Codes[code]], client.Received.Select(m => m.Code));
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_confirmable_request_is_acknowledged_in_any_case(int value, int code, bool suppressed)
    {
        var handler = RecordingHandler.Responding(Codes[code]);
        (SimulatedEndpoint server, RawPeer client) = Add(handler);
        WireMessage answer = client.Exchange(server, Request(MessageType.Confirmable, value));
        Assert.Equal((MessageType.Acknowledgement, suppressed ? CoapCode.Empty : Codes[code]), (answer.Type, answer.Code));
        Assert.Equal(suppressed ? 0 : 1, answer.Token.Length);
        // And so again when it is repeated.
        Assert.Equal(answer.ToBytes(), client.Exchange(server, Request(MessageType.Confirmable, value)).ToBytes());
        Assert.Single(handler.Requests);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_deferred_response_is_suppressed_alike(int value, int code, bool suppressed)
    {
        foreach (TimeSpan delay in new[] { TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(3) })
        {
            RecordingHandler handler = RecordingHandler.Deferring();
            (SimulatedEndpoint server, RawPeer client) = Add(handler);
            client.Send(server, Request(MessageType.Confirmable, value));
            _network.Run(delay);
            handler.Deferred[0].Complete(new CoapResponse(Codes[code]));
            _network.Run(TimeSpan.FromSeconds(1));
            bool wasAcknowledged = delay > TimeSpan.FromSeconds(1);
            Assert.Equal(suppressed ? [CoapCode.Empty] : wasAcknowledged ? [CoapCode.Empty, Codes[code]] : [Codes[code]], client.Received.Select(m => m.Code));
        }
    }

    [Fact]
    public void A_request_of_ours_that_wants_nothing_is_done_when_it_is_acknowledged()
    {
        (SimulatedEndpoint server, _) = Add(new RecordingHandler());
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        var request = new CoapRequest(CoapCode.Put, "/x");
        request.Options.Set(CoapOptionNumber.NoResponse, 26);
        CoapResponse response = _network.Await(server.SeenBy(client).SendAsync(request));
        Assert.Equal(CoapCode.Empty, response.Code);
        Assert.Equal(2, _network.Sent.Count);
    }

    [Fact]
    public void A_non_confirmable_request_of_ours_that_wants_nothing_is_done_when_it_is_sent()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        var request = new CoapRequest(CoapCode.Put, "/x") { Confirmable = false };
        request.Options.Set(CoapOptionNumber.NoResponse, 26);
        CoapResponse response = _network.Await(_network.AddRaw().SeenBy(client).SendAsync(request));
        Assert.Equal(CoapCode.Empty, response.Code);
        Assert.Single(_network.Sent);
    }

    [Fact]
    public void Of_a_body_in_blocks_only_the_last_block_wants_no_response()
    {
        byte[] body = new byte[3000];
        var handler = new RecordingHandler();
        (SimulatedEndpoint server, _) = Add(handler);
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        var request = new CoapRequest(CoapCode.Put, "/x") { Payload = body };
        request.Options.Set(CoapOptionNumber.NoResponse, 26);
        _network.Await(server.SeenBy(client).SendAsync(request));
        Assert.Equal(body, Assert.Single(handler.Requests).Payload.ToArray());
        Assert.Equal([false, false, true], _network.Sent.Where(d => d.Code == CoapCode.Put).Select(d => d.Parse().Options.Contains(CoapOptionNumber.NoResponse)));
    }

    private (SimulatedEndpoint Server, RawPeer Client) Add(RecordingHandler handler) => (_network.Add(handler), _network.AddRaw());

    private static WireMessage Request(MessageType type, int value)
    {
        var request = new WireMessage(type, CoapCode.Put, 7) { Token = [5] };
        if (value >= 0)
            request.Options.Add(CoapOptionNumber.NoResponse, (uint)value);
        return request;
    }
}
