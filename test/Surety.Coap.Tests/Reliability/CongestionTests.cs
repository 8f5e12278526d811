using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>RFC 7252, 4.7: NSTART and PROBING_RATE.</summary>
public sealed class CongestionTests
{
    private readonly SimulatedNetwork _network = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_more_than_NSTART_requests_are_outstanding_with_a_peer_and_the_others_follow_in_order(int nStart)
    {
        SimulatedEndpoint client = Add(new TransmissionParameters { NStart = nStart });
        RawPeer server = _network.AddRaw();
        ProbeMessage[] requests = [.. Enumerable.Range(0, 10).Select(i => new ProbeMessage(CoapCode.Get, $"/{i}"))];
        foreach (ProbeMessage request in requests)
            client.Send(server.SeenBy(client).Key, request);
        for (int i = 0; i < 10; i++)
        {
            _network.Run(TimeSpan.FromMilliseconds(100));
            Assert.Equal(Math.Min(nStart, 10 - i), server.Received.Count);
            WireMessage get = server.Receive();
            Assert.Equal($"{i}", get.Options.GetStrings(CoapOptionNumber.UriPath).Single());
            server.Send(client, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId) { Token = get.Token });
        }

        _network.RunUntil(() => requests.All(r => r.IsOver));
        Assert.All(requests, r => Assert.Single(r.Responses));
        Assert.Equal(0, client.Statistics.Retransmissions);
    }

    [Fact]
    public void Peers_do_not_wait_for_each_other()
    {
        SimulatedEndpoint client = Add(new TransmissionParameters());
        RawPeer[] servers = [_network.AddRaw(), _network.AddRaw()];
        foreach (RawPeer server in servers)
            client.Send(server.SeenBy(client).Key, new ProbeMessage());
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.All(servers, server => Assert.Single(server.Received));
    }

    [Fact]
    public void An_empty_acknowledgement_lets_the_next_request_go()
    {
        SimulatedEndpoint client = Add(new TransmissionParameters());
        RawPeer server = _network.AddRaw();
        client.Send(server.SeenBy(client).Key, new ProbeMessage());
        client.Send(server.SeenBy(client).Key, new ProbeMessage());
        server.Send(client, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, server.Receive().MessageId));
        server.Receive(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_failure_lets_the_next_request_go()
    {
        SimulatedEndpoint client = Add(new TransmissionParameters { MaxRetransmit = 0 });
        RawPeer server = _network.AddRaw();
        var first = new ProbeMessage();
        client.Send(server.SeenBy(client).Key, first);
        client.Send(server.SeenBy(client).Key, new ProbeMessage(CoapCode.Get, "/second"));
        _network.RunUntil(() => first.IsOver);
        server.Receive();
        Assert.Equal("second", server.Receive().Options.GetStrings(CoapOptionNumber.UriPath).Single());
    }

    [Fact]
    public void A_separate_response_does_not_wait_for_requests_in_the_other_direction()
    {
        RecordingHandler handler = RecordingHandler.Deferring();
        SimulatedEndpoint server = _network.Add(handler);
        RawPeer client = _network.AddRaw();
        server.Send(client.SeenBy(server).Key, new ProbeMessage());
        client.Receive();
        client.Send(server, new WireMessage(MessageType.Confirmable, CoapCode.Get, 1) { Token = [1] });
        _network.RunUntil(() => client.Received.Any(m => m.Type == MessageType.Acknowledgement));
        client.Clear();
        handler.Deferred[0].Complete(new CoapResponse(CoapCode.Content));
        _network.RunUntil(() => client.Received.Any(m => m.Code == CoapCode.Content), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(10.0)]
    public void A_peer_that_does_not_answer_is_sent_no_more_than_PROBING_RATE(double rate)
    {
        SimulatedEndpoint client = Add(new TransmissionParameters { ProbingRate = rate });
        RawPeer server = _network.AddRaw();
        for (int i = 0; i < 50; i++)
            client.Send(server.SeenBy(client).Key, new ProbeMessage(CoapCode.Post, "/p", new byte[50]) { IsConfirmable = false });
        _network.Run(TimeSpan.FromMinutes(30));
        Assert.InRange(_network.Sent.Count, 10, 50);
        int bytes = 0;
        foreach (SimulatedNetwork.Datagram datagram in _network.Sent)
        {
            // What was sent before this one, spread over the time until it, is not more than the rate.
            Assert.True(bytes <= rate * (datagram.SentAt - _network.Sent[0].SentAt) / 1000.0, $"{bytes} bytes before {datagram.SentAt} ms");
            bytes += datagram.Bytes.Length;
        }
    }

    [Fact]
    public void A_late_response_ends_the_probing_at_once()
    {
        SimulatedEndpoint client = Add(new TransmissionParameters());
        RawPeer server = _network.AddRaw();
        client.Send(server.SeenBy(client).Key, new ProbeMessage(CoapCode.Post, "/p", new byte[500]) { IsConfirmable = false });
        client.Send(server.SeenBy(client).Key, new ProbeMessage());
        WireMessage post = server.Receive();
        _network.Run(TimeSpan.FromSeconds(20));
        Assert.Empty(server.Received);
        server.Send(client, new WireMessage(MessageType.NonConfirmable, CoapCode.Changed, 1) { Token = post.Token });
        server.Receive(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void More_than_may_wait_for_a_peer_are_refused()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler(), new CoapEndpointOptions { MaxWaitingPerPeer = 5 });
        RawPeer server = _network.AddRaw();
        ProbeMessage[] requests = [.. Enumerable.Range(0, 10).Select(_ => new ProbeMessage())];
        foreach (ProbeMessage request in requests)
            client.Send(server.SeenBy(client).Key, request);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(4, requests.Count(r => r.Failure == ExchangeFailure.Overloaded));
        Assert.All(requests[..6], r => Assert.False(r.IsOver));
    }

    [Fact]
    public void More_than_may_be_outstanding_in_all_are_refused()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler(), new CoapEndpointOptions { MaxExchanges = 3 });
        ProbeMessage[] requests = [.. Enumerable.Range(0, 5).Select(_ => new ProbeMessage())];
        foreach (ProbeMessage request in requests)
            client.Send(_network.AddRaw().SeenBy(client).Key, request);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(2, requests.Count(r => r.Failure == ExchangeFailure.Overloaded));
        // Their places are free again afterwards.
        _network.RunUntil(() => requests.All(r => r.IsOver));
        var later = new ProbeMessage();
        client.Send(_network.AddRaw().SeenBy(client).Key, later);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.False(later.IsOver);
    }

    [Fact]
    public void Nothing_is_kept_for_a_peer_some_time_after_the_last_exchange()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        for (int i = 0; i < 200; i++)
        {
            RawPeer server = _network.AddRaw();
            client.Send(server.SeenBy(client).Key, new ProbeMessage { IsConfirmable = i % 2 == 0 });
            if (i % 3 == 0)
                server.Send(client, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, server.Receive().MessageId));
        }

        Assert.InRange(client.PeerCount, 190, 200);
        _network.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(0, client.PeerCount);
    }

    private SimulatedEndpoint Add(TransmissionParameters transmission) =>
        _network.Add(new RecordingHandler(), new CoapEndpointOptions { Transmission = transmission });
}
