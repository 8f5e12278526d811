using System.Net;
using System.Security.Cryptography;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Factory;

/// <summary>Manifests of factories, the same on both databases.</summary>
public abstract class FactoryManifestTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : FactoryManifestTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : FactoryManifestTests(fixture.Server), IClassFixture<PostgresFixture>;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manifest_says_what_was_made_and_what_was_not()
    {
        var account = await server.NewAccountAsync();
        using var line = new FactoryLine();
        await line.TrustAsync(account);
        var manifest = line.Make("batch-1", [new FactoryFailure("meter-4", "the request's signature is wrong")], line.Device("meter-1").Device, line.Device("meter-2").Device, line.Device("meter-3").Device);
        var imported = await FactoryLine.ImportAsync(account, line.Sign(manifest));
        Assert.Equal("factory-manifest", imported.Text("object"));
        Assert.Equal((line.Name, "batch-1", "quota-1"), (imported.Text("factory"), imported.Text("batch"), imported.Text("quota")));
        Assert.Equal((4, 3, 3, 0, 0, 0), Counts(imported));
        Assert.Equal(0.75, (double)imported["yield"]!);
        Assert.Equal("meter-4", imported["failures"]![0]!.Text("item"));
        Assert.Equal([imported.Text("id")], (await account.GetOkAsync($"/v3/factory-manifests?factory__eq={line.Name}")).All("id"));
        Assert.Empty((await account.GetOkAsync("/v3/device-enrollments")).All("id"));
    }

    [Fact]
    public async Task What_was_produced_is_set_against_what_was_seen()
    {
        var account = await server.NewAccountAsync();
        using var line = new FactoryLine();
        await line.TrustAsync(account, enrollmentMode: true);
        var (first, certificate) = line.Device("meter-1");
        var imported = await FactoryLine.ImportAsync(account, line.Sign(line.Make("batch-1", first, line.Device("meter-2").Device, line.Device("meter-3").Device)), "?enroll=true");
        Assert.Equal((3, 3, 3, 0, 0, 3), Counts(imported));
        Assert.Equal(3, (await account.GetOkAsync("/v3/device-enrollments")).All("id").Count);

        // The first device bootstraps; under the name of the second another one is about.
        var identity = new PeerIdentity.Certificate(
            SHA256.HashData(certificate.RawData), certificate.SubjectName.RawData, certificate.SerialNumberBytes, certificate.NotAfter.ToUniversalTime(), SHA256.HashData(line.Root.Certificate.RawData));
        Assert.IsType<BootstrapAdmission.Admitted>(await server.Service<IBootstrapAdmission>().AdmitAsync(new BootstrapApplicant(identity, "meter-1", null, null), Token));
        await account.PostAsync("/v3/devices", $"{{\"endpoint_name\":\"meter-2\",\"device_key\":\"{new string('a', 64)}\"}}");
        var report = (await account.GetOkAsync($"/v3/factory-manifests/{imported.Text("id")}"))["reconciliation"]!;
        Assert.Equal((1, 2, 1), ((int)report["seen"]!, (int)report["not_seen"]!, (int)report["seen_with_another_key"]!));
        Assert.Equal("meter-2", (string?)report["another_key"]![0]);
        certificate.Dispose();
    }

    [Fact]
    public async Task A_batch_that_was_not_reported_shows_in_the_next_one()
    {
        var account = await server.NewAccountAsync();
        using var line = new FactoryLine();
        await line.TrustAsync(account);
        await FactoryLine.ImportAsync(account, line.Sign(line.Make("batch-1", line.Device("meter-1").Device)));
        line.Make("batch-2", line.Device("meter-2").Device, line.Device("meter-3").Device);
        var third = await FactoryLine.ImportAsync(account, line.Sign(line.Make("batch-3", line.Device("meter-4").Device)));
        Assert.Equal(2, (int)third["reconciliation"]!["unreported_before"]!);
    }

    [Fact]
    public async Task One_certificate_from_two_places_is_an_event_of_all_whom_it_concerns_and_is_not_enrolled()
    {
        var account = await server.NewAccountAsync();
        var other = await server.NewAccountAsync();
        using var line = new FactoryLine();
        await line.TrustAsync(account);
        await line.TrustAsync(other);
        var twice = line.Device("meter-1").Device;
        var elsewhere = line.Device("meter-2").Device;
        await FactoryLine.ImportAsync(other, line.Sign(line.Make("batch-1", elsewhere)));
        var imported = await FactoryLine.ImportAsync(account, line.Sign(line.Make("batch-2", twice, twice, elsewhere, line.Device("meter-3").Device)), "?enroll=true");
        Assert.Equal((4, 4, 2, 1, 1, 1), Counts(imported));
        await server.Service<DeviceEventService>().WriteAsync(Token);
        var events = await account.GetOkAsync("/v3/device-events?event_type__eq=IDENTITY_MADE_TWICE");
        Assert.Equal(["meter-1", "meter-2"], events["data"]!.AsArray().Select(item => item!["data"]!.Text("endpoint_name")).Order());
        var others = Assert.Single((await other.GetOkAsync("/v3/device-events?event_type__eq=IDENTITY_MADE_TWICE"))["data"]!.AsArray())!;
        Assert.Equal("meter-2", others["data"]!.Text("endpoint_name"));
        // It does not say whose the other one is.
        Assert.DoesNotContain(line.Name, others.Text("description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_imported_once()
    {
        var account = await server.NewAccountAsync();
        using var line = new FactoryLine();
        await line.TrustAsync(account);
        var manifest = line.Make("batch-1", line.Device("meter-1").Device);
        await FactoryLine.ImportAsync(account, line.Sign(manifest));
        // Signed again, so that it is other bytes.
        var error = await FactoryLine.ImportAsync(account, line.Sign(manifest), expected: HttpStatusCode.Conflict);
        Assert.Equal(["batch"], error.Fields());
        Assert.Single((await account.GetOkAsync("/v3/factory-manifests")).All("id"));
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_believed_is_refused_with_the_reason()
    {
        var account = await server.NewAccountAsync();
        using var line = new FactoryLine();
        using var stranger = new FactoryLine();
        var signed = line.Sign(line.Make("batch-1", line.Device("meter-1").Device));
        Assert.Contains("Upload the factory's authority first", (await RefusedAsync(signed)), StringComparison.Ordinal);
        await stranger.TrustAsync(account);
        Assert.Contains("its signer is not trusted", await RefusedAsync(signed), StringComparison.Ordinal);
        await line.TrustAsync(account);
        var changed = System.Text.Encoding.UTF8.GetString(signed).Replace("\"payload\":\"eyJ", "\"payload\":\"eyK", StringComparison.Ordinal);
        Assert.Contains("its signature is wrong", await RefusedAsync(System.Text.Encoding.UTF8.GetBytes(changed)), StringComparison.Ordinal);
        Assert.Contains("no signed JSON document", await RefusedAsync("{}"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("contradicts itself", await RefusedAsync(line.Sign(line.Make("batch-2", line.Device("meter-2").Device) with { Requested = 7 })), StringComparison.Ordinal);
        Assert.Contains("cannot be stored", await RefusedAsync(line.Sign(line.Make("batch-2", line.Device("meter-2").Device with { EndpointName = new string('x', 300) }))), StringComparison.Ordinal);
        Assert.Contains("cannot be stored", await RefusedAsync(line.Sign(line.Make("batch-2", line.Device("meter-2").Device with { EndpointName = "a\0b" }))), StringComparison.Ordinal);
        Assert.Contains("log_root", await RefusedAsync(line.Sign(line.Make("batch-2", line.Device("meter-2").Device) with { LogRoot = "xy" })), StringComparison.Ordinal);
        using (var text = await account.SendAsync(HttpMethod.Post, "/v3/factory-manifests", "hello", "text/plain"))
            await text.ReadErrorAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        Assert.Empty((await account.GetOkAsync("/v3/factory-manifests")).All("id"));

        async Task<string> RefusedAsync(byte[] document) => (await FactoryLine.ImportAsync(account, document, expected: HttpStatusCode.BadRequest)).Text("message");
    }

    [Fact]
    public async Task Only_an_administrator_imports()
    {
        var account = await server.NewAccountAsync();
        using var line = new FactoryLine();
        await line.TrustAsync(account);
        var application = server.Client((await account.PostAsync("/v3/api-keys", "{\"name\":\"an application\"}")).Text("key"));
        await FactoryLine.ImportAsync(application, line.Sign(line.Make("batch-1", line.Device("meter-1").Device)), expected: HttpStatusCode.Forbidden);
    }

    private static (int Requested, int Made, int New, int Repeated, int Known, int Enrolled) Counts(System.Text.Json.Nodes.JsonNode manifest) => (
        (int)manifest["requested"]!, (int)manifest["made"]!, (int)manifest["new"]!, (int)manifest["repeated"]!, (int)manifest["known"]!, (int)manifest["enrolled"]!);
}
