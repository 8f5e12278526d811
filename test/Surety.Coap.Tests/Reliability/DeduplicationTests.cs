using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>RFC 7252, 4.5: a repeated message is answered as the first time, and handled once.</summary>
public sealed class DeduplicationTests
{
    private readonly SimulatedNetwork _network = new();

    [Theory]
    [InlineData(2)] // POST
    [InlineData(3)] // PUT
    [InlineData(4)] // DELETE
    [InlineData(6)] // PATCH
    [InlineData(7)] // iPATCH
    [InlineData(1)] // GET
    [InlineData(5)] // FETCH
    public void A_repeated_confirmable_request_gets_the_same_answer_and_is_handled_once(int method)
    {
        int count = 0;
        var handler = new RecordingHandler { Answer = (ref request) => request.Respond(CoapCode.Changed).Payload([(byte)++count]) };
        SimulatedEndpoint server = _network.Add(handler);
        RawPeer client = _network.AddRaw();
        var message = new WireMessage(MessageType.Confirmable, new CoapCode((byte)method), 77) { Token = [1, 2], Path = "/x" };
        byte[] first = client.Exchange(server, message).ToBytes();
        for (int i = 0; i < 4; i++)
            Assert.Equal(first, client.Exchange(server, message).ToBytes());
        Assert.Equal(1, count);
        Assert.Equal(4, server.Statistics.Duplicates);
        Assert.Equal(1, server.Statistics.Requests);
    }

