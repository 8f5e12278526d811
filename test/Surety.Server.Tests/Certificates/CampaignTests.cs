using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Connect;
using Surety.Server.Storage;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Certificates;

/// <summary>/v3/certificate-campaigns, against devices that do what the test says, the same on both databases.</summary>
public abstract class CampaignTests(DeviceServerFixture fixture)
{
    public sealed class OnSqlite(DeviceServerFixture fixture) : CampaignTests(fixture), IClassFixture<DeviceServerFixture>;

    public sealed class OnPostgres(PostgresDeviceServerFixture fixture) : CampaignTests(fixture), IClassFixture<PostgresDeviceServerFixture>;

    private const string Path = "/v3/certificate-campaigns";
    private const string PelionLinks = "</1/0>,</3/0>,</35011/0>";

    [Fact]
    public async Task A_campaign_goes_stage_by_stage_and_counts_what_became_of_the_devices()
    {
        var application = await fixture.NewAccountAsync();
        await application.Client.PostAsync("/v3/certificate-issuer-configurations", "{\"reference\":\"customer.dlms\",\"certificate_issuer_id\":null}");
        await using var good = await fixture.RegisterAsync(links: PelionLinks);
        await using var bad = await fixture.RegisterAsync(links: PelionLinks);
        await using var unable = await fixture.RegisterAsync(links: "</3/0>");
        var id = await application.FindAsync(good.Name);
        good.Answer = _ =>
        {
            var order = OrderOf(application, id, good.Name).GetAwaiter().GetResult();
            fixture.Server.Service<ICertificateIssuance>().IssueAsync(order, CancellationToken.None).GetAwaiter().GetResult();
            return new CoapResponse(CoapCode.Changed, ContentFormat.TextPlain, "0"u8.ToArray());
        };
        bad.Answer = _ => new CoapResponse(CoapCode.Changed, ContentFormat.TextPlain, "1284"u8.ToArray());
        var made = await application.Client.PostAsync(
            Path, "{\"name\":\"yearly\",\"certificate_name\":\"customer.dlms\",\"stages\":[34,100],\"rate_per_minute\":60000,\"max_failure_percent\":100}");
        Assert.Equal("draft", made.Text("state"));
        var campaign = $"{Path}/{made.Text("id")}";
        var started = await application.Client.PostAsync($"{campaign}/start", "", HttpStatusCode.OK);
        Assert.Equal("running", started.Text("state"));
        Assert.Equal(3, (int)started["device_count"]!);
        using (var twice = await application.Client.SendAsync(HttpMethod.Post, $"{campaign}/start", ""))
            await twice.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");

        var completed = await UntilAsync(application, campaign, "completed");
        Assert.Equal(1, (int)completed["stage"]!);
        var statistics = await application.Client.GetOkAsync($"{campaign}/statistics");
        Assert.Equal((0, 0, 1, 2), ((int)statistics["waiting"]!, (int)statistics["ordered"]!, (int)statistics["succeeded"]!, (int)statistics["failed"]!));
    }

    [Fact]
    public async Task Too_many_failures_stop_it_with_words()
    {
        var application = await fixture.NewAccountAsync();
        var devices = new List<ScriptedDevice>();
        for (var i = 0; i < 12; i++)
        {
            devices.Add(await fixture.RegisterAsync(links: PelionLinks));
            devices[^1].Answer = _ => new CoapResponse(CoapCode.Forbidden);
        }

        await application.Client.PostAsync("/v3/devices", "{\"endpoint_name\":\"away\"}");
        var made = await application.Client.PostAsync(Path, "{\"name\":\"bad\",\"rate_per_minute\":60000}");
        var campaign = $"{Path}/{made.Text("id")}";
        await application.Client.PostAsync($"{campaign}/start", "", HttpStatusCode.OK);
        Assert.Contains("more than 10 percent", (await UntilAsync(application, campaign, "stopped")).Text("state_detail"), StringComparison.Ordinal);
        foreach (var device in devices)
            await device.DisposeAsync();
    }

