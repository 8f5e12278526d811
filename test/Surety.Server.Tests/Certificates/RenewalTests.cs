using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Surety.Coap;
using Surety.Server.Features.Certificates;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Certificates;

/// <summary>Orders to renew, against devices that do what the test says, the same on both databases.</summary>
public abstract class RenewalTests(DeviceServerFixture fixture)
{
    public sealed class OnSqlite(DeviceServerFixture fixture) : RenewalTests(fixture), IClassFixture<DeviceServerFixture>;

    public sealed class OnPostgres(PostgresDeviceServerFixture fixture) : RenewalTests(fixture), IClassFixture<PostgresDeviceServerFixture>;

    private const string PelionLinks = "</1/0>,</3/0>,</35011/0>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pelions_client_is_told_by_35011_and_has_renewed_when_it_came_with_the_new_certificate()
    {
        var application = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync(links: PelionLinks);
        var id = await application.FindAsync(device.Name);
        CertificateOrder? order = null;
        IssuedCertificate? issued = null;
        device.Answer = call =>
        {
            order = OrderOf(application, id, device.Name).GetAwaiter().GetResult();
            issued = fixture.Server.Service<ICertificateIssuance>().IssueAsync(order, CancellationToken.None).GetAwaiter().GetResult();
            return new CoapResponse(CoapCode.Changed, ContentFormat.TextPlain, "0"u8.ToArray());
        };
        var made = await application.Client.PostAsync($"/v3/devices/{id}/certificates/LWM2M/renew", "");
        Assert.Equal(["certificate_name", "created_at", "device_id", "enroll_status", "etag", "id", "object", "updated_at"], made.AsObject().Select(member => member.Key).Order());
        Assert.Equal("new", made.Text("enroll_status"));
        await DeviceServerFixture.UntilAsync(() => issued is not null);

        var call = device.Calls.Single(call => call.Method == CoapCode.Post);
        Assert.Equal("/35011/0/27002", call.Path);
        // The bytes of the recording: type 1, length 6, LWM2M and the NUL of C.
        Assert.Equal("000100064c574d324d00", Convert.ToHexStringLower(call.Payload));
        using (var again = await application.Client.SendAsync(HttpMethod.Post, $"/v3/devices/{id}/certificates/lwm2m/renew", ""))
            await again.ReadErrorAsync(HttpStatusCode.Conflict, "duplicate");
        Assert.Equal("new", (await application.Client.GetOkAsync($"/v3/certificate-enrollments/{made.Text("id")}")).Text("enroll_status"));

        await fixture.Server.Service<IssuedCertificates>().ConfirmAsync(order!.AccountId, IssuedCertificates.FingerprintOf(issued!.Certificate.RawData), Token);
        var done = await CompletedAsync(application, made.Text("id"));
        Assert.Equal("success", done.Text("enroll_result"));
        Assert.Equal([made.Text("id")], (await application.Client.GetOkAsync($"/v3/certificate-enrollments?device_id__eq={id}&certificate_name__eq=LWM2M&enroll_status__eq=completed&enroll_result__eq=success")).All("id"));
        Assert.Empty((await application.Client.GetOkAsync("/v3/certificate-enrollments?enroll_result__eq=failure")).All("id"));
    }

    [Fact]
    public async Task Another_device_is_told_to_bootstrap_anew()
    {
        var application = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync(links: "</1/3>,</3/0>");
        var id = await application.FindAsync(device.Name);
        await application.Client.PostAsync($"/v3/devices/{id}/certificates/LWM2M/renew", "");
        await DeviceServerFixture.UntilAsync(() => device.Calls.Any(call => call.Path == "/1/3/9"));
    }

