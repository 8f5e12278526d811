using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class StateTests
{
    private readonly World _world = new();
    private readonly ScriptedServer _server;
    private readonly MemoryStore _store = new();

    public StateTests() => _server = new ScriptedServer(_world);

    [Fact]
    public void A_restart_goes_on_with_an_update()
    {
        TestDevice device = Start();
        _world.Await(device.StopAsync(deregister: false));
        Assert.Empty(_server.Deregisters);

        TestDevice again = Start();

        Assert.Single(_server.Registers);
        ScriptedServer.Received update = Assert.Single(_server.Updates);
        Assert.Empty(update.Queries);
        Assert.Empty(update.Payload);
        Assert.Equal("/rd/1", again.Session.Location);
    }

    [Fact]
    public void A_power_cut_is_a_restart_too()
    {
        Start();
        _world.Run(2);
        // The first client is simply not there any more: its state was saved a second after it registered.
        _server.Requests.Clear();

        Start();

        Assert.Equal("/rd/1", Assert.Single(_server.Requests).Path);
    }

    [Fact]
    public void What_changed_meanwhile_is_in_the_update()
    {
        _world.Await(Start().StopAsync(deregister: false));

        Start(o => o, d =>
        {
            d.Session.Server[1] = 500;
            d.Client.Objects.Add(new ObjectInstance(3303, 1) { [5700] = 1.0 });
        });

        ScriptedServer.Received update = _server.Updates.Last();
        Assert.EndsWith("</3303/0>,</3303/1>", update.Text, StringComparison.Ordinal);
        // The lifetime that servers may have written is a saved value, and wins over the one that the program begins with.
        Assert.Empty(update.Queries);
    }

    [Fact]
    public void A_registration_that_the_server_has_lost_is_made_anew()
    {
        _world.Await(Start().StopAsync(deregister: false));
        _server.Script = r => r.Path == "/rd/1" ? new CoapResponse(CoapCode.NotFound) : null;

        TestDevice again = Start();

        Assert.Equal("/rd/2", again.Session.Location);
    }

    [Fact]
    public void A_registration_that_has_expired_is_not_updated()
    {
        _world.Await(Start(o => o, account: a => a with { Lifetime = 100 }).StopAsync(deregister: false));
        _world.Run(101);

        Start(o => o, account: a => a with { Lifetime = 100 });

        Assert.Empty(_server.Updates);
        Assert.Equal(2, _server.Registers.Count());
    }

    [Fact]
    public void A_client_that_deregistered_registers()
    {
        _world.Await(Start().StopAsync());

        Start();

        Assert.Empty(_server.Updates);
        Assert.Equal(2, _server.Registers.Count());
    }

    [Fact]
    public void Another_server_knows_nothing_of_the_registration()
    {
        _world.Await(Start().StopAsync(deregister: false));
        var other = new ScriptedServer(_world);

        new TestDevice(_world, other, o => o with { StateStore = _store }).Start();

        Assert.Single(other.Registers);
    }

    [Fact]
    public void Attributes_and_observations_live_on()
    {
        TestDevice device = Start();
        _server.WriteAttributes("/3303/0/5700?pmin=5&gt=25.5");
        uint first = _server.Get("/3303/0/5700", observe: 0, token: new CoapToken([7, 7, 7])).Observe!.Value;
        _server.Fetch(ContentFormat.SenmlJson, """[{"n":"/3/0/16"},{"n":"/3303/0/5601"}]"""u8.ToArray(), observe: 0, token: new CoapToken([8]));
        _world.Await(device.StopAsync(deregister: false));

        TestDevice again = Start();
        again.Thermometer[5700] = 26.0;
        again.Thermometer[5601] = 1.0;
        _world.Run(6);

        Assert.Equal("</3303/0/5700>;pmin=5;gt=25.5", _server.Get("/3303/0/5700", ContentFormat.LinkFormat).Text);
        ScriptedServer.Notification single = _server.Notifications.Single(n => n.Response.Token == new CoapToken([7, 7, 7]));
        Assert.Equal("26.0", single.Text);
        Assert.True(single.Response.Observe > first);
        Assert.Equal(ContentFormat.SenmlJson, _server.Notifications.Single(n => n.Response.Token == new CoapToken([8])).Response.ContentFormat);
    }

    [Fact]
    public void What_servers_wrote_into_the_account_lives_on()
    {
        TestDevice device = Start();
        _server.Put("/1/0/1", "1234");
        _server.Put("/1/0/2", "7");
        _world.Run(2);
        _world.Await(device.StopAsync(deregister: false));

        TestDevice again = Start();

        Assert.Equal(1234u, again.Session.Server.Lifetime);
        Assert.Equal(7, again.Session.Server[2].AsInteger());
    }

    [Fact]
    public void Instances_that_servers_created_live_on_and_those_they_deleted_stay_away()
    {
        Action<TestDevice> add = d => d.Client.Objects.Add(
            new Lwm2mObject(ObjectModelRegistry.Default.Find(16)!, new ObjectInstance(16, 0) { [0, 0] = "factory" }) { AllowsCreate = true, AllowsDelete = true, IsPersistent = true });
        TestDevice device = Start(o => o, add);
        _server.Post("/16", ContentFormat.SenmlJson, """[{"n":"/16/5/0/0","vs":"aa"},{"n":"/16/5/0/3","vs":"bb"}]"""u8.ToArray());
        _server.Delete("/16/0");
        _world.Await(device.StopAsync(deregister: false));

        Start(o => o, add);

        Assert.Equal("bb", _server.Get("/16/5/0/3").Text);
        Assert.Equal(CoapCode.NotFound, _server.Get("/16/0").Code);
    }

    [Fact]
    public void What_is_not_persistent_begins_anew()
    {
        Action<TestDevice> add = d => d.Client.Objects.Add(new ObjectInstance(3306) { [5850] = false });
        TestDevice device = Start(o => o, add);
        _server.Put("/3306/0/5850", "1");
        _world.Await(device.StopAsync(deregister: false));

        Start(o => o, add);

        Assert.Equal("0", _server.Get("/3306/0/5850").Text);
    }

    [Fact]
    public void Many_changes_are_saved_together()
    {
        Start();
        _world.Run(5);
        int before = _store.Saves;

        for (int i = 1; i <= 20; i++)
            _server.WriteAttributes($"/3303/0/5700?pmin={i}");

        _world.Run(5);
        Assert.InRange(_store.Saves - before, 1, 3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("""{"version":2,"servers":[],"objects":[]}""")]
    [InlineData("""{"version":1,"servers":[{"ssid":1}],"objects":[]}""")]
    [InlineData("""{"version":1,"servers":7,"objects":[]}""")]
    [InlineData("""{"version":1,"servers":[],"objects":[{"id":1,"instances":[65535],"senml_cbor":""}]}""")]
    public void A_state_that_cannot_be_read_is_none(string text)
    {
        _store.State = Encoding.UTF8.GetBytes(text);

        TestDevice device = Start();

        Assert.Equal(RegistrationState.Registered, device.Session.State);
        Assert.Single(_server.Registers);
    }

    [Fact]
    public void A_file_is_replaced_whole_and_private()
    {
        string path = Path.Combine(Path.GetTempPath(), $"surety-state-{Environment.ProcessId}-{GetHashCode()}");
        try
        {
            var store = new FileStateStore(path);
            Assert.Null(store.Load());

            store.Save("one"u8.ToArray());
            store.Save("two"u8.ToArray());

            Assert.Equal("two", Encoding.UTF8.GetString(store.Load()!));
            Assert.False(File.Exists(path + ".new"));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private TestDevice Start(Func<Lwm2mClientOptions, Lwm2mClientOptions>? configure = null, Action<TestDevice>? prepare = null, Func<ServerAccount, ServerAccount>? account = null)
    {
        var device = new TestDevice(_world, _server, o => (configure ?? (x => x))(o with { StateStore = _store }), account);
        prepare?.Invoke(device);
        return device.Start();
    }
}
