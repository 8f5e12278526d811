using System.Net;
using Surety.Coap;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Bootstrap;

/// <summary>Initial observations of bootstrap rules, against devices that do what the test says, the same on both databases.</summary>
public abstract class BootstrapObservationTests(DeviceServerFixture fixture)
{
    private const string Rules = "/v3/bootstrap-rules";

    public sealed class OnSqlite(DeviceServerFixture fixture) : BootstrapObservationTests(fixture), IClassFixture<DeviceServerFixture>;

    public sealed class OnPostgres(PostgresDeviceServerFixture fixture) : BootstrapObservationTests(fixture), IClassFixture<PostgresDeviceServerFixture>;

    [Fact]
    public async Task A_device_that_registers_gets_the_attributes_and_is_observed_and_the_values_go_to_the_account()
    {
        var app = await fixture.NewAccountAsync();
        await MakeAsync(app, """{"path":"/3303/0/5700","pmin":10,"gt":30.5,"lt":-5},{"path":"/3303/7/5700"}""");
        // Who has a channel hears of it.
        await app.RestAsync("notifications");
        await using var device = await fixture.RegisterAsync();

        var told = await app.NextAsync("notifications");
        Assert.Equal(("/3303/0/5700", "21.5"), (told.Text("path"), Application.Decode(told)));
        // Core TS 1.2.2, 6.3.4 and 6.4.1; the instance 7 is not among what it has registered.
        Assert.Equal(["0.03 /3303/0/5700?pmin=10&gt=30.5&lt=-5", "0.01 /3303/0/5700 observe=0"], device.Calls.Select(call => call.ToString()));
        await device.NotifyAsync("/3303/0/5700", "31");
        Assert.Equal("31", Application.Decode(await app.NextAsync("notifications")));
    }

    [Fact]
    public async Task Each_registration_has_them_made_anew()
    {
        var app = await fixture.NewAccountAsync();
        await MakeAsync(app, """{"path":"/3303/0/5700","pmax":60}""");
        await app.RestAsync("notifications");
        await using var device = await fixture.RegisterAsync();
        await app.NextAsync("notifications");
        await device.RegisterAsync();
        await app.NextAsync("notifications");
        await device.NotifyAsync("/3303/0/5700", "after");
        Assert.Equal("after", Application.Decode(await app.NextAsync("notifications")));
        Assert.Equal(2, device.Calls.Count(call => call.Query == "pmax=60"));
    }

    [Fact]
    public async Task Only_the_first_rule_that_is_for_the_device_counts()
    {
        var app = await fixture.NewAccountAsync();
        await app.Client.PostAsync(Rules, """{"name":"off","priority":1,"enabled":false,"observations":[{"path":"/1/0"}]}""");
        await app.Client.PostAsync(Rules, """{"name":"pumps","priority":2,"match":{"endpoint_type":"Pump"},"observations":[{"path":"/3303/0"}]}""");
        await app.Client.PostAsync(Rules, """{"name":"moved","priority":3,"redirect":"coaps://elsewhere"}""");
        await app.Client.PostAsync(Rules, """{"name":"others","priority":4,"observations":[{"path":"/3/0"}]}""");
        await using var light = await fixture.RegisterAsync("&et=Light");
        await using var pump = await fixture.RegisterAsync("&et=Pump");
        await DeviceServerFixture.UntilAsync(() => !light.Calls.IsEmpty && !pump.Calls.IsEmpty);
        Assert.Equal(["/3/0"], light.Calls.Select(call => call.Path));
        Assert.Equal(["/3303/0"], pump.Calls.Select(call => call.Path));
    }