    [Fact]
    public async Task What_the_device_says_is_the_reason_of_the_failure()
    {
        var application = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync(links: PelionLinks);
        var id = await application.FindAsync(device.Name);
        device.Answer = _ => new CoapResponse(CoapCode.Changed, ContentFormat.TextPlain, "1284"u8.ToArray());
        var first = await application.Client.PostAsync($"/v3/devices/{id}/certificates/LWM2M/renew", "");
        var failed = await CompletedAsync(application, first.Text("id"));
        Assert.Equal("failure", failed.Text("enroll_result"));
        Assert.Contains("no certificate of that name", failed.Text("enroll_result_detail"), StringComparison.Ordinal);

        device.Answer = _ => new CoapResponse(CoapCode.Forbidden, ContentFormat.TextPlain, Encoding.UTF8.GetBytes("not now"));
        var second = await application.Client.PostAsync($"/v3/devices/{id}/certificates/LWM2M/renew", "");
        Assert.Contains("not now", (await CompletedAsync(application, second.Text("id"))).Text("enroll_result_detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_name_is_renewed_when_it_was_issued_and_the_device_has_taken_it()
    {
        var application = await fixture.NewAccountAsync();
        await using var device = await fixture.RegisterAsync(links: PelionLinks);
        var id = await application.FindAsync(device.Name);
        using (var nobody = await application.Client.SendAsync(HttpMethod.Post, $"/v3/devices/{id}/certificates/customer.dlms/renew", ""))
            await nobody.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        await application.Client.PostAsync("/v3/certificate-issuer-configurations", "{\"reference\":\"customer.dlms\",\"certificate_issuer_id\":null}");
        device.Answer = _ =>
        {
            var order = OrderOf(application, id, device.Name).GetAwaiter().GetResult() with { CertificateName = "customer.dlms" };
            fixture.Server.Service<ICertificateIssuance>().IssueAsync(order, CancellationToken.None).GetAwaiter().GetResult();
            return new CoapResponse(CoapCode.Changed, ContentFormat.TextPlain, "0"u8.ToArray());
        };
        var made = await application.Client.PostAsync($"/v3/devices/{id}/certificates/customer.dlms/renew", "");
        Assert.Equal("success", (await CompletedAsync(application, made.Text("id"))).Text("enroll_result"));
    }

    [Fact]
    public async Task Who_cannot_be_told_is_locked()
    {
        var application = await fixture.NewAccountAsync();
        var offline = (await application.Client.PostAsync("/v3/devices", "{\"endpoint_name\":\"offline\"}")).Text("id");
        using (var response = await application.Client.SendAsync(HttpMethod.Post, $"/v3/devices/{offline}/certificates/LWM2M/renew", ""))
            Assert.Contains("not connected", (await response.ReadErrorAsync((HttpStatusCode)423, "precondition_failed")).Text("message"), StringComparison.Ordinal);
        await using var old = await new ScriptedDevice(fixture.CoapPort).RegisterAsync(links: "</3/0>");
        var id = await application.FindAsync(old.Name);
        using (var response = await application.Client.SendAsync(HttpMethod.Post, $"/v3/devices/{id}/certificates/LWM2M/renew", ""))
            Assert.Contains("35011", (await response.ReadErrorAsync((HttpStatusCode)423, "precondition_failed")).Text("message"), StringComparison.Ordinal);
        using (var response = await application.Client.SendAsync(HttpMethod.Post, $"/v3/devices/{id}/certificates/BOOTSTRAP/renew", ""))
            await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        using (var response = await application.Client.SendAsync(HttpMethod.Post, $"/v3/devices/{new string('0', 32)}/certificates/LWM2M/renew", ""))
            await response.ReadErrorAsync(HttpStatusCode.NotFound, "not_found");
    }

    private static async Task<CertificateOrder> OrderOf(Application application, string device, string name)
    {
        var account = (await application.Client.GetOkAsync("/v3/accounts/me")).Id("id");
        var id = Http.ReadId(device);
        return new CertificateOrder(account, id, name, CertificateOrder.Lwm2m, IssuanceTests.Request($"CN={name}", out _));
    }

    private static async Task<JsonNode> CompletedAsync(Application application, string id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var enrollment = await application.Client.GetOkAsync($"/v3/certificate-enrollments/{id}");
            if (enrollment.Text("enroll_status") == "completed")
                return enrollment;
            await Task.Delay(10, patience.Token);
        }
    }
}
