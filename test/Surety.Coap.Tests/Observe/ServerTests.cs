using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Observe;

/// <summary>RFC 7641, 4: the server's side, against a client played by the test.</summary>
public sealed class ServerTests
{
    private readonly SimulatedNetwork _network = new();
    private readonly ObservedResource _resource;
    private readonly SimulatedEndpoint _server;
    private readonly RawPeer _client;

    public ServerTests()
    {
        _resource = new ObservedResource(_network);
        _server = _network.Add(_resource);
        _client = _network.AddRaw();
    }

    // Figures 3 and 6 of RFC 7641, with the messages as they are there, but for Observe and Message IDs, which the server chooses.
    [Fact]
    public void Figures_3_and_6_a_client_registers_is_notified_and_rejects()
    {
        _resource.Value = "18.5 Cel"u8.ToArray();
        WireMessage first = Register([0x4a], 0x1633);
        Assert.Equal((MessageType.Acknowledgement, CoapCode.Content, 0x1633, "18.5 Cel"), (first.Type, first.Code, first.MessageId, first.Text));
        uint sequence = first.Options.GetUInt(CoapOptionNumber.Observe)!.Value;

        _resource.Set("19.2 Cel"u8.ToArray(), confirmable: false);
        WireMessage second = _client.Receive();
        Assert.Equal((MessageType.NonConfirmable, CoapCode.Content, "19.2 Cel"), (second.Type, second.Code, second.Text));
        Assert.Equal([0x4a], second.Token);
        Assert.True(second.Options.GetUInt(CoapOptionNumber.Observe) > sequence);

        _resource.Set("19.3 Cel"u8.ToArray(), confirmable: true);
        WireMessage third = _client.Receive();
        Assert.Equal(MessageType.Confirmable, third.Type);
        Assert.Equal([0x4a], third.Token);
        _client.Send(_server, new WireMessage(MessageType.Reset, CoapCode.Empty, third.MessageId));
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _resource.Relations.Count);
        _resource.Set("19.0 Cel"u8.ToArray(), confirmable: true);
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(_client.Received);
    }

    [Fact]
    public void A_get_without_observe_or_with_another_value_does_not_register()
    {
        foreach (uint? value in new uint?[] { null, 2, 77 })
        {
            var get = new WireMessage(MessageType.Confirmable, CoapCode.Get, _client.NextMessageId()) { Path = "/r" };
            get.Options.Set(CoapOptionNumber.Observe, value);
            Assert.Null(_client.Exchange(_server, get).Options.GetUInt(CoapOptionNumber.Observe));
        }

        Assert.Equal(0, _resource.Relations.Count);
    }

    [Fact]
    public void A_reset_of_a_non_confirmable_notification_ends_the_observation()
    {
        Register([1]);
        for (byte i = 1; i <= 3; i++)
            _resource.Set(i, confirmable: false);
        _resource.Set(4, confirmable: false);
        WireMessage notification = _client.Receive();
        _client.Send(_server, new WireMessage(MessageType.Reset, CoapCode.Empty, notification.MessageId));
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _resource.Relations.Count);
        Assert.Single(_resource.Removed);
    }

    [Fact]
    public void A_reset_from_someone_else_ends_nothing()
    {
        Register([1]);
        _resource.Set(1, confirmable: false);
        WireMessage notification = _client.Receive();
        _network.AddRaw().Send(_server, new WireMessage(MessageType.Reset, CoapCode.Empty, notification.MessageId));
        _client.Send(_server, new WireMessage(MessageType.Reset, CoapCode.Empty, (ushort)(notification.MessageId + 100)));
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _resource.Relations.Count);
    }

    [Fact]
    public void A_notification_that_nobody_acknowledges_ends_the_observation()
    {
        Register([1]);
        _resource.Set(1, confirmable: true);
        _network.Run(TimeSpan.FromMinutes(2));
        Assert.Equal(5, _client.Received.Count);
        Assert.Equal(0, _resource.Relations.Count);
        _resource.Set(2, confirmable: true);
        _network.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(5, _client.Received.Count);
    }

    [Fact]
    public void Observe_1_with_the_same_token_deregisters_and_is_answered_without_observe()
    {
        Register([1]);
        Register([2]);
        var get = new WireMessage(MessageType.Confirmable, CoapCode.Get, _client.NextMessageId()) { Token = [1], Path = "/r" };
        get.Options.Add(CoapOptionNumber.Observe, 1u);
        WireMessage answer = _client.Exchange(_server, get);
        Assert.Equal(CoapCode.Content, answer.Code);
        Assert.Null(answer.Options.GetUInt(CoapOptionNumber.Observe));
        Assert.Equal("02", Assert.Single(_resource.Relations.All).Token.ToString());
    }

    [Fact]
    public void Observe_1_with_another_token_deregisters_nothing()
    {
        Register([1]);
        var get = new WireMessage(MessageType.Confirmable, CoapCode.Get, _client.NextMessageId()) { Token = [3], Path = "/r" };
        get.Options.Add(CoapOptionNumber.Observe, 1u);
        _client.Exchange(_server, get);
        Assert.Equal(1, _resource.Relations.Count);
    }

    [Fact]
    public void To_register_again_with_the_same_token_replaces_the_entry_and_the_numbers_go_on()
    {
        uint first = Register([1]).Options.GetUInt(CoapOptionNumber.Observe)!.Value;
        _resource.Set(1, confirmable: false);
        uint second = _client.Receive().Options.GetUInt(CoapOptionNumber.Observe)!.Value;
        uint third = Register([1]).Options.GetUInt(CoapOptionNumber.Observe)!.Value;
        _resource.Set(2, confirmable: false);
        uint fourth = _client.Receive().Options.GetUInt(CoapOptionNumber.Observe)!.Value;
        Assert.True(first < second && second < third && third < fourth);
        Assert.Equal(1, _resource.Relations.Count);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Empty(_client.Received);
    }

    [Fact]
    public void A_notification_that_waited_when_the_client_registered_again_is_not_sent_any_more()
    {
        Register([1]);
        // Something else of ours is outstanding with the client: NSTART.
        _server.Send(_client.SeenBy(_server).Key, new ProbeMessage());
        _client.Receive();
        _resource.Set(1, confirmable: false);
        uint answered = Register([1]).Options.GetUInt(CoapOptionNumber.Observe)!.Value;
        _network.RunUntil(() => _server.OpenCount == 0);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(_client.Received, m => m.Code == CoapCode.Content);
        _resource.Set(2, confirmable: false);
        _network.RunUntil(() => _client.Received.Any(m => m.Code == CoapCode.Content));
        Assert.True(_client.Received.Single(m => m.Code == CoapCode.Content).Options.GetUInt(CoapOptionNumber.Observe) > answered);
    }

    [Fact]
    public void Tokens_and_clients_are_told_apart()
    {
        RawPeer other = _network.AddRaw();
        Register([1]);
        Register([2]);
        Register([1], peer: other);
        Assert.Equal(3, _resource.Relations.Count);
        _resource.Set(9, confirmable: false);
        Assert.Equal(["01", "02"], new[] { _client.Receive(), _client.Receive() }.Select(m => Hex.Digits(m.Token)).Order());
        Assert.Equal("01", Hex.Digits(other.Receive().Token));
    }

    [Fact]
    public void One_confirmable_notification_is_in_flight_and_only_the_newest_state_follows()
    {
        Register([1]);
        for (byte i = 1; i <= 5; i++)
            _resource.Set(i, confirmable: true);
        WireMessage first = _client.Receive();
        Assert.Equal([1], first.Payload);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Empty(_client.Received);
        Acknowledge(first);
        WireMessage second = _client.Receive();
        Assert.Equal([5], second.Payload);
        Assert.NotEqual(first.MessageId, second.MessageId);
        Assert.True(second.Options.GetUInt(CoapOptionNumber.Observe) > first.Options.GetUInt(CoapOptionNumber.Observe));
        Acknowledge(second);
        _network.Run(TimeSpan.FromMinutes(2));
        Assert.Empty(_client.Received);
    }

    [Fact]
    public void A_state_that_waits_for_a_confirmable_notification_is_confirmable_when_one_of_those_it_replaces_was()
    {
        Register([1]);
        _resource.Set(1, confirmable: true);
        _resource.Set(2, confirmable: true);
        _resource.Set(3, confirmable: false);
        Acknowledge(_client.Receive());
        WireMessage next = _client.Receive();
        Assert.Equal(MessageType.Confirmable, next.Type);
        Assert.Equal([3], next.Payload);
    }

    [Fact]
    public void While_NSTART_holds_notifications_back_only_the_newest_state_waits()
    {
        Register([1]);
        var request = new ProbeMessage();
        _server.Send(_client.SeenBy(_server).Key, request);
        WireMessage get = _client.Receive();
        for (int i = 1; i <= 200; i++)
            _resource.Set((byte)i, confirmable: false);
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Empty(_client.Received);
        _client.Send(_server, new WireMessage(MessageType.Acknowledgement, CoapCode.Content, get.MessageId) { Token = get.Token });
        _network.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(200, _client.Received.Last().Payload[0]);
        Assert.True(_client.Received.Count <= 2);
        Assert.Equal(1, _resource.Relations.Count);
    }

    [Fact]
    public void An_error_ends_the_observation_and_has_no_observe_option()
    {
        Register([1]);
        _resource.Relations.All.Single().Notify(CoapResponse.Error(CoapCode.NotFound, "deleted"), confirmable: true);
        WireMessage last = _client.Receive();
        Assert.Equal((MessageType.Confirmable, CoapCode.NotFound), (last.Type, last.Code));
        Assert.Equal([1], last.Token);
        Assert.False(last.Options.Contains(CoapOptionNumber.Observe));
        Assert.Equal(0, _resource.Relations.Count);
        // It is retransmitted like any other.
        Assert.Equal(last.ToBytes(), _client.Receive().ToBytes());
    }

    [Fact]
    public void Nothing_follows_an_error()
    {
        Register([1]);
        ObserveRelation relation = _resource.Relations.All.Single();
        relation.Notify(new CoapResponse(CoapCode.Content), confirmable: true);
        relation.Notify(CoapResponse.Error(CoapCode.NotFound, "deleted"), confirmable: true);
        relation.Notify(new CoapResponse(CoapCode.Content), confirmable: true);
        Acknowledge(_client.Receive());
        WireMessage last = _client.Receive();
        Assert.Equal(CoapCode.NotFound, last.Code);
        Acknowledge(last);
        relation.Notify(new CoapResponse(CoapCode.Content), confirmable: true);
        _network.Run(TimeSpan.FromMinutes(2));
        Assert.Empty(_client.Received);
    }

    [Fact]
    public void A_relation_that_the_resource_removes_is_not_notified_nor_retransmitted()
    {
        Register([1]);
        _resource.Set(1, confirmable: true);
        _client.Receive();
        ObserveRelation relation = _resource.Relations.All.Single();
        _resource.Relations.Remove(relation);
        Assert.False(relation.IsActive);
        relation.Notify(new CoapResponse(CoapCode.Content), confirmable: true);
        _network.Run(TimeSpan.FromMinutes(2));
        Assert.Empty(_client.Received);
        Assert.Single(_resource.Removed);
    }

    [Fact]
    public void A_confirmable_notification_goes_out_at_least_every_24_hours()
    {
        Register([1]);
        var confirmable = new List<int>();
        for (int hour = 3; hour <= 75; hour += 3)
        {
            _network.Run(TimeSpan.FromHours(3));
            _resource.Set((byte)hour, confirmable: false);
            WireMessage notification = _client.Receive();
            if (notification.Type != MessageType.Confirmable)
                continue;
            confirmable.Add(hour);
            Acknowledge(notification);
        }

        Assert.Equal([24, 48, 72], confirmable);
    }

    // RFC 7641, 7: notifications to those who have proven nothing are interspersed with Confirmable ones.
    [Fact]
    public void A_client_without_identity_must_acknowledge_every_so_often()
    {
        Register([1]);
        var types = new List<MessageType>();
        for (int i = 0; i < 44; i++)
        {
            _resource.Set((byte)i, confirmable: false);
            WireMessage notification = _client.Receive();
            types.Add(notification.Type);
            if (notification.Type == MessageType.Confirmable)
                Acknowledge(notification);
        }

        Assert.Equal(Enumerable.Range(0, 44).Select(i => i % 11 == 10 ? MessageType.Confirmable : MessageType.NonConfirmable), types);
    }

    [Fact]
    public void A_client_without_identity_that_does_not_acknowledge_is_removed()
    {
        Register([1]);
        for (int i = 0; i < 30; i++)
        {
            _resource.Set((byte)i, confirmable: false);
            _network.Run(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(0, _resource.Relations.Count);
        Assert.Equal(10 + 5, _client.Received.Count);
    }

    [Fact]
    public void Above_the_limit_a_client_is_answered_as_if_it_had_not_asked()
    {
        var resource = new ObservedResource(_network, maxRelations: 2);
        SimulatedEndpoint server = _network.Add(resource);
        Assert.NotNull(Register([1], server: server).Options.GetUInt(CoapOptionNumber.Observe));
        Assert.NotNull(Register([2], server: server).Options.GetUInt(CoapOptionNumber.Observe));
        WireMessage third = Register([3], server: server);
        Assert.Equal(CoapCode.Content, third.Code);
        Assert.Null(third.Options.GetUInt(CoapOptionNumber.Observe));
        // Who is there already may renew.
        Assert.NotNull(Register([2], server: server).Options.GetUInt(CoapOptionNumber.Observe));
        Assert.Equal(2, resource.Relations.Count);
    }

    [Fact]
    public void A_state_too_large_for_a_message_is_lost_and_the_observation_goes_on()
    {
        Register([1]);
        var response = new CoapResponse(CoapCode.Content);
        response.Options.Add(CoapOptionNumber.LocationPath, new byte[5000]);
        _resource.Relations.All.Single().Notify(response, confirmable: true);
        _network.Run(TimeSpan.FromSeconds(1));
        _resource.Set(7, confirmable: true);
        Assert.Equal([7], _client.Receive().Payload);
    }

    [Fact]
    public void Notifications_keep_the_block_size_that_was_registered()
    {
        _resource.Value = new byte[300];
        WireMessage first = Register([1], block2: new BlockValue(0, false, 2));
        Assert.Equal("0/1/64", first.Block2?.ToString());
        _resource.Set(new byte[400], confirmable: false);
        WireMessage notification = _client.Receive();
        Assert.Equal("0/1/64", notification.Block2?.ToString());
        Assert.NotNull(notification.Options.GetUInt(CoapOptionNumber.Observe));
        Assert.True(notification.Options.Contains(CoapOptionNumber.ETag));
    }

    [Fact]
    public void When_the_peer_is_gone_its_relations_go()
    {
        Register([1]);
        Register([2]);
        Register([1], peer: _network.AddRaw());
        _resource.Relations.OnPeerClosed(_client.SeenBy(_server));
        Assert.Equal(1, _resource.Relations.Count);
        Assert.Equal(2, _resource.Removed.Count);
    }

    private WireMessage Register(byte[] token, ushort? messageId = null, RawPeer? peer = null, SimulatedEndpoint? server = null, BlockValue? block2 = null)
    {
        peer ??= _client;
        var get = new WireMessage(MessageType.Confirmable, CoapCode.Get, messageId ?? peer.NextMessageId()) { Token = token, Path = "/r" };
        get.Options.Add(CoapOptionNumber.Observe, 0u);
        get.Options.Set(CoapOptionNumber.Block2, block2?.ToUInt());
        peer.Send(server ?? _server, get);
        _network.RunUntil(() => peer.Received.Any(m => m.MessageId == get.MessageId && m.Type == MessageType.Acknowledgement));
        WireMessage answer = peer.Received.First(m => m.MessageId == get.MessageId && m.Type == MessageType.Acknowledgement);
        peer.Clear();
        return answer;
    }

    private void Acknowledge(WireMessage message) => _client.Send(_server, new WireMessage(MessageType.Acknowledgement, CoapCode.Empty, message.MessageId));
}
