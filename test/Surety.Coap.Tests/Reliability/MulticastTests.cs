using System.Net;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>RFC 7252, 8.1, 8.2: requests to a group.</summary>
public sealed class MulticastTests
{
    private static readonly IPEndPoint Group = new(IPAddress.Parse("224.0.1.187"), CoapUri.DefaultPort);

    private readonly SimulatedNetwork _network = new();
    private readonly RecordingHandler _handler = new();
    private readonly SimulatedEndpoint _server;
    private readonly RawPeer _client;

    public MulticastTests()
    {
        _server = _network.Add(_handler);
        _client = _network.AddRaw();
    }

    [Fact]
    public void Responses_are_spread_over_the_leisure_and_non_confirmable()
    {
        var delays = new List<long>();
        for (ushort i = 0; i < 300; i++)
        {
            long start = _network.Now;
            _server.ReceiveMulticast(_client.LocalEndPoint, new WireMessage(MessageType.NonConfirmable, CoapCode.Get, i) { Token = [(byte)i] }.ToBytes());
            WireMessage response = _client.Receive();
            Assert.Equal((MessageType.NonConfirmable, CoapCode.Content), (response.Type, response.Code));
            Assert.Equal([(byte)i], response.Token);
            delays.Add(_network.Now - start - 10);
        }

        Assert.InRange(delays.Min(), 0, 200);
        Assert.InRange(delays.Max(), 4800, 5016);
        Assert.InRange(delays.Average(), 2000, 3000);
    }

