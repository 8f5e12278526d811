using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class ObserveAttributeTests : ObserveFixture
{
    [Fact]
    public void Pmin_holds_back_and_then_tells_the_newest()
    {
        // ETS 1.0-int-301.
        _server.WriteAttributes("/3303/0/5700?pmin=5&pmax=15");
        Observe("/3303/0/5700");
        _start = _world.Now.TotalSeconds;

        _world.Run(1);
        _device.Thermometer[5700] = 25.0;
        _world.Run(1);
        _device.Thermometer[5700] = 26.0;
        _world.Run(30);

        Assert.Equal(["26.0", "26.0"], _server.Notifications.Select(n => n.Text));
        AssertTimes(5, 20);
    }

    [Fact]
    public void What_pmin_held_back_is_told_although_something_else_changes_when_it_is_due()
    {
        _server.WriteAttributes("/3303/0/5700?pmin=5");
        Observe("/3303/0/5700");
        _start = _world.Now.TotalSeconds;
        // Fires in the moment in which pmin is over, before the client's own timer, which is made later.
        using ITimer other = _world.Clock.CreateTimer(_ => _device.Thermometer[5701] = "K", null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        _world.Run(1);
        _device.Thermometer[5700] = 25.0;
        _world.Run(30);

        Assert.Equal(["25.0"], _server.Notifications.Select(n => n.Text));
    }

    [Fact]
    public void Pmax_tells_even_what_did_not_change()
    {
        _server.WriteAttributes("/3303?pmax=10");
        Observe("/3303/0/5700");
        _start = _world.Now.TotalSeconds;

        _world.Run(35);

        AssertTimes(10, 20, 30);
    }

    [Fact]
    public void The_defaults_of_the_account_count_where_nothing_else_does()
    {
        _server.Put("/1/0/2", "5");
        _server.Put("/1/0/3", "20");
        Observe("/3303/0/5700");
        _start = _world.Now.TotalSeconds;

        _device.Thermometer[5700] = 25.0;
        _world.Run(26);

        AssertTimes(5, 25);
    }

    [Fact]
    public void Defaults_that_change_take_effect_at_once()
    {
        Observe("/3303/0/5700");
        _start = _world.Now.TotalSeconds;

        _server.Put("/1/0/3", "20");
        _world.Run(41);

        AssertTimes(20, 40);
    }

    [Fact]
    public void Thresholds_tell_crossings_alone()
    {
        _server.WriteAttributes("/3303/0/5700?gt=25&lt=15");
        Observe("/3303/0/5700");

        foreach (double value in new[] { 22.0, 24.9, 25.1, 26.0, 24.0, 14.0, 13.0, 16.0 })
        {
            _device.Thermometer[5700] = value;
            _world.Run(1);
        }

        Assert.Equal(["25.1", "24.0", "14.0", "16.0"], _server.Notifications.Select(n => n.Text));
    }

    [Fact]
    public void Steps_tell_changes_that_are_large_enough()
    {
        _server.WriteAttributes("/3303/0/5700?st=2");
        Observe("/3303/0/5700");

        foreach (double value in new[] { 22.0, 23.4, 23.5, 24.0, 21.5 })
        {
            _device.Thermometer[5700] = value;
            _world.Run(1);
        }

        Assert.Equal(["23.5", "21.5"], _server.Notifications.Select(n => n.Text));
    }

    [Fact]
    public void An_edge_tells_one_direction()
    {
        _server.WriteAttributes("/3306/0/5850?edge=1");
        Observe("/3306/0/5850");

        foreach (bool value in new[] { true, false, true, false })
        {
            _device.Client.Objects.FindInstance(Lwm2mPath.Parse("/3306/0"))![5850] = value;
            _world.Run(1);
        }

        Assert.Equal(["1", "1"], _server.Notifications.Select(n => n.Text));
    }

    [Fact]
    public void Epmax_makes_it_measure()
    {
        double measured = 20;
        var sensor = new ObjectInstance(3303, 5).Computed(5700, () => measured);
        _device.Client.Objects.Add(sensor);
        _server.WriteAttributes("/3303/5/5700?epmax=10");
        Observe("/3303/5/5700");
        _start = _world.Now.TotalSeconds;

        _world.Run(5);
        measured = 21;
        _world.Run(40);

        Assert.Equal("21.0", Assert.Single(_server.Notifications).Text);
        AssertTimes(10);
    }

    [Fact]
    public void Periods_of_zero_do_not_keep_it_busy()
    {
        _server.WriteAttributes("/3303/0/5700?pmin=0&pmax=0&epmax=0");
        Observe("/3303/0/5700");

        _world.Run(100);

        Assert.Empty(_server.Notifications);
    }

    [Fact]
    public void Parameters_of_an_observe_count_more_than_attributes()
    {
        // ETS 1.2-int-313.
        _server.WriteAttributes("/3303/0/5700?pmin=5&pmax=60");
        Observe("/3303/0/5700?pmin=5&pmax=10");
        _start = _world.Now.TotalSeconds;

        _world.Run(31);

        AssertTimes(10, 20, 30);
        Assert.Equal("</3303/0/5700>;pmin=5;pmax=60", _server.Get("/3303/0/5700", ContentFormat.LinkFormat).Text);
    }

    [Theory]
    [InlineData("/3303/0/5700?gt=1&lt=2")]
    [InlineData("/3303/0?gt=1")]
    [InlineData("/3303/0/5700?nonsense=1")]
    public void Parameters_that_make_no_sense_are_a_bad_request(string pathAndQuery)
    {
        Assert.Equal(CoapCode.BadRequest, Observe(pathAndQuery).Code);
        Assert.Equal(0, _device.Session.ObservationCount);
    }

    [Fact]
    public void Confirmable_notifications_when_they_are_wanted()
    {
        _server.WriteAttributes("/3303/0/5700?con=1");
        Observe("/3303/0/5700");

        _device.Thermometer[5700] = 25.0;
        _world.Run(1);

        Assert.Equal(MessageType.Confirmable, Assert.Single(_server.Notifications).Type);
    }

    [Fact]
    public void The_account_may_want_all_notifications_confirmed_but_those_that_the_server_excepts()
    {
        Assert.Equal(CoapCode.Changed, _server.Put("/1/0/26", "1").Code);
        Observe("/3303/0/5700");
        _server.WriteAttributes("/3303/0/5601?con=0");
        _server.Get("/3303/0/5601", observe: 0, token: new CoapToken([9]));

        _device.Thermometer[5700] = 25.0;
        _device.Thermometer[5601] = 1.0;
        _world.Run(1);

        Assert.Equal(MessageType.Confirmable, _server.Notifications.Single(n => n.Text == "25.0").Type);
        Assert.Equal(MessageType.NonConfirmable, _server.Notifications.Single(n => n.Text == "1.0").Type);
    }

    [Fact]
    public void Once_in_24_hours_a_notification_is_confirmable()
    {
        _server.WriteAttributes("/3303/0/5700?pmax=21600");
        Observe("/3303/0/5700");

        _world.Run(49 * 3600);

        Assert.Equal([4, 8], Confirmable());
    }

    [Fact]
    public void To_a_server_that_has_not_proven_who_it_is_every_eleventh_notification_is_confirmable()
    {
        // RFC 7641, 7.
        _server.WriteAttributes("/3303/0/5700?pmax=60");
        Observe("/3303/0/5700");

        _world.Run(35 * 60);

        Assert.Equal([11, 22, 33], Confirmable());
    }

    private IEnumerable<int> Confirmable() => _server.Notifications.Select((n, i) => n.Type == MessageType.Confirmable ? i + 1 : 0).Where(i => i > 0);
}
