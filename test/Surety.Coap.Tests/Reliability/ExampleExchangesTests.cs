using System.Net;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>The message flows of RFC 7252, appendix A, with their bytes, from both sides.</summary>
public sealed class ExampleExchangesTests
{
    private const string Temperature = "bb 74656d7065726174757265";
    private const string Reading = "ff 32322e332043";

    private readonly SimulatedNetwork _network = new();
    private readonly RecordingHandler _handler = RecordingHandler.Responding(CoapCode.Content, "22.3 C");

    [Theory]
    [InlineData("40 01 7d34", "60 45 7d34")] // figure 16
    [InlineData("41 01 7d35 20", "61 45 7d35 20")] // figure 17
    public void A_confirmable_request_gets_a_piggybacked_response(string request, string response)
    {
        SimulatedEndpoint server = _network.Add(_handler);
        RawPeer client = _network.AddRaw();
        client.SendHex(server, $"{request} {Temperature}");
        Assert.Equal(Hex.Bytes($"{response} {Reading}"), client.Receive().ToBytes());
        Assert.Equal("/temperature", Assert.Single(_handler.Requests).Path);
    }

    [Fact]
    public void Figure_18_a_lost_request_is_retransmitted()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        SimulatedEndpoint server = _network.Add(_handler);
        _network.Filter = datagram => _network.Sent.Count > 1;
        var request = new ProbeMessage(CoapCode.Get, "/temperature");
        client.Send(server.SeenBy(client).Key, request);
        _network.RunUntil(() => request.IsOver);
        Assert.Equal("22.3 C", Assert.Single(request.Responses).Text);
        Assert.Equal(_network.Sent[0].Bytes, _network.Sent[1].Bytes);
        Assert.InRange(_network.Sent[1].SentAt, 2000, 3016);
        Assert.Single(_handler.Requests);
    }

    [Fact]
    public void Figure_19_a_lost_acknowledgement_is_repeated_and_the_request_handled_once()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        SimulatedEndpoint server = _network.Add(_handler);
        _network.Filter = datagram => _network.Sent.Count != 2;
        var request = new ProbeMessage(CoapCode.Get, "/temperature");
        client.Send(server.SeenBy(client).Key, request);
        _network.RunUntil(() => request.IsOver);
        Assert.Equal("22.3 C", Assert.Single(request.Responses).Text);
        Assert.Equal(4, _network.Sent.Count);
        Assert.Equal(_network.Sent[1].Bytes, _network.Sent[3].Bytes);
        Assert.Single(_handler.Requests);
        Assert.Equal(1, server.Statistics.Duplicates);
    }

    [Fact]
    public void Figure_20_a_separate_response_follows_an_empty_acknowledgement()
    {
        RecordingHandler handler = RecordingHandler.Deferring();
        SimulatedEndpoint server = _network.Add(handler);
        RawPeer client = _network.AddRaw();
        client.SendHex(server, $"41 01 7d38 53 {Temperature}");
        Assert.Equal(Hex.Bytes("60 00 7d38"), client.Receive().ToBytes());

        handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content) { Payload = "22.3 C"u8.ToArray() });
        WireMessage response = client.Receive();
        Assert.Equal(MessageType.Confirmable, response.Type);
        Assert.Equal(Hex.Bytes($"41 45 {response.MessageId:x4} 53 {Reading}"), response.ToBytes());

        client.SendHex(server, $"60 00 {response.MessageId:x4}");
        _network.Run(TimeSpan.FromMinutes(5));
        Assert.Empty(client.Received);
        Assert.Equal(0, server.Statistics.Retransmissions);
    }

    [Fact]
    public void Figure_20_seen_from_the_client()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        RawPeer server = _network.AddRaw();
        var request = new ProbeMessage(CoapCode.Get, "/temperature") { Token = new CoapToken([0x53]) };
        client.Send(server.SeenBy(client).Key, request);
        WireMessage get = server.Receive();
        server.SendHex(client, $"60 00 {get.MessageId:x4}");
        server.SendHex(client, $"41 45 ad7b 53 {Reading}");
        Assert.Equal(Hex.Bytes("60 00 ad7b"), server.Receive().ToBytes());
        Assert.Equal("22.3 C", Assert.Single(request.Responses).Text);
    }

    [Fact]
    public void Figure_21_an_unexpected_response_is_reset_and_an_unexpected_acknowledgement_ignored()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        RawPeer server = _network.AddRaw();
        server.SendHex(client, "60 00 7d39");
        server.SendHex(client, $"41 45 ad7c 64 {Reading}");
        Assert.Equal(Hex.Bytes("70 00 ad7c"), server.Receive().ToBytes());
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(server.Received);
        Assert.Equal(1, client.Statistics.Strays);
    }

    [Fact]
    public void Figure_22_a_non_confirmable_request_gets_a_non_confirmable_response()
    {
        SimulatedEndpoint server = _network.Add(_handler);
        RawPeer client = _network.AddRaw();
        client.SendHex(server, $"51 01 7d40 75 {Temperature}");
        WireMessage response = client.Receive();
        Assert.Equal(Hex.Bytes($"51 45 {response.MessageId:x4} 75 {Reading}"), response.ToBytes());
        _network.Run(TimeSpan.FromMinutes(5));
        Assert.Empty(client.Received);
    }

    [Fact]
    public void Figure_23_a_multicast_request_gets_the_responses_of_those_that_have_the_resource()
    {
        var group = new IPEndPoint(IPAddress.Parse("224.0.1.187"), CoapUri.DefaultPort);
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        SimulatedEndpoint a = _network.Add(_handler);
        SimulatedEndpoint b = _network.Add(RecordingHandler.Responding(CoapCode.Content, "20.9 C"));
        SimulatedEndpoint c = _network.Add(RecordingHandler.Responding(CoapCode.NotFound));
        foreach (SimulatedEndpoint server in new[] { a, b, c })
            server.Join(group.Address);
        _network.Filter = datagram => !datagram.From.Equals(b.LocalEndPoint);

        var request = new ProbeMessage(CoapCode.Get, "/temperature") { IsConfirmable = false, Token = new CoapToken([0x86]) };
        client.Send(PeerKey.FromAddress(group), request);
        _network.RunUntil(() => request.Failure is not null);
        Assert.Equal("22.3 C", Assert.Single(request.Responses).Text);
        Assert.Equal(a.SeenBy(client), Assert.Single(request.Responders));
        Assert.Equal(1, b.Statistics.Sent);
        // Of what the figure lets C do, 8.2 prefers silence.
        Assert.Equal(0, c.Statistics.Sent);
    }
}
