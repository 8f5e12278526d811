using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class UpdateTests
{
    private readonly World _world = new();
    private readonly ScriptedServer _server;

    public UpdateTests() => _server = new ScriptedServer(_world);

    [Theory]
    [InlineData(86_400, 86_400 - 93)]
    [InlineData(200, 200 - 93)]
    [InlineData(60, 30)]
    public void Updates_before_the_lifetime_ends(uint lifetime, double seconds)
    {
        new TestDevice(_world, _server, account: a => a with { Lifetime = lifetime }).Start();

        _world.RunUntil(() => _server.Updates.Any(), TimeSpan.FromDays(2));

        ScriptedServer.Received update = _server.Updates.Single();
        Assert.Equal(seconds, (update.Time - _server.Requests[0].Time).TotalSeconds, tolerance: 0.1);
        Assert.Equal("/rd/1", update.Path);
        Assert.Empty(update.Queries);
        Assert.Empty(update.Payload);
        Assert.Null(update.Format);
    }

    [Fact]
    public void Updates_go_on_for_days()
    {
        TestDevice device = new TestDevice(_world, _server, account: a => a with { Lifetime = 3600 }).Start();

        _world.Run(TimeSpan.FromDays(3).TotalSeconds);

        Assert.Equal(Math.Floor(3 * 86_400 / 3507.0), device.Client.Statistics.Updates);
        Assert.Single(_server.Registers);
    }

    [Fact]
    public void A_lifetime_of_zero_needs_no_updates()
    {
        new TestDevice(_world, _server, account: a => a with { Lifetime = 0 }).Start();

        _world.Run(TimeSpan.FromDays(30).TotalSeconds);

        Assert.Single(_server.Requests);
    }

    [Fact]
    public void A_new_lifetime_is_told_at_once_and_kept()
    {
        new TestDevice(_world, _server).Start();

        Assert.Equal(CoapCode.Changed, _server.Put("/1/0/1", "20").Code);
        _world.RunUntil(() => _server.Updates.Any());

        Assert.Equal(["lt=20"], _server.Updates.Single().Queries);
        _world.RunUntil(() => _server.Updates.Count() == 2);
        Assert.Equal(10, (_server.Updates.Last().Time - _server.Updates.First().Time).TotalSeconds, tolerance: 0.1);
        Assert.Empty(_server.Updates.Last().Queries);
    }

    [Fact]
    public void The_application_changes_the_lifetime_in_the_same_way()
    {
        TestDevice device = new TestDevice(_world, _server).Start();

        device.Session.Server[1] = 120;
        _world.RunUntil(() => _server.Updates.Any());

        Assert.Equal(["lt=120"], _server.Updates.Single().Queries);
    }

    [Fact]
    public void New_and_lost_instances_are_told_with_the_whole_list()
    {
        TestDevice device = new TestDevice(_world, _server, o => o with { AnnouncesFormats = false }).Start();

        device.Client.Objects.Add(new ObjectInstance(3303, 7) { [5700] = 1.0 });
        _world.RunUntil(() => _server.Updates.Any());
        device.Client.Objects.Find(3303)!.Remove(0);
        _world.RunUntil(() => _server.Updates.Count() == 2);

        Assert.Equal(
            ["""</>;rt="oma.lwm2m",</1/0>,</3/0>,</3303>;ver=1.1,</3303/0>,</3303/7>""", """</>;rt="oma.lwm2m",</1/0>,</3/0>,</3303>;ver=1.1,</3303/7>"""],
            _server.Updates.Select(u => u.Text));
        Assert.All(_server.Updates, update => Assert.Equal(ContentFormat.LinkFormat, update.Format));
    }

    [Fact]
    public void Changes_that_come_together_are_told_together()
    {
        TestDevice device = new TestDevice(_world, _server).Start();

        for (ushort id = 1; id <= 20; id++)
            device.Client.Objects.Add(new ObjectInstance(3303, id) { [5700] = 1.0 });
        _world.Run(60);

        ScriptedServer.Received update = Assert.Single(_server.Updates);
        Assert.EndsWith("</3303/20>", update.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_update_trigger_makes_it_update_without_parameters()
    {
        new TestDevice(_world, _server).Start();

        Assert.Equal(CoapCode.Changed, _server.Execute("/1/0/8").Code);
        _world.RunUntil(() => _server.Updates.Any());

        Assert.Empty(_server.Updates.Single().Queries);
        Assert.Empty(_server.Updates.Single().Payload);
    }

    [Fact]
    public void A_trigger_for_a_binding_that_is_not_there_is_refused()
    {
        new TestDevice(_world, _server).Start();

        Assert.Equal(CoapCode.BadRequest, _server.Execute("/1/0/8", "0='T'").Code);
        Assert.Equal(CoapCode.Changed, _server.Execute("/1/0/8", "0='U'").Code);
    }

    [Fact]
    public void Registers_again_when_the_server_has_forgotten_it()
    {
        TestDevice device = new TestDevice(_world, _server, account: a => a with { Lifetime = 60 }).Start();
        _server.Script = r => r.Path == "/rd/1" ? new CoapResponse(CoapCode.NotFound) : null;

        _world.RunUntil(() => _server.Registers.Count() == 2);

        Assert.True(_server.Registers.Last().Time - _server.Updates.Single().Time < TimeSpan.FromSeconds(1));
        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);
        Assert.Equal("/rd/2", device.Session.Location);
    }

    [Fact]
    public void A_server_in_trouble_does_not_lose_the_registration()
    {
        new TestDevice(_world, _server, account: a => a with { Lifetime = 600 }).Start();
        _server.Script = r => r.Path == "/rd/1" && _server.Updates.Count() < 4 ? new CoapResponse(CoapCode.InternalServerError) : null;

        _world.Run(1200);

        Assert.Single(_server.Registers);
        Assert.True(_server.Updates.Count() >= 5);
    }

    [Fact]
    public void Registers_again_after_the_server_was_gone_for_longer_than_the_lifetime()
    {
        TestDevice device = new TestDevice(_world, _server, account: a => a with { Lifetime = 60 }).Start();
        _world.Network.Filter = datagram => !datagram.To.Equals(_server.Endpoint.LocalEndPoint);
        _world.Run(1000);
        Assert.NotEqual(RegistrationState.Registered, device.Session.State);

        _world.Network.Filter = null;
        _world.RunUntil(() => device.Session.State == RegistrationState.Registered, TimeSpan.FromHours(1));

        Assert.Equal(2, _server.Registers.Count());
    }

    [Fact]
    public void Deregisters_when_it_stops()
    {
        TestDevice device = new TestDevice(_world, _server).Start();

        _world.Await(device.StopAsync());

        Assert.Equal("/rd/1", Assert.Single(_server.Deregisters).Path);
        Assert.Equal(RegistrationState.Stopped, device.Session.State);
        int count = _server.Requests.Count;
        _world.Run(200_000);
        Assert.Equal(count, _server.Requests.Count);
    }

    [Fact]
    public void Stopping_does_not_wait_long_for_a_server_that_is_gone()
    {
        TestDevice device = new TestDevice(_world, _server).Start();
        _world.Network.Filter = _ => false;
        TimeSpan before = _world.Now;

        _world.Await(device.StopAsync());

        Assert.Equal(10, (_world.Now - before).TotalSeconds, tolerance: 0.1);
        Assert.Equal(RegistrationState.Stopped, device.Session.State);
    }

    [Fact]
    public void A_disabled_client_deregisters_stays_away_and_comes_back()
    {
        TestDevice device = new TestDevice(_world, _server, account: a => a with { DisableTimeout = 300 }).Start();

        Assert.Equal(CoapCode.Changed, _server.Execute("/1/0/4").Code);
        _world.RunUntil(() => _server.Deregisters.Any());
        _world.Run(299);
        Assert.Equal(RegistrationState.Disabled, device.Session.State);
        Assert.Equal(2, _server.Requests.Count);
        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);

        Assert.Equal(300, (_server.Registers.Last().Time - _server.Deregisters.Single().Time).TotalSeconds, tolerance: 0.1);
    }

    [Fact]
    public void A_binding_with_queue_mode_turns_it_on()
    {
        TestDevice device = new TestDevice(_world, _server, o => o with { Version = Lwm2mVersion.V10 }).Start();

        _server.Put("/1/0/7", "UQ");
        _world.RunUntil(() => _server.Updates.Any());

        Assert.Equal(["b=UQ"], _server.Updates.Single().Queries);
        _world.Run(94);
        Assert.False(device.Session.IsAwake);
    }

    [Fact]
    public void In_queue_mode_it_listens_for_93_seconds_after_each_message()
    {
        var awake = new List<(double, bool)>();
        TestDevice device = new(_world, _server, o => o with { QueueMode = true });
        device.Client.AwakeChanged += (_, isAwake) => awake.Add((Math.Round(_world.Now.TotalSeconds), isAwake));
        device.Start();

        _world.Run(50);
        _server.Get("/3/0/0");
        _world.Run(200);
        device.Client.RequestUpdate();
        _world.Run(200);

        Assert.Equal([(0, true), (143, false), (250, true), (343, false)], awake);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.1)]
    public void Stays_registered_over_a_network_that_loses_messages(double loss)
    {
        _world.Network.Loss = loss;
        _world.Network.Duplication = 0.1;
        _world.Network.Latency = (10, 2000);
        TestDevice device = new TestDevice(_world, _server, account: a => a with { Lifetime = 600 }).Start(untilRegistered: false);

        _world.Run(86_400);

        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);
        Assert.True(device.Client.Statistics.Updates > 100);
    }
}
