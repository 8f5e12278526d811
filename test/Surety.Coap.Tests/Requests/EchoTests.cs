using System.Net;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Requests;

/// <summary>RFC 9175, 2: freshness of requests and reachability of those who send them.</summary>
public sealed class EchoTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly RecordingHandler _lock = new();
    private readonly RawPeer _client;
    private readonly SimulatedEndpoint _server;

    public EchoTests()
    {
        _lock.Answer = (ref request) =>
        {
            if (request.RequireEcho())
                request.Respond(CoapCode.Changed);
        };
        _server = _network.Add(_lock);
        _client = _network.AddRaw();
    }

    // Figure 1.
    [Fact]
    public void A_request_without_proof_gets_4_01_with_a_challenge_and_with_it_is_done()
    {
        WireMessage challenge = Put(null);
        Assert.Equal(CoapCode.Unauthorized, challenge.Code);
        byte[] echo = Echo(challenge);
        Assert.InRange(echo.Length, 1, 40);
        Assert.Equal(CoapCode.Changed, Put(echo).Code);
        // The same value may be used for several requests (2.4).
        Assert.Equal(CoapCode.Changed, Put(echo).Code);
    }

    [Fact]
    public void A_challenge_is_fresh_for_a_while_only()
    {
        byte[] echo = Echo(Put(null));
        _network.Run(TimeSpan.FromSeconds(99));
        Assert.Equal(CoapCode.Changed, Put(echo).Code);
        _network.Run(TimeSpan.FromSeconds(2));
        WireMessage stale = Put(echo);
        Assert.Equal(CoapCode.Unauthorized, stale.Code);
        Assert.NotEqual(echo, Echo(stale));
        Assert.Equal(CoapCode.Changed, Put(Echo(stale)).Code);
    }

    [Fact]
    public void The_challenge_of_another_peer_another_port_or_another_server_proves_nothing()
    {
        byte[] echo = Echo(Put(null));
        RawPeer other = _network.AddRaw();
        Assert.Equal(CoapCode.Unauthorized, other.Exchange(_server, Request(other, echo)).Code);
        SimulatedEndpoint server = _network.Add(_lock);
        Assert.Equal(CoapCode.Unauthorized, _client.Exchange(server, Request(_client, echo)).Code);

        var challenge = new EchoChallenge();
        Span<byte> value = stackalloc byte[EchoChallenge.Length];
        PeerKey peer = PeerKey.FromAddress(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 1000));
        challenge.Write(peer, 5000, value);
        Assert.True(challenge.IsFresh(peer, 5000, value));
        Assert.False(challenge.IsFresh(PeerKey.FromAddress(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 1001)), 5000, value));
        Assert.False(challenge.IsFresh(PeerKey.FromAddress(new IPEndPoint(IPAddress.Parse("10.0.0.2"), 1000)), 5000, value));
        // From the future.
        Assert.False(challenge.IsFresh(peer, 4999, value));
    }

    [Fact]
    public void A_challenge_that_was_changed_proves_nothing()
    {
        byte[] echo = Echo(Put(null));
        for (int i = 0; i < echo.Length; i++)
        {
            byte[] changed = [.. echo];
            changed[i] ^= 1;
            Assert.Equal(CoapCode.Unauthorized, Put(changed).Code);
        }

        Assert.Equal(CoapCode.Unauthorized, Put(echo[..^1]).Code);
        Assert.Equal(CoapCode.Unauthorized, Put([.. echo, 0]).Code);
        Assert.Equal(CoapCode.Changed, Put(echo).Code);
    }

    [Fact]
    public void Our_client_repeats_the_request_with_the_challenge()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        CoapResponse response = _network.Await(_server.SeenBy(client).SendAsync(new CoapRequest(CoapCode.Put, "/lock") { Payload = "0"u8.ToArray() }));
        Assert.Equal(CoapCode.Changed, response.Code);
        WireMessage[] requests = [.. _network.Sent.Where(d => d.Code == CoapCode.Put).Select(d => d.Parse())];
        Assert.Equal(2, requests.Length);
        Assert.Equal("0", requests[1].Text);
        Assert.Equal(Echo(_network.Sent[1].Parse()), Echo(requests[1]));
        Assert.NotEqual(requests[0].Token, requests[1].Token);
    }

    [Fact]
    public void Our_client_proves_itself_once_for_a_whole_body_in_blocks()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        _network.Await(_server.SeenBy(client).SendAsync(new CoapRequest(CoapCode.Put, "/lock") { Payload = new byte[5000] }));
        // Five blocks, of which the last was challenged.
        Assert.Equal(6, _network.Sent.Count(d => d.Code == CoapCode.Put));
        Assert.Equal(5000, _lock.Requests[^1].Payload.Length);
    }

    [Fact]
    public void Our_client_gives_up_when_its_proof_is_not_taken()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        Task<CoapResponse> sending = _client.SeenBy(client).SendAsync(new CoapRequest(CoapCode.Put, "/lock"));
        for (int i = 0; i < 2; i++)
        {
            WireMessage put = _client.Receive();
            var answer = new WireMessage(MessageType.Acknowledgement, CoapCode.Unauthorized, put.MessageId) { Token = put.Token };
            answer.Options.Add(CoapOptionNumber.Echo, new byte[] { (byte)i });
            _client.Send(client, answer);
        }

        Assert.Equal(CoapCode.Unauthorized, _network.Await(sending).Code);
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(_client.Received);
    }

    // RFC 9175, 2.4, item 3, and 2.6.
    [Fact]
    public void Amplification_is_mitigated_for_large_answers_only()
    {
        int length = 100;
        var handler = new RecordingHandler { Answer = (ref request) => request.Respond(CoapCode.Content, ContentFormat.OctetStream, new byte[length]) };
        SimulatedEndpoint server = _network.Add(handler, new CoapEndpointOptions { MitigateAmplification = true });
        Assert.Equal(CoapCode.Content, _client.Exchange(server, Get(null)).Code);
        length = 1000;
        WireMessage challenge = _client.Exchange(server, Get(null));
        Assert.Equal(CoapCode.Unauthorized, challenge.Code);
        Assert.True(challenge.ToBytes().Length <= 136);
        Assert.Equal(1000, _client.Exchange(server, Get(Echo(challenge))).Payload.Length);
        // Three times a long request is more.
        length = 300;
        Assert.Equal(CoapCode.Content, _client.Exchange(server, Get(null, new string('q', 150))).Code);
    }

    [Fact]
    public void With_mitigation_a_request_that_changes_something_is_done_once_and_only_with_proof()
    {
        var handler = new RecordingHandler { Answer = (ref request) => request.Respond(CoapCode.Changed, ContentFormat.OctetStream, new byte[1000]) };
        SimulatedEndpoint server = _network.Add(handler, new CoapEndpointOptions { MitigateAmplification = true });
        WireMessage challenge = _client.Exchange(server, Request(_client, null));
        Assert.Equal(CoapCode.Unauthorized, challenge.Code);
        Assert.Empty(handler.Requests);
        Assert.Equal(CoapCode.Changed, _client.Exchange(server, Request(_client, Echo(challenge))).Code);
        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData(MessageType.Confirmable, 0.1)]
    [InlineData(MessageType.Confirmable, 5)]
    [InlineData(MessageType.NonConfirmable, 0.1)]
    public void With_mitigation_a_large_deferred_answer_becomes_a_challenge_that_is_never_retransmitted(MessageType type, double seconds)
    {
        RecordingHandler handler = RecordingHandler.Deferring();
        SimulatedEndpoint server = _network.Add(handler, new CoapEndpointOptions { MitigateAmplification = true });
        _client.Send(server, new WireMessage(type, CoapCode.Get, 9) { Token = [1] });
        _network.Run(TimeSpan.FromSeconds(seconds));
        _client.Clear();
        handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content) { Payload = new byte[1000] });
        WireMessage challenge = _client.Receive();
        Assert.Equal(CoapCode.Unauthorized, challenge.Code);
        Assert.NotEqual(MessageType.Confirmable, challenge.Type);
        Assert.NotEmpty(Echo(challenge));
        _network.Run(TimeSpan.FromMinutes(2));
        Assert.Empty(_client.Received);
    }

    [Fact]
    public void With_mitigation_a_small_deferred_answer_is_sent_reliably()
    {
        RecordingHandler handler = RecordingHandler.Deferring();
        SimulatedEndpoint server = _network.Add(handler, new CoapEndpointOptions { MitigateAmplification = true });
        _client.Send(server, new WireMessage(MessageType.Confirmable, CoapCode.Get, 9) { Token = [1] });
        _network.Run(TimeSpan.FromSeconds(5));
        _client.Clear();
        handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content) { Payload = new byte[50] });
        Assert.Equal((MessageType.Confirmable, CoapCode.Content), (_client.Receive() is var m ? m.Type : default, m.Code));
    }

    [Fact]
    public void With_mitigation_our_client_gets_through()
    {
        SimulatedEndpoint server = _network.Add(Blockwise.Bodies.Serve(new byte[5000]), new CoapEndpointOptions { MitigateAmplification = true });
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        Assert.Equal(5000, _network.Await(server.SeenBy(client).SendAsync(new CoapRequest(CoapCode.Get, "/body"))).Payload.Length);
        Assert.Equal(CoapCode.Changed, _network.Await(server.SeenBy(client).SendAsync(new CoapRequest(CoapCode.Post, "/body") { Payload = new byte[5000] })).Code);
    }

    private WireMessage Put(byte[]? echo) => _client.Exchange(_server, Request(_client, echo));

    private static WireMessage Request(RawPeer peer, byte[]? echo)
    {
        var put = new WireMessage(MessageType.Confirmable, CoapCode.Put, peer.NextMessageId()) { Path = "/lock", Payload = [0] };
        if (echo is not null)
            put.Options.Add(CoapOptionNumber.Echo, echo);
        return put;
    }

    private WireMessage Get(byte[]? echo, string query = "")
    {
        var get = new WireMessage(MessageType.Confirmable, CoapCode.Get, _client.NextMessageId()) { Path = $"/x?{query}" };
        if (echo is not null)
            get.Options.Add(CoapOptionNumber.Echo, echo);
        return get;
    }

    private static byte[] Echo(WireMessage message) => message.Options.TryGet(CoapOptionNumber.Echo, out ReadOnlyMemory<byte> echo) ? echo.ToArray() : [];
}
