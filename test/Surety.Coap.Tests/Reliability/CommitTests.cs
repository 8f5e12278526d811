using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Reliability;

/// <summary>What was not made durable is not answered, and is handled again.</summary>
public sealed class CommitTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly RecordingHandler _handler = new() { Answer = (ref request) => request.Respond(CoapCode.Changed), AcceptsNotifications = true };
    private readonly SimulatedEndpoint _server;
    private readonly RawPeer _client;
    private bool _fails;

    public CommitTests()
    {
        _handler.Committing = () =>
        {
            if (_fails)
                throw new IOException("disk full");
        };
        _server = _network.Add(_handler);
        _client = _network.AddRaw();
    }

    [Fact]
    public void An_answer_is_withheld_when_the_commit_fails_and_the_repeated_request_handled_again()
    {
        var request = new WireMessage(MessageType.Confirmable, CoapCode.Post, 7) { Token = [1] };
        _fails = true;
        _client.Send(_server, request);
        _client.Send(_server, request);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Empty(_client.Received);
        Assert.Equal(2, _handler.Requests.Count);
        Assert.True(_server.Statistics.FailedCommits >= 2);

        _fails = false;
        Assert.Equal(CoapCode.Changed, _client.Exchange(_server, request).Code);
        Assert.Equal(CoapCode.Changed, _client.Exchange(_server, request).Code);
        Assert.Equal(3, _handler.Requests.Count);
    }

    [Fact]
    public void What_was_answered_before_is_still_known_after_a_failed_commit()
    {
        RawPeer[] clients = [.. Enumerable.Range(0, 200).Select(_ => _network.AddRaw())];
        var request = new WireMessage(MessageType.Confirmable, CoapCode.Post, 7) { Token = [1] };
        foreach (RawPeer client in clients[..100])
            client.Exchange(_server, request);
        _fails = true;
        foreach (RawPeer client in clients[100..])
            client.Send(_server, request);
        _network.Run(TimeSpan.FromSeconds(1));
        _fails = false;
        int handled = _handler.Requests.Count;
        foreach (RawPeer client in clients[..100])
            client.Exchange(_server, request);
        Assert.Equal(handled, _handler.Requests.Count);
        foreach (RawPeer client in clients[100..])
            client.Exchange(_server, request);
        Assert.Equal(handled + 100, _handler.Requests.Count);
    }

    [Fact]
    public void A_notification_is_not_acknowledged_when_the_commit_fails()
    {
        var notification = new WireMessage(MessageType.Confirmable, CoapCode.Content, 7) { Token = [1] };
        _fails = true;
        _client.Send(_server, notification);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Empty(_client.Received);
        _fails = false;
        Assert.Equal(Hex.Bytes("60 00 0007"), _client.Exchange(_server, notification).ToBytes());
        Assert.Equal(2, _handler.Notifications.Count);
        Assert.Equal(Hex.Bytes("60 00 0007"), _client.Exchange(_server, notification).ToBytes());
        Assert.Equal(2, _handler.Notifications.Count);
    }

    [Fact]
    public void A_deferred_answer_that_was_withheld_lets_the_request_be_handled_again()
    {
        _handler.Answer = (ref request) => _handler.Deferred.Add(request.Defer());
        var request = new WireMessage(MessageType.Confirmable, CoapCode.Post, 7) { Token = [1] };
        _client.Send(_server, request);
        _network.Run(TimeSpan.FromSeconds(0.5));
        _fails = true;
        _handler.Deferred[0].Complete(new CoapResponse(CoapCode.Changed));
        _network.Run(TimeSpan.FromSeconds(0.1));
        Assert.Empty(_client.Received);
        _fails = false;
        _client.Send(_server, request);
        _network.Run(TimeSpan.FromSeconds(0.1));
        Assert.Equal(2, _handler.Deferred.Count);
    }

    [Fact]
    public void An_empty_acknowledgement_that_was_withheld_does_not_let_the_request_be_handled_twice()
    {
        _handler.Answer = (ref request) => _handler.Deferred.Add(request.Defer());
        var request = new WireMessage(MessageType.Confirmable, CoapCode.Post, 7) { Token = [1] };
        _client.Send(_server, request);
        _network.Run(TimeSpan.FromSeconds(0.5));
        _fails = true;
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Empty(_client.Received);
        _fails = false;
        _client.Send(_server, request);
        _network.Run(TimeSpan.FromSeconds(0.1));
        Assert.Single(_handler.Deferred);
        _handler.Deferred[0].Complete(new CoapResponse(CoapCode.Changed));
        Assert.Equal((MessageType.Confirmable, CoapCode.Changed), (_client.Receive() is var m ? m.Type : default, m.Code));
    }

    [Fact]
    public void Requests_of_ours_whose_batch_was_withheld_are_retransmitted()
    {
        _fails = true;
        var request = new ProbeMessage();
        _server.Send(_client.SeenBy(_server).Key, request);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Empty(_client.Received);
        _fails = false;
        WireMessage get = _client.Receive();
        _client.Send(_server, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId) { Token = get.Token });
        _network.RunUntil(() => request.IsOver);
        Assert.Single(request.Responses);
    }
}
