using System.Security.Cryptography;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Features.Enrollment;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Enrollment;

/// <summary>What the operator reads of devices that come to bootstrap, the same on both databases.</summary>
public abstract class EnrollmentEventTests(TestServer server) : AdmissionTestBase(server)
{
    public sealed class OnSqlite(ServerFixture fixture) : EnrollmentEventTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : EnrollmentEventTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Fact]
    public async Task A_device_that_was_denied_is_an_event_with_the_reason()
    {
        var (client, account) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority, EnrollmentMode);
        var device = NewDevice(authority, "meter-1");
        Refused(await AdmitAsync(device));
        Refused(await AdmitAsync(device));
        var denied = Assert.Single((await EventsAsync(client, "IDENTITY_DENIED"))["data"]!.AsArray())!;
        Assert.Contains("meter-1 may not bootstrap: the device is not claimed", denied.Text("description"), StringComparison.Ordinal);
        Assert.Equal(device.Identity, denied["data"]!.Text("enrollment_identity"), ignoreCase: true);
        Assert.Equal("2", denied["data"]!.Text("count"));
        Assert.Equal("FAIL_IDENTITY", denied.Text("event_type_category"));
    }

    [Fact]
    public async Task One_certificate_at_two_places_is_an_event_of_the_device()
    {
        var (client, account) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority);
        var device = NewDevice(authority, "meter-1");
        foreach (var place in new[] { "192.0.2.1", "198.51.100.7" })
            Admitted(await Admission.AdmitAsync(new BootstrapApplicant(device.ToIdentity(), null, null, null) { Place = place }, Token));
        var clone = Assert.Single((await EventsAsync(client, "IDENTITY_CLONE_SUSPECTED"))["data"]!.AsArray())!;
        Assert.Contains("198.51.100.7", clone.Text("description"), StringComparison.Ordinal);
        Assert.Contains("192.0.2.1", clone.Text("description"), StringComparison.Ordinal);
        Assert.Equal((await client.GetOkAsync("/v3/devices")).All("id")[0], clone.Text("device_id"));
    }

    [Fact]
    public async Task A_claim_that_was_lost_is_an_event()
    {
        var (client, account) = await AccountAsync();
        Assert.True(EnrollmentFingerprint.TryParse(Identities.New(), out var fingerprint));
        Server.Service<EnrollmentAlerts>().ClaimLost(account, fingerprint, "meter-1");
        var lost = Assert.Single((await EventsAsync(client, "IDENTITY_CLAIM_LOST"))["data"]!.AsArray())!;
        Assert.Equal("meter-1", lost["data"]!.Text("endpoint_name"));
    }

    [Fact]
    public async Task Where_two_accounts_trust_an_authority_for_LwM2M_the_one_where_the_device_has_bootstrapped_has_it()
    {
        var (_, account) = await AccountAsync();
        var (_, other) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority);
        var trust = Server.Service<DeviceTrust>();
        foreach (var one in new[] { account, other })
        {
            trust.SetTrusted(one, [new TrustedCertificate
            {
                Id = Server.Service<EntityIdGenerator>().Next(), AccountId = one, Name = "lwm2m", Service = TrustedCertificateService.Lwm2m, Status = TrustedCertificateStatus.Active,
                Certificate = authority.Certificate.ExportCertificatePem(), Fingerprint = Convert.ToHexStringLower(SHA256.HashData(authority.Certificate.RawData)), Subject = "s", Issuer = "s",
            }]);
        }

        var device = NewDevice(authority, "meter-1");
        Assert.False(trust.Judge(device.ToIdentity(), TrustedCertificateService.Lwm2m).IsBelieved(out _));
        Admitted(await AdmitAsync(device));
        var decision = trust.Judge(device.ToIdentity(), TrustedCertificateService.Lwm2m);
        Assert.True(decision.IsBelieved(out _));
        Assert.Equal(account, decision.Claim.AccountId);
    }

    private async Task<System.Text.Json.Nodes.JsonNode> EventsAsync(HttpClient client, string type)
    {
        await Server.Service<DeviceEventService>().WriteAsync(Token);
        return await client.GetOkAsync($"/v3/device-events?event_type__eq={type}");
    }
}
