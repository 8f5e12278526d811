using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;
using Surety.Lwm2m.Server;
using Surety.Simulator;
using Surety.Testing;

namespace Surety.Device.Tests;

public sealed class DemoFleetTests
{
    [Fact]
    public async Task Five_devices_register_over_tls_each_with_its_own_certificate()
    {
        await using var server = new TestServer();
        await using var fleet = new DemoFleet(new DemoFleetOptions
        {
            Servers = [server.SecureUri],
            FindIdentity = name => DeviceIdentity.From(server.Issue(name)),
            Trusted = [server.Authority.Certificate],
        });
        fleet.Start();
        await TestServer.UntilAsync(() => server.Server.Registrations.Count == 5);

        Assert.Equal(
            ["demo-door", "demo-light", "demo-meter", "demo-thermometer", "demo-tracker"],
            server.Server.Registrations.ToArray().Select(r => r.Endpoint).Order(StringComparer.Ordinal));
        Assert.Equal(DemoFleet.NamesFor("demo-"), fleet.Devices.Select(d => d.Name));
        foreach (Registration registration in server.Server.Registrations.ToArray())
        {
            foreach (ushort id in new ushort[] { 1, 3, 4 })
                Assert.True(registration.Links.Contains(new Lwm2mPath(id, 0)), $"{registration.Endpoint} {id}");
        }

        foreach ((string name, string path) in new[]
        {
            ("demo-thermometer", "/3303/0/5700"), ("demo-light", "/3311/0/5850"), ("demo-meter", "/3305/0/5800"), ("demo-meter", "/3331/0/5700"),
            ("demo-tracker", "/6/0/0"), ("demo-tracker", "/3336/0/6052"), ("demo-door", "/3302/0/5500"), ("demo-thermometer", "/3/0/9"), ("demo-light", "/4/0/2"),
        })
            Assert.NotEmpty(await server.ReadAsync(name, path));

        await fleet.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, server.Server.Registrations.Count);
    }

    [Fact]
    public async Task Devices_join_a_fleet_that_lives_and_leave_it_de_registered()
    {
        await using var server = new TestServer();
        await using var fleet = new DemoFleet(new DemoFleetOptions { Kinds = [], Servers = [server.Uri] });
        fleet.Start();
        SimulatedDevice lamp = fleet.Add(DeviceKind.Light, "lamp-1");
        fleet.Add(DeviceKind.Light, "lamp-2");
        Assert.Throws<ArgumentException>(() => fleet.Add(DeviceKind.Door, "lamp-1"));
        await TestServer.UntilAsync(() => server.Server.Registrations.Count == 2);

        Assert.True(await fleet.RemoveAsync(lamp, TestContext.Current.CancellationToken));
        Assert.False(await fleet.RemoveAsync(lamp, TestContext.Current.CancellationToken));
        Assert.Equal("lamp-2", Assert.Single(server.Server.Registrations.ToArray()).Endpoint);
        Assert.Equal("lamp-2", Assert.Single(fleet.Devices).Name);
    }

    [Fact]
    public async Task Servers_switch_the_lamp_and_reset_the_extremes()
    {
        await using var server = new TestServer();
        await using var fleet = new DemoFleet(new DemoFleetOptions { Servers = [server.Uri] });
        fleet.Start();
        await TestServer.UntilAsync(() => server.Server.Registrations.Count == 5);

        Assert.Equal(CoapCode.Changed, await WriteAsync("demo-light", "/3311/0/5850", "1"));
        Assert.Equal(CoapCode.Changed, await WriteAsync("demo-light", "/3311/0/5851", "40"));
        Assert.Equal(CoapCode.BadRequest, await WriteAsync("demo-light", "/3311/0/5851", "140"));
        Assert.Equal("on, 40 %", fleet.Snapshot().Single(s => s.Kind == "light").Value);
        foreach ((string name, string path) in new[] { ("demo-thermometer", "/3303/0/5605"), ("demo-meter", "/3305/0/5605"), ("demo-meter", "/3331/0/5822"), ("demo-door", "/3302/0/5505") })
            Assert.True((await server.Server.SendAsync(server.Find(name), DeviceRequest.Execute(Lwm2mPath.Parse(path)), TestContext.Current.CancellationToken)).IsSuccess, path);
        Assert.Equal("0", await server.ReadAsync("demo-door", "/3302/0/5501"));
        Assert.Equal("0.0", await server.ReadAsync("demo-meter", "/3331/0/5700"));

        async Task<CoapCode> WriteAsync(string name, string path, string text) => (await server.Server.SendAsync(
            server.Find(name), DeviceRequest.Write(Lwm2mPath.Parse(path), ContentFormat.TextPlain, Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken)).Code;
    }

    [Fact]
    public async Task Values_change_and_are_reported()
    {
        await using var server = new TestServer();
        var time = new ManualTime();
        await using var fleet = new DemoFleet(new DemoFleetOptions { Servers = [server.Uri], Time = time });
        fleet.Start();
        await TestServer.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            return fleet.Snapshot().All(s => s.State == RegistrationState.Registered);
        });
        foreach ((string name, string path) in new[] { ("demo-thermometer", "/3303/0/5700"), ("demo-meter", "/3305/0/5800"), ("demo-tracker", "/6/0/0"), ("demo-door", "/3302/0/5501") })
            Assert.NotNull((await server.Server.ObserveAsync(server.Find(name), Lwm2mPath.Parse(path), cancellationToken: TestContext.Current.CancellationToken)).Observation);

        await TestServer.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return server.Notifications.Select(n => n.Split(' ')[0]).Distinct().Count() == 4;
        });
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_day()
    {
        (string[] First, string[] Last) one = await LiveAsync(1);
        (string[] First, string[] Last) again = await LiveAsync(1);
        (string[] First, string[] Last) other = await LiveAsync(2);

        Assert.Equal(one.First, again.First);
        Assert.Equal(one.Last, again.Last);
        Assert.NotEqual(one.Last, other.Last);
        Assert.NotEqual(one.First, one.Last);
    }

    [Fact]
    public async Task Days_later_values_are_plausible_still()
    {
        var time = new ManualTime();
        await using var fleet = new DemoFleet(new DemoFleetOptions { Servers = ["coap://127.0.0.1:9"], Time = time });
        ObjectTree thermometer = fleet.Devices[0].Host.Objects;
        ObjectTree meter = fleet.Devices[2].Host.Objects;
        ObjectTree tracker = fleet.Devices[3].Host.Objects;
        fleet.Start();

        for (int day = 0; day < 20; day++)
        {
            time.Advance(TimeSpan.FromHours(5));
            Assert.InRange(Value(thermometer, "/3303/0/5700"), 5, 40);
            Assert.InRange(Value(thermometer, "/3/0/9"), 0, 100);
            Assert.InRange(Value(meter, "/3305/0/5800"), 20, 6000);
            Assert.InRange(Value(tracker, "/6/0/0"), 53.55, 53.59);
            Assert.InRange(Value(tracker, "/6/0/1"), 9.99, 10.02);
        }

        static double Value(ObjectTree objects, string path)
        {
            Lwm2mPath parsed = Lwm2mPath.Parse(path);
            Assert.True(objects.FindInstance(parsed)![parsed.ResourceId].TryGetNumber(out double number));
            return number;
        }
    }

    private static async Task<(string[] First, string[] Last)> LiveAsync(int seed)
    {
        var time = new ManualTime();
        await using var fleet = new DemoFleet(new DemoFleetOptions { Servers = ["coap://127.0.0.1:9"], Time = time, Seed = seed });
        string[] first = [.. fleet.Snapshot().Select(s => s.Value)];
        fleet.Start();
        time.Advance(TimeSpan.FromHours(1));
        return (first, [.. fleet.Snapshot().Select(s => s.Value)]);
    }
}