    [Fact]
    public async Task A_campaign_waits_for_devices_that_are_away_and_can_be_stopped()
    {
        var application = await fixture.NewAccountAsync();
        await application.Client.PostAsync("/v3/devices", "{\"endpoint_name\":\"away\"}");
        var made = await application.Client.PostAsync(Path, "{\"name\":\"patient\"}");
        var campaign = $"{Path}/{made.Text("id")}";
        await application.Client.PostAsync($"{campaign}/start", "", HttpStatusCode.OK);
        using (var deleted = await application.Client.DeleteAsync(campaign, TestContext.Current.CancellationToken))
            await deleted.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
        Assert.Equal("stopped", (await application.Client.PostAsync($"{campaign}/stop", "", HttpStatusCode.OK)).Text("state"));
        Assert.Equal(1, (int)(await application.Client.GetOkAsync($"{campaign}/statistics"))["waiting"]!);
        using var gone = await application.Client.DeleteAsync(campaign, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    [Fact]
    public async Task The_forecast_names_a_device_that_is_away_and_not_one_that_is_there()
    {
        var application = await fixture.NewAccountAsync();
        await using var present = await fixture.RegisterAsync(links: PelionLinks);
        var away = (await application.Client.PostAsync("/v3/devices", "{\"endpoint_name\":\"away\"}")).Text("id");
        foreach (var (id, name) in new[] { (await application.FindAsync(present.Name), present.Name), (away, "away") })
        {
            var order = (await OrderOf(application, id, name)) with { CertificateName = CertificateOrder.Lwm2m };
            var issued = await fixture.Server.Service<ICertificateIssuance>().IssueAsync(order, TestContext.Current.CancellationToken);
            await fixture.Server.Service<IssuedCertificates>().ConfirmAsync(order.AccountId, IssuedCertificates.FingerprintOf(issued.Certificate.RawData), TestContext.Current.CancellationToken);
        }

        var made = await application.Client.PostAsync(Path, "{\"name\":\"forecast\"}");
        var forecast = await application.Client.GetOkAsync($"{Path}/{made.Text("id")}/forecast");
        Assert.Equal(2, (int)forecast["open"]!);
        Assert.Equal(1, (int)forecast["late_count"]!);
        Assert.Equal(away, forecast["late"]![0]!.Text("device_id"));
        Assert.Equal("it is not registered, and nothing is known of how it wakes: it was not seen to come back yet", forecast["late"]![0]!.Text("reason"));
        Assert.Equal(1, (int)forecast["unknown_count"]!);
        Assert.Null(forecast["late"]![0]!["next_contact"]);
        Assert.Null(forecast["late"]![0]!["wake_interval"]);
    }

    [Fact]
    public async Task The_forecast_knows_how_devices_wake()
    {
        var application = await fixture.NewAccountAsync();
        await using var monthly = await new ScriptedDevice(fixture.CoapPort).RegisterAsync("&b=UQ", lifetime: 31_536_000);
        await using var daily = await new ScriptedDevice(fixture.CoapPort).RegisterAsync("&b=UQ", lifetime: 31_536_000);
        await using var fresh = await new ScriptedDevice(fixture.CoapPort).RegisterAsync("&b=UQ", lifetime: 31_536_000);
        var wakes = fixture.Server.Service<DeviceWakes>();
        var registrations = fixture.Server.Service<DeviceGateway>().Server.Registrations.ToArray();
        // Twenty days apart, with the intervals of a device that once overslept; and daily, with more contacts than wakes.
        await WakeAsync(monthly.Name, 20, 20, 25, 20);
        await WakeAsync(daily.Name, 1, 1, 1.01, 1);
        await WakeAsync(fresh.Name);
        async Task WakeAsync(string name, params double[] days)
        {
            var registration = registrations.Single(registration => registration.Endpoint == name);
            var id = Http.ReadId(await application.FindAsync(name));
            await wakes.FlushAsync(TestContext.Current.CancellationToken);
            await using var db = fixture.Server.Service<SuretyDbFactory>().OpenForPlatform();
            var row = await db.AllAccounts<DeviceWake>().SingleAsync(wake => wake.Id == id, TestContext.Current.CancellationToken);
            Assert.Null(row.ToPattern());
            // As if it had been heard from before: the last wake is now.
            row.LastAt -= TimeSpan.FromDays(days.Sum());
            foreach (var one in days)
            {
                Assert.True(row.Add(row.LastAt + TimeSpan.FromDays(one)));
                Assert.False(row.Add(row.LastAt + TimeSpan.FromMinutes(50)));
            }

            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            var order = (await OrderOf(application, id.ToString(), registration.Endpoint)) with { CertificateName = CertificateOrder.Lwm2m };
            var issued = await fixture.Server.Service<ICertificateIssuance>().IssueAsync(order, TestContext.Current.CancellationToken);
            var fingerprint = IssuedCertificates.FingerprintOf(issued.Certificate.RawData);
            await fixture.Server.Service<IssuedCertificates>().ConfirmAsync(order.AccountId, fingerprint, TestContext.Current.CancellationToken);
            var end = fixture.Time.GetUtcNow() + TimeSpan.FromDays(10);
            await db.AllAccounts<IssuedCertificateRecord>().Where(record => record.Fingerprint == fingerprint)
                .ExecuteUpdateAsync(set => set.SetProperty(record => record.NotAfter, end), TestContext.Current.CancellationToken);
        }

        var made = await application.Client.PostAsync(Path, "{\"name\":\"forecast\"}");
        var forecast = await application.Client.GetOkAsync($"{Path}/{made.Text("id")}/forecast");
        Assert.Equal((3, 2, 1), ((int)forecast["open"]!, (int)forecast["late_count"]!, (int)forecast["unknown_count"]!));
        var late = forecast["late"]!.AsArray().ToDictionary(device => device!.Text("device_id"), device => device!);
        var sleeper = late[await application.FindAsync(monthly.Name)];
        Assert.Equal("it wakes every 20 days (25 days at the longest), and is expected 10 days too late", sleeper.Text("reason"));
        Assert.Equal((20 * 86_400, 25 * 86_400), ((int)sleeper["wake_interval"]!, (int)sleeper["longest_wake_interval"]!));
        var unknown = late[await application.FindAsync(fresh.Name)];
        Assert.Equal("it sleeps, and nothing is known of how it wakes: at the end of its registration, 355 days too late, at the latest", unknown.Text("reason"));
        Assert.Null(unknown["wake_interval"]);
    }

    [Fact]
    public async Task Contacts_of_a_device_are_kept_as_wakes_an_hour_apart()
    {
        var application = await fixture.NewAccountAsync();
        await using var device = await new ScriptedDevice(fixture.CoapPort).RegisterAsync("&b=UQ", lifetime: 31_536_000);
        var wakes = fixture.Server.Service<DeviceWakes>();
        var gateway = fixture.Server.Service<DeviceGateway>();
        var registration = gateway.Server.Registrations.ToArray().Single(registration => registration.Endpoint == device.Name);
        foreach (var hours in new[] { 0.0, 0.5, 2.5, 0.1, 3 })
        {
            fixture.Time.PutForward(TimeSpan.FromHours(hours));
            ((Surety.Lwm2m.Server.IDeviceEvents)gateway).OnUpdated(registration, default);
            await wakes.FlushAsync(TestContext.Current.CancellationToken);
        }

        var id = Http.ReadId(await application.FindAsync(device.Name));
        await using var db = fixture.Server.Service<SuretyDbFactory>().OpenForPlatform();
        var pattern = (await db.AllAccounts<DeviceWake>().SingleAsync(wake => wake.Id == id, TestContext.Current.CancellationToken)).ToPattern()!.Value;
        // 3 h after the registration, and 3.1 h after that.
        Assert.Equal((2, 3.1, 3.1), (pattern.Count, Math.Round(pattern.Typical.TotalHours, 1), Math.Round(pattern.Longest.TotalHours, 1)));
    }

    [Theory]
    [InlineData("{\"name\":\"x\",\"stages\":[50]}", "stages")]
    [InlineData("{\"name\":\"x\",\"stages\":[50,50,100]}", "stages")]
    [InlineData("{\"name\":\"x\",\"rate_per_minute\":0}", "rate_per_minute")]
    [InlineData("{\"name\":\"x\",\"device_filter\":\"colour=red\"}", "colour")]
    [InlineData("{\"name\":\"x\",\"certificate_name\":\"nobody.issues\"}", "certificate-name")]
    [InlineData("{}", "name")]
    public async Task What_is_wrong_is_named(string body, string field)
    {
        var application = await fixture.NewAccountAsync();
        using var response = await application.Client.SendAsync(HttpMethod.Post, Path, body);
        Assert.Equal([field], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
    }

    private static async Task<CertificateOrder> OrderOf(Application application, string device, string name) => new(
        (await application.Client.GetOkAsync("/v3/accounts/me")).Id("id"), Http.ReadId(device), name, "customer.dlms", IssuanceTests.Request($"CN={name}", out _));

    private static async Task<JsonNode> UntilAsync(Application application, string campaign, string state)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var current = await application.Client.GetOkAsync(campaign);
            if (current.Text("state") == state)
                return current;
            await Task.Delay(20, patience.Token);
        }
    }
}