    [Theory]
    [InlineData("40 01 1234")] // a Confirmable request is none to a group
    [InlineData("40 00 1234")] // a ping
    [InlineData("40 01 1234 ff")] // format errors
    [InlineData("50 01 1234 ff")]
    [InlineData("50 01 1234 d0 00")] // a critical option
    [InlineData("50 45 1234")] // a response
    [InlineData("40 45 1234")]
    [InlineData("40 e1 1234")]
    [InlineData("50 01 1234 d1 16 78")] // Proxy-Uri: an error is not answered
    public void What_deserves_no_success_gets_no_answer_at_all(string hex)
    {
        _server.ReceiveMulticast(_client.LocalEndPoint, Hex.Bytes(hex));
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(_client.Received);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void What_was_answered_to_one_is_not_said_again_to_a_group()
    {
        // A response that nobody waits for is rejected; the Reset is kept for its repetition (RFC 7252, 4.5).
        _client.SendHex(_server, "40 45 1234");
        Assert.Equal(MessageType.Reset, _client.Receive().Type);
        _server.ReceiveMulticast(_client.LocalEndPoint, Hex.Bytes("50 01 1234"));
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(_client.Received);
    }

    [Fact]
    public void Errors_are_not_answered()
    {
        _handler.Answer = (ref request) => request.RespondError(CoapCode.NotFound, "not here");
        _server.ReceiveMulticast(_client.LocalEndPoint, new WireMessage(MessageType.NonConfirmable, CoapCode.Get, 1).ToBytes());
        _handler.Answer = (ref _) => throw new InvalidOperationException("a fault");
        _server.ReceiveMulticast(_client.LocalEndPoint, new WireMessage(MessageType.NonConfirmable, CoapCode.Get, 2).ToBytes());
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(2, _handler.Requests.Count);
        Assert.Empty(_client.Received);
    }

    [Fact]
    public void A_deferred_response_is_sent_at_leisure_and_a_deferred_error_not_at_all()
    {
        _handler.Answer = (ref request) => _handler.Deferred.Add(request.Defer());
        _server.ReceiveMulticast(_client.LocalEndPoint, new WireMessage(MessageType.NonConfirmable, CoapCode.Get, 1).ToBytes());
        _server.ReceiveMulticast(_client.LocalEndPoint, new WireMessage(MessageType.NonConfirmable, CoapCode.Get, 2).ToBytes());
        _handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        _handler.Deferred[1].Complete(CoapResponse.Error(CoapCode.NotFound, "no"));
        long start = _network.Now;
        WireMessage response = _client.Receive();
        Assert.Equal((MessageType.NonConfirmable, CoapCode.Content), (response.Type, response.Code));
        Assert.True(_network.Now - start > 10);
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(_client.Received);
        Assert.Equal(1, _server.Statistics.Sent);
    }

    [Fact]
    public void A_repeated_request_is_handled_once()
    {
        byte[] request = new WireMessage(MessageType.NonConfirmable, CoapCode.Get, 1).ToBytes();
        _server.ReceiveMulticast(_client.LocalEndPoint, request);
        _server.ReceiveMulticast(_client.LocalEndPoint, request);
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Single(_client.Received);
        Assert.Single(_handler.Requests);
    }

    [Fact]
    public void An_observation_is_not_begun_by_a_multicast_request()
    {
        var relations = new ObserveRelations();
        _handler.Answer = (ref request) =>
        {
            Assert.Null(relations.Apply(request));
            request.Respond(CoapCode.Content);
        };
        var request = new WireMessage(MessageType.NonConfirmable, CoapCode.Get, 1);
        request.Options.Add(CoapOptionNumber.Observe, 0u);
        _server.ReceiveMulticast(_client.LocalEndPoint, request.ToBytes());
        Assert.Single(_handler.Requests);
        Assert.Equal(0, relations.Count);
    }

    [Fact]
    public void A_flood_of_multicast_requests_keeps_bounded_state()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] address = [172, 16, (byte)random.Next(256), (byte)random.Next(256)];
            _server.ReceiveMulticast(new IPEndPoint(new IPAddress(address), 1000 + i), new WireMessage(MessageType.NonConfirmable, CoapCode.Get, (ushort)i).ToBytes());
        }

        Assert.Equal(0, _server.PeerCount);
        _network.Run(TimeSpan.FromSeconds(6));
        Assert.Equal(1024, _server.Statistics.Sent);
    }

    [Fact]
    public void A_request_of_ours_to_a_group_is_non_confirmable_and_takes_the_responses_of_all()
    {
        SimulatedEndpoint[] servers = [_server, _network.Add(new RecordingHandler()), _network.Add(new RecordingHandler())];
        foreach (SimulatedEndpoint server in servers)
            server.Join(Group.Address);
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        var request = new ProbeMessage();
        client.Send(PeerKey.FromAddress(Group), request);
        _network.RunUntil(() => request.Responses.Count == 3);
        Assert.Equal(MessageType.NonConfirmable, _network.Sent[0].Type);
        Assert.Equal(servers.Select(s => s.SeenBy(client).Key).Order(Comparer<PeerKey>.Create((a, b) => string.CompareOrdinal($"{a}", $"{b}"))), request.Responders.Select(p => p.Key).Order(Comparer<PeerKey>.Create((a, b) => string.CompareOrdinal($"{a}", $"{b}"))));
        Assert.Null(request.Failure);
        _network.RunUntil(() => request.Failure is not null);
        Assert.InRange(_network.Now, 144_000, 146_000);
    }

    [Fact]
    public void A_late_responder_is_heard_after_the_first_ones()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        var request = new ProbeMessage { Token = new CoapToken([0x86]) };
        client.Send(PeerKey.FromAddress(Group), request);
        _client.Send(client, new WireMessage(MessageType.NonConfirmable, CoapCode.Content, 1) { Token = [0x86] });
        _network.Run(TimeSpan.FromSeconds(60));
        _network.AddRaw().Send(client, new WireMessage(MessageType.NonConfirmable, CoapCode.Content, 1) { Token = [0x86] });
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(2, request.Responses.Count);
    }

    [Fact]
    public void Message_ids_to_groups_and_to_single_peers_do_not_overlap()
    {
        var ids = new MessageIds(new Random(5));
        PeerKey[] peers = [.. Enumerable.Range(1, 20).Select(i => PeerKey.FromAddress(new IPEndPoint(new IPAddress([10, 0, 0, (byte)i]), 5683)))];
        var unicast = new HashSet<ushort>(Enumerable.Range(0, 5000).SelectMany(_ => peers.Select(p => ids.Next(p))));
        var multicast = new HashSet<ushort>(Enumerable.Range(0, 5000).Select(_ => ids.Next(PeerKey.FromAddress(Group))));
        Assert.Empty(unicast.Intersect(multicast));
        Assert.Equal(4096, multicast.Count);
    }

    [Fact]
    public void Message_ids_to_one_peer_repeat_only_after_all_others_were_used()
    {
        var ids = new MessageIds(new Random(5));
        PeerKey peer = PeerKey.FromAddress(new IPEndPoint(IPAddress.Loopback, 5683));
        Assert.Equal(0xF000, Enumerable.Range(0, 0xF000).Select(_ => ids.Next(peer)).Distinct().Count());
    }

    [Theory]
    [InlineData("224.0.0.0", true)]
    [InlineData("239.255.255.255", true)]
    [InlineData("223.255.255.255", false)]
    [InlineData("240.0.0.0", false)]
    [InlineData("ff02::fd", true)]
    [InlineData("ff0e::1", true)]
    [InlineData("fe80::1", false)]
    [InlineData("::1", false)]
    public void Multicast_addresses_are_known(string address, bool expected) =>
        Assert.Equal(expected, PeerKey.FromAddress(new IPEndPoint(IPAddress.Parse(address), 5683)).IsMulticast);
}
