using System.Globalization;
using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class OfflineTests
{
    private readonly World _world = new();
    private readonly ScriptedServer _server;

    public OfflineTests() => _server = new ScriptedServer(_world);

    [Fact]
    public void After_a_break_without_security_it_registers_anew()
    {
        TestDevice device = new TestDevice(_world, _server, account: a => a with { Lifetime = 300 }).Start();
        _world.Network.Filter = _ => false;
        _world.RunUntil(() => device.Session.State == RegistrationState.Retrying);

        _world.Network.Filter = null;
        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);

        Assert.Equal(2, _server.Registers.Count());
        Assert.Equal(1, device.Client.Statistics.ConnectionLosses);
    }

    [Fact]
    public void A_new_address_means_a_new_registration()
    {
        TestDevice device = new TestDevice(_world, _server, account: a => a with { Lifetime = 300 }).Start();
        CoapPeer before = _server.Client;

        device.Move();
        device.Client.OnPeerClosed(device.Session.Peer!.Value);
        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);

        Assert.NotEqual(before, _server.Client);
        Assert.Equal(2, _server.Registers.Count());
        Assert.Equal("21.5", _server.Get("/3303/0/5700").Text);
    }

    [Fact]
    public void A_closed_connection_is_opened_again_after_a_random_moment()
    {
        TestDevice device = new TestDevice(_world, _server).Start();
        TimeSpan before = _world.Now;

        device.Client.OnPeerClosed(device.Session.Peer!.Value);
        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);

        Assert.InRange((_world.Now - before).TotalSeconds, 2.5, 5.1);
    }

    [Fact]
    public void A_server_that_releases_the_connection_is_left_alone_for_as_long_as_it_wants()
    {
        TestDevice device = new TestDevice(_world, _server).Start();
        TimeSpan before = _world.Now;
        CoapPeer peer = device.Session.Peer!.Value;

        device.Client.OnPeerReleased(peer, new ConnectionRelease { HoldOff = TimeSpan.FromSeconds(100) });
        device.Client.OnPeerClosed(peer);
        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);

        Assert.InRange((_world.Now - before).TotalSeconds, 100, 101);
    }

    [Fact]
    public void Lost_notifications_are_noticed_by_the_confirmable_ones()
    {
        TestDevice device = new TestDevice(_world, _server).Start();
        _server.WriteAttributes("/3303/0/5700?con=1&pmin=0");
        _server.Get("/3303/0/5700", observe: 0, token: new CoapToken([1]));
        _world.Network.Filter = d => !d.To.Equals(_server.Endpoint.LocalEndPoint);

        device.Thermometer[5700] = 25.0;
        _world.RunUntil(() => device.Session.State == RegistrationState.Retrying);
        _world.Network.Filter = null;
        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);

        Assert.Equal(1, device.Client.Statistics.ConnectionLosses);
    }

    [Fact]
    public void What_could_not_be_told_is_told_after_a_restart()
    {
        // The registration is taken up by an Update, so that observations live on.
        var store = new MemoryStore();
        TestDevice device = new TestDevice(_world, _server, o => o with { StateStore = store }).Start();
        _server.Get("/3303/0/5700", observe: 0, token: new CoapToken([1, 2]));
        _world.Await(device.StopAsync(deregister: false));

        var again = new TestDevice(_world, _server, o => o with { StateStore = store });
        _world.Network.Filter = d => !d.To.Equals(_server.Endpoint.LocalEndPoint);
        again.Start(untilRegistered: false);
        _world.Run(5);
        again.Thermometer[5700] = 30.0;
        _world.Run(5);
        again.Thermometer[5700] = 31.0;
        _world.Network.Filter = null;
        _world.RunUntil(() => again.Session.State == RegistrationState.Registered);
        _world.Run(10);

        Assert.Single(_server.Registers);
        Assert.Equal(["30.0", "31.0"], _server.Notifications.Select(n => n.Text));
        Assert.All(_server.Notifications, n => Assert.Equal(MessageType.Confirmable, n.Type));
    }

    [Fact]
    public void Nothing_is_kept_when_the_account_says_so()
    {
        var store = new MemoryStore();
        TestDevice device = new TestDevice(_world, _server, o => o with { StateStore = store }, a => a with { StoresNotifications = false }).Start();
        _server.Get("/3303/0/5700", observe: 0, token: new CoapToken([1, 2]));
        _world.Await(device.StopAsync(deregister: false));

        TestDevice again = Cut(store, a => a with { StoresNotifications = false });
        again.Thermometer[5700] = 30.0;
        _world.Network.Filter = null;
        _world.RunUntil(() => again.Session.State == RegistrationState.Registered);
        _world.Run(10);

        Assert.Empty(_server.Notifications);
    }

    [Fact]
    public void Hqmax_keeps_a_history_with_times()
    {
        var store = new MemoryStore();
        TestDevice device = new TestDevice(_world, _server, o => o with { StateStore = store, Version = Lwm2mVersion.V12 }).Start();
        _server.WriteAttributes("/3303/0/5700?hqmax=3");
        _server.Get("/3303/0/5700", ContentFormat.SenmlJson, observe: 0, token: new CoapToken([1, 2]));
        _world.Await(device.StopAsync(deregister: false));

        TestDevice again = Cut(store);
        for (int i = 0; i < 5; i++)
        {
            again.Thermometer[5700] = 30.0 + i;
            _world.Run(3);
        }

        _world.Network.Filter = null;
        _world.RunUntil(() => again.Session.State == RegistrationState.Registered);
        _world.Run(10);

        ScriptedServer.Notification notification = Assert.Single(_server.Notifications);
        var entries = new List<ResourceEntry>();
        Assert.True(Lwm2mContent.TryDecode(
            ContentFormat.SenmlJson, notification.Response.Payload.Span, Lwm2mPath.Parse("/3303/0/5700"),
            new ContentContext(ObjectModelRegistry.Default, _world.Clock.GetUtcNow()), entries, out string? reason), reason);
        Assert.Equal(["32", "33", "34"], entries.Select(e => e.Value.AsFloat().ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(3, entries[1].Timestamp - entries[0].Timestamp);
    }

    [Fact]
    public void Disabled_for_a_time_it_says_nothing_to_the_server()
    {
        TestDevice device = new TestDevice(_world, _server, account: a => a with { DisableTimeout = 100 }).Start();
        _server.Get("/3303/0/5700", observe: 0, token: new CoapToken([1, 2]));
        _server.Execute("/1/0/4");
        _world.RunUntil(() => _server.Deregisters.Any());
        int count = _server.Requests.Count;

        device.Thermometer[5700] = 30.0;
        device.Client.RequestUpdate();
        _world.Run(90);

        Assert.Equal(count, _server.Requests.Count);
        Assert.Empty(_server.Notifications);
    }

    private TestDevice Cut(MemoryStore store, Func<ServerAccount, ServerAccount>? account = null)
    {
        var again = new TestDevice(_world, _server, o => o with { StateStore = store, Version = Lwm2mVersion.V12 }, account);
        _world.Network.Filter = d => !d.To.Equals(_server.Endpoint.LocalEndPoint);
        again.Start(untilRegistered: false);
        _world.Run(1);
        return again;
    }
}