    [Fact]
    public async Task A_rule_of_a_device_group_counts_when_a_device_in_it_registers()
    {
        var app = await fixture.NewAccountAsync();
        var group = (await app.Client.PostAsync("/v3/device-groups", """{"name":"hall B"}""")).Text("id");
        await app.Client.PostAsync(Rules, $$$"""{"name":"hall B","priority":1,"match":{"group_id":"{{{group}}}"},"observations":[{"path":"/3303/0"}]}""");
        await app.Client.PostAsync(Rules, """{"name":"others","priority":2,"observations":[{"path":"/3/0"}]}""");
        await using var device = await fixture.RegisterAsync();
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call.Path == "/3/0"));
        await app.Client.PostAsync($"/v3/device-groups/{group}/devices/add-matching", $$"""{"filter":"endpoint_name__eq={{device.Name}}"}""", HttpStatusCode.OK);
        await device.RegisterAsync();
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call.Path == "/3303/0"));
    }

    [Fact]
    public async Task A_rule_that_changes_counts_at_once_for_those_who_are_registered()
    {
        var app = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync();
        // The directory has the device.
        await app.FindAsync(device.Name);
        var rule = await MakeAsync(app, """{"path":"/3303/0/5700","pmin":10,"gt":30}""");
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call.Observe == 0));
        await ReplaceAsync(app, rule, """{"path":"/3303/0/5700","gt":40}""");
        // What is set is written, what is gone is unset, and nobody observes twice.
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call.Query == "pmin&gt=40"));
        Assert.Single(device.Calls, call => call.Observe == 0);
        await ReplaceAsync(app, rule, "");
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call.Observe == 1) && device.Calls.Any(call => call.Query == "gt"));
    }

    [Fact]
    public async Task A_device_that_refuses_the_attributes_is_observed_without()
    {
        var app = await fixture.NewAccountAsync();
        await MakeAsync(app, """{"path":"/3303/0/5700","epmin":5},{"path":"/3303/0/5601","pmin":5}""");
        await app.RestAsync("notifications");
        await using var device = new ScriptedDevice(fixture.CoapPort);
        device.Answer = call => call.Method == CoapCode.Put ? new CoapResponse(CoapCode.BadRequest) : ScriptedDevice.Text("1");
        await device.RegisterAsync();
        string[] told = [(await app.NextAsync("notifications")).Text("path"), (await app.NextAsync("notifications")).Text("path")];
        Assert.Equal(["/3303/0/5601", "/3303/0/5700"], told.Order());
    }

    [Fact]
    public async Task What_a_device_sends_by_itself_of_an_observed_path_goes_to_the_account()
    {
        var app = await fixture.NewAccountAsync();
        await MakeAsync(app, """{"path":"/3303/0"}""");
        await app.RestAsync("notifications");
        await using var device = await fixture.RegisterAsync();
        await app.NextAsync("notifications");
        await device.SendAsync(ContentFormat.SenmlJson, """[{"bn":"/3303/0/","n":"5700","v":7.5},{"bn":"/3/0/","n":"9","v":1}]""");
        Assert.Equal("/3303/0/5700", (await app.NextAsync("notifications")).Text("path"));
        Assert.Empty(await app.RestAsync("notifications"));
    }

    [Fact]
    public async Task Who_subscribes_by_hand_too_and_leaves_again_leaves_the_observation()
    {
        var app = await fixture.NewAccountAsync();
        await MakeAsync(app, """{"path":"/3303/0/5700"}""");
        await app.RestAsync("notifications");
        await using var device = await fixture.RegisterAsync();
        await app.NextAsync("notifications");
        var path = $"/v2/subscriptions/{await app.FindAsync(device.Name)}/3303/0/5700";
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync(HttpMethod.Put, path));
        await app.StatusAsync(HttpMethod.Delete, path);
        await device.NotifyAsync("/3303/0/5700", "22");
        Assert.Equal("22", Application.Decode(await app.NextAsync("notifications")));
        Assert.DoesNotContain(device.Calls, call => call.Observe == 1);
    }

    private static async Task<string> MakeAsync(Application app, string observations) =>
        (await app.Client.PostAsync(Rules, $$"""{"name":"watched","priority":1,"observations":[{{observations}}]}""")).Text("id");

    private static Task ReplaceAsync(Application app, string rule, string observations) =>
        app.Client.PutAsync($"{Rules}/{rule}", $$"""{"name":"watched","priority":1,"observations":[{{observations}}]}""");
}
