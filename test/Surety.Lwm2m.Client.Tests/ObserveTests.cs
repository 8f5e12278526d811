using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class ObserveTests : ObserveFixture
{
    [Fact]
    public void A_change_is_told()
    {
        CoapResponse first = Observe("/3303/0/5700");
        Assert.Equal("21.5", first.Text);
        Assert.NotNull(first.Observe);

        _device.Thermometer[5700] = 22.5;
        _world.Run(1);

        ScriptedServer.Notification notification = Assert.Single(_server.Notifications);
        Assert.Equal("2.05", notification.Response.Code.ToString());
        Assert.Equal("22.5", notification.Text);
        Assert.Equal(ContentFormat.TextPlain, notification.Response.ContentFormat);
        Assert.Equal(Token, notification.Response.Token);
        Assert.Equal(MessageType.NonConfirmable, notification.Type);
        Assert.True(notification.Response.Observe > first.Observe);
    }

    [Fact]
    public void What_does_not_change_is_not_told()
    {
        Observe("/3303/0/5700");

        _device.Thermometer[5700] = 21.5;
        _device.Thermometer[5601] = 1.0;
        _world.Run(1000);

        Assert.Empty(_server.Notifications);
    }

    [Fact]
    public void An_instance_tells_a_change_of_any_of_its_resources_in_the_format_that_was_wanted()
    {
        _server.Get("/3303/0", ContentFormat.SenmlJson, observe: 0, Token);

        using (_device.Thermometer.BeginChanges())
        {
            _device.Thermometer[5700] = 30.0;
            _device.Thermometer[5602] = 30.0;
        }

        _world.Run(1);
        ScriptedServer.Notification notification = Assert.Single(_server.Notifications);
        Assert.Equal(ContentFormat.SenmlJson, notification.Response.ContentFormat);
        Assert.Contains("\"v\":30", notification.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_by_another_server_is_told_as_well()
    {
        var other = new ScriptedServer(_world);
        TestDevice device = new(_world, [_server.Endpoint, other.Endpoint]);
        device.Client.Objects.Add(new ObjectInstance(3306) { [5850] = false });
        device.Start();
        Observe("/3306/0/5850");

        other.Put("/3306/0/5850", "1");
        _world.Run(1);

        Assert.Equal("1", Assert.Single(_server.Notifications).Text);
        Assert.Empty(other.Notifications);
    }

    [Fact]
    public void A_reset_ends_it()
    {
        // ETS 1.0-int-302.
        Observe("/3303/0/5700");
        _server.RefusesNotifications = true;
        _device.Thermometer[5700] = 25.0;
        _world.Run(1);
        Assert.Equal(0, _device.Session.ObservationCount);

        _device.Thermometer[5700] = 26.0;
        _world.Run(100);

        Assert.Single(_server.Notifications);
        Assert.Equal(RegistrationState.Registered, _device.Session.State);
    }

    [Fact]
    public void A_reset_of_a_confirmable_notification_ends_it()
    {
        _server.WriteAttributes("/3303/0/5700?con=1");
        Observe("/3303/0/5700");
        _server.RefusesNotifications = true;

        _device.Thermometer[5700] = 25.0;
        _world.Run(1);

        Assert.Equal(0, _device.Session.ObservationCount);
        Assert.Equal(RegistrationState.Registered, _device.Session.State);
    }

    [Fact]
    public void The_server_takes_its_interest_back()
    {
        Observe("/3303/0/5700");

        CoapResponse last = _server.Get("/3303/0/5700", observe: 1, token: Token);

        Assert.Equal("21.5", last.Text);
        Assert.Null(last.Observe);
        Assert.Equal(0, _device.Session.ObservationCount);
    }

    [Fact]
    public void The_same_token_observes_once()
    {
        uint first = Observe("/3303/0/5700").Observe!.Value;
        uint second = Observe("/3303/0/5700").Observe!.Value;
        Assert.True(second > first);

        _device.Thermometer[5700] = 25.0;
        _world.Run(1);

        Assert.Single(_server.Notifications);
    }

    [Fact]
    public void Beyond_the_limit_servers_get_the_value_and_no_more()
    {
        for (byte i = 0; i < 100; i++)
            Assert.NotNull(_server.Get("/3303/0/5700", observe: 0, token: new CoapToken([i, 7])).Observe);

        CoapResponse response = _server.Get("/3303/0/5700", observe: 0, token: new CoapToken([200, 7]));

        Assert.Equal("21.5", response.Text);
        Assert.Null(response.Observe);
    }

    [Fact]
    public void What_cannot_be_read_cannot_be_observed()
    {
        Assert.Equal(CoapCode.MethodNotAllowed, Observe("/3/0/4").Code);
        Assert.Equal(CoapCode.NotFound, Observe("/3303/7").Code);
        Assert.Equal(0, _device.Session.ObservationCount);
    }

    [Fact]
    public void An_observed_instance_that_goes_away_ends_its_observations()
    {
        Observe("/3303/0/5700");

        _device.Client.Objects.Find(3303)!.Remove(0);
        _world.Run(1);

        Assert.Equal(CoapCode.NotFound, Assert.Single(_server.Notifications).Response.Code);
        Assert.Equal(0, _device.Session.ObservationCount);
    }

    [Fact]
    public void A_new_registration_makes_observations_void()
    {
        Observe("/3303/0/5700");
        _server.Script = r => r.Path == "/rd/1" ? new CoapResponse(CoapCode.NotFound) : null;
        _device.Client.RequestUpdate();
        _world.RunUntil(() => _server.Registers.Count() == 2 && _device.Session.State == RegistrationState.Registered);

        _device.Thermometer[5700] = 25.0;
        _world.Run(100);

        Assert.Empty(_server.Notifications);
        Assert.Equal(0, _device.Session.ObservationCount);
    }

    [Fact]
    public void While_one_is_unconfirmed_only_the_newest_waits()
    {
        _server.WriteAttributes("/3303/0/5700?con=1");
        Observe("/3303/0/5700");
        // The acknowledgement of the first is late.
        _world.Network.Filter = d => d.Type != MessageType.Acknowledgement || !d.From.Equals(_server.Endpoint.LocalEndPoint) || _world.Now.TotalSeconds > _start + 3;
        _start = _world.Now.TotalSeconds;

        for (int i = 0; i < 10; i++)
        {
            _device.Thermometer[5700] = 30.0 + i;
            _world.Run(0.1);
        }

        _world.Run(20);
        Assert.Equal(["30.0", "39.0"], _server.Notifications.Select(n => n.Text).Distinct());
    }

    [Fact]
    public void A_long_notification_goes_in_blocks()
    {
        _device.Device[0] = "short";
        Observe("/3/0/0");

        _device.Device[0] = new string('x', 3000);
        _world.Run(1);

        ScriptedServer.Notification notification = Assert.Single(_server.Notifications);
        Assert.Equal(1024, notification.Response.Payload.Length);
        Assert.Equal(new BlockValue(0, true, 6).ToUInt(), notification.Response.Options.GetUInt(CoapOptionNumber.Block2));
        CoapResponse whole = _world.Await(_server.Client.ContinueAsync(new CoapRequest(CoapCode.Get, "/3/0/0"), notification.Response, TestContext.Current.CancellationToken));
        Assert.Equal(3000, whole.Payload.Length);
    }
}