    [Fact]
    public void Just_before_EXCHANGE_LIFETIME_ends_a_confirmable_request_is_still_known_and_after_it_not()
    {
        var handler = new RecordingHandler();
        SimulatedEndpoint server = _network.Add(handler);
        RawPeer client = _network.AddRaw();
        var message = new WireMessage(MessageType.Confirmable, CoapCode.Post, 77);
        client.Exchange(server, message);
        _network.Run(TimeSpan.FromSeconds(246.9));
        client.Exchange(server, message);
        Assert.Single(handler.Requests);
        _network.Run(TimeSpan.FromSeconds(0.5));
        client.Exchange(server, message);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public void A_repeated_non_confirmable_request_is_ignored_until_NON_LIFETIME_ends()
    {
        var handler = new RecordingHandler();
        SimulatedEndpoint server = _network.Add(handler);
        RawPeer client = _network.AddRaw();
        var message = new WireMessage(MessageType.NonConfirmable, CoapCode.Post, 77);
        client.Exchange(server, message);
        _network.Run(TimeSpan.FromSeconds(144.9));
        client.Send(server, message);
        _network.Run(TimeSpan.FromSeconds(0.1));
        Assert.Single(handler.Requests);
        Assert.Empty(client.Received);
        _network.Run(TimeSpan.FromSeconds(0.5));
        client.Exchange(server, message);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public void The_same_message_id_of_another_peer_is_another_message()
    {
        var handler = new RecordingHandler();
        SimulatedEndpoint server = _network.Add(handler);
        var message = new WireMessage(MessageType.Confirmable, CoapCode.Post, 77);
        for (int i = 0; i < 50; i++)
            _network.AddRaw().Exchange(server, message);
        Assert.Equal(50, handler.Requests.Count);
        Assert.Equal(0, server.Statistics.Duplicates);
    }

    [Fact]
    public void A_request_that_is_in_hand_is_not_handled_again_and_its_duplicates_wait()
    {
        RecordingHandler handler = RecordingHandler.Deferring();
        SimulatedEndpoint server = _network.Add(handler);
        RawPeer client = _network.AddRaw();
        var message = new WireMessage(MessageType.Confirmable, CoapCode.Post, 77) { Token = [9] };
        client.Send(server, message);
        client.Send(server, message);
        _network.Run(TimeSpan.FromMilliseconds(500));
        Assert.Empty(client.Received);
        Assert.Single(handler.Deferred);

        handler.Deferred[0].Complete(new CoapResponse(CoapCode.Changed));
        WireMessage answer = client.Receive();
        Assert.Equal((MessageType.Acknowledgement, CoapCode.Changed, 77), (answer.Type, answer.Code, answer.MessageId));
        Assert.Equal(answer.ToBytes(), client.Exchange(server, message).ToBytes());
    }

    [Fact]
    public void After_an_empty_acknowledgement_a_duplicate_gets_an_empty_acknowledgement_even_when_the_response_was_sent()
    {
        RecordingHandler handler = RecordingHandler.Deferring();
        SimulatedEndpoint server = _network.Add(handler);
        RawPeer client = _network.AddRaw();
        var message = new WireMessage(MessageType.Confirmable, CoapCode.Post, 77) { Token = [9] };
        client.Send(server, message);
        Assert.Equal(Hex.Bytes("60 00 004d"), client.Receive().ToBytes());
        Assert.Equal(Hex.Bytes("60 00 004d"), client.Exchange(server, message).ToBytes());

        handler.Deferred[0].Complete(new CoapResponse(CoapCode.Changed));
        WireMessage response = client.Receive();
        Assert.Equal(MessageType.Confirmable, response.Type);
        client.Send(server, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, response.MessageId));
        // RFC 7252, 5.2.2: never in another acknowledgement.
        Assert.Equal(Hex.Bytes("60 00 004d"), client.Exchange(server, message).ToBytes());
        Assert.Single(handler.Deferred);
    }

    [Fact]
    public void A_repeated_confirmable_response_is_acknowledged_again_and_delivered_once()
    {
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        RawPeer server = _network.AddRaw();
        var request = new ProbeMessage();
        client.Send(server.SeenBy(client).Key, request);
        WireMessage get = server.Receive();
        var response = new WireMessage(MessageType.Confirmable, CoapCode.Content, 500) { Token = get.Token };
        for (int i = 0; i < 3; i++)
            Assert.Equal(Hex.Bytes("60 00 01f4"), server.Exchange(client, response).ToBytes());
        Assert.Single(request.Responses);
        Assert.Equal(0, client.Statistics.Strays);
    }

    [Fact]
    public void A_repeated_stray_is_reset_again_and_shown_to_the_handler_once()
    {
        var handler = new RecordingHandler();
        SimulatedEndpoint client = _network.Add(handler);
        RawPeer server = _network.AddRaw();
        var response = new WireMessage(MessageType.Confirmable, CoapCode.Content, 500) { Token = [1, 2, 3] };
        Assert.Equal(Hex.Bytes("70 00 01f4"), server.Exchange(client, response).ToBytes());
        Assert.Equal(Hex.Bytes("70 00 01f4"), server.Exchange(client, response).ToBytes());
        Assert.Single(handler.Notifications);
    }

    [Fact]
    public void A_large_answer_to_a_safe_request_is_not_kept_and_the_request_handled_again()
    {
        var handler = new RecordingHandler { Answer = (ref request) => request.Respond(CoapCode.Content).Payload(new byte[500]) };
        SimulatedEndpoint server = _network.Add(handler);
        RawPeer client = _network.AddRaw();
        var message = new WireMessage(MessageType.Confirmable, CoapCode.Get, 77);
        Assert.Equal(client.Exchange(server, message).ToBytes(), client.Exchange(server, message).ToBytes());
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public void A_large_answer_to_an_unsafe_request_is_kept()
    {
        var handler = new RecordingHandler { Answer = (ref request) => request.Respond(CoapCode.Changed).Payload(new byte[1000]) };
        SimulatedEndpoint server = _network.Add(handler);
        RawPeer client = _network.AddRaw();
        var message = new WireMessage(MessageType.Confirmable, CoapCode.Post, 77);
        Assert.Equal(client.Exchange(server, message).ToBytes(), client.Exchange(server, message).ToBytes());
        Assert.Single(handler.Requests);
    }

    [Fact]
    public void Every_request_is_handled_exactly_once_when_the_network_duplicates_everything()
    {
        _network.Duplication = 1;
        _network.Latency = (0, 5000);
        int handled = 0;
        SimulatedEndpoint server = _network.Add(new RecordingHandler
        {
            Answer = (ref request) =>
            {
                handled++;
                request.Respond(CoapCode.Changed);
            },
        });
        SimulatedEndpoint client = _network.Add(new RecordingHandler());
        var requests = new List<ProbeMessage>();
        for (int i = 0; i < 300; i++)
        {
            var request = new ProbeMessage(CoapCode.Post);
            requests.Add(request);
            client.Send(server.SeenBy(client).Key, request);
            _network.RunUntil(() => request.IsOver);
        }

        Assert.All(requests, request => Assert.Single(request.Responses));
        Assert.Equal(300, handled);
    }
}
