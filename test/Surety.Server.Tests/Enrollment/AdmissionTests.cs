using System.Formats.Asn1;
using System.Security.Cryptography;
using Surety.Coap;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Features.Directory;
using Surety.Server.Features.Enrollment;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Enrollment;

/// <summary>Whose device it is that wants to bootstrap; the same on both databases.</summary>
public abstract class AdmissionTests(TestServer server) : AdmissionTestBase(server)
{
    public sealed class OnSqlite(ServerFixture fixture) : AdmissionTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : AdmissionTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Fact]
    public async Task A_device_of_an_authority_that_one_account_trusts_is_the_account_s()
    {
        var (client, account) = await AccountAsync();
        using var authority = NewAuthority();
        var trusted = await TrustAsync(account, authority);
        var device = NewDevice(authority, "meter-1");
        var admitted = Admitted(await AdmitAsync(device));
        Assert.Equal((account, "meter-1", (EntityId?)trusted), (admitted.AccountId, admitted.EndpointName, admitted.TrustedCertificateId));
        var record = await client.GetOkAsync($"/v3/devices/{admitted.DeviceId}");
        Assert.Equal("meter-1", record.Text("endpoint_name"));
        Assert.Equal("cloud_enrolling", record.Text("state"));
        Assert.Equal(5, (int)record["device_execution_mode"]!);
        Assert.Equal(trusted.ToString(), record.Text("ca_id"));
        Assert.Equal(device.Identity[2..], record.Text("device_key"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(authority.Certificate.RawData)), record.Text("issuer_fingerprint"));
        Assert.Equal(device.NotAfter.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), record.Text("bootstrap_expiration_date"));
        Assert.Equal(admitted, Admitted(await AdmitAsync(device, endpointName: "meter-1", account: account)));
    }

    [Fact]
    public async Task A_device_is_its_certificate_s_common_name()
    {
        var (client, account) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority);
        var refused = Refused(await AdmitAsync(NewDevice(authority, "meter-1"), endpointName: "meter-2"));
        Assert.Equal(CoapCode.BadRequest, refused.Code);
        Assert.Contains("common name", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(["meter-2"], (await client.GetOkAsync("/v3/device-enrollment-denials")).All("endpoint_name"));
        Assert.Empty((await client.GetOkAsync("/v3/devices")).All("id"));
    }

    [Fact]
    public async Task The_account_that_a_device_names_must_trust_its_authority()
    {
        var (_, account) = await AccountAsync();
        var (otherClient, other) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority);
        var device = NewDevice(authority, "meter-1");
        Assert.Equal(CoapCode.Forbidden, Refused(await AdmitAsync(device, account: other)).Code);
        // Nothing of it is the other account's business.
        Assert.Empty((await otherClient.GetOkAsync("/v3/device-enrollment-denials")).All("id"));
        Assert.Equal(account, Admitted(await AdmitAsync(device, account: account)).AccountId);
    }

    [Fact]
    public async Task A_device_of_an_authority_that_nobody_trusts_is_refused()
    {
        using var authority = NewAuthority();
        Assert.Contains("no account trusts", Refused(await AdmitAsync(NewDevice(authority, "meter-1"))).Reason, StringComparison.Ordinal);
        var (_, account) = await AccountAsync();
        await TrustAsync(account, authority, certificate => certificate.Service = TrustedCertificateService.Lwm2m);
        Assert.Equal(CoapCode.Forbidden, Refused(await AdmitAsync(NewDevice(authority, "meter-1"))).Code);
    }

    [Fact]
    public async Task Where_several_accounts_trust_an_authority_the_device_must_name_one()
    {
        var (client, account) = await AccountAsync();
        var (_, other) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority);
        await TrustAsync(other, authority);
        var device = NewDevice(authority, "meter-1");
        Assert.Contains("aid", Refused(await AdmitAsync(device)).Reason, StringComparison.Ordinal);
        Assert.Single((await client.GetOkAsync("/v3/device-enrollment-denials")).All("id"));
        Assert.Equal(other, Admitted(await AdmitAsync(device, account: other)).AccountId);
    }

    [Fact]
    public async Task An_inactive_authority_keeps_its_devices_out()
    {
        var (client, account) = await AccountAsync();
        using var authority = NewAuthority();
        var trusted = await TrustAsync(account, authority, certificate => certificate.Status = TrustedCertificateStatus.Inactive);
        Assert.Contains("INACTIVE", Refused(await AdmitAsync(NewDevice(authority, "meter-1"))).Reason, StringComparison.Ordinal);
        var denial = (await client.GetOkAsync($"/v3/device-enrollment-denials?trusted_certificate_id__eq={trusted}"))["data"]![0]!;
        Assert.Equal("meter-1", denial.Text("endpoint_name"));
        Assert.Contains("INACTIVE", denial.Text("reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_device_is_refused_with_the_reason()
    {
        var (client, account) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority);
        var device = NewDevice(authority, "meter-1");
        var id = Admitted(await AdmitAsync(device)).DeviceId;
        await Server.Service<DeviceDirectory>().SuspendAsync(account, id.ToString(), "maintenance", null, Token);
        Assert.Equal("the device is suspended", Refused(await AdmitAsync(device)).Reason);
        Assert.Single((await client.GetOkAsync("/v3/device-enrollment-denials")).All("id"));
        await Server.Service<DeviceDirectory>().ResumeAsync(account, id.ToString(), "maintenance", null, Token);
        Assert.Equal(id, Admitted(await AdmitAsync(device)).DeviceId);
    }

    [Fact]
    public async Task A_device_that_nobody_claimed_waits_and_is_the_first_one_s_who_does()
    {
        var (client, account) = await AccountAsync();
        var (_, other) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority, EnrollmentMode);
        await TrustAsync(other, authority, EnrollmentMode);
        var device = NewDevice(authority, "meter-1");
        var refused = Refused(await AdmitAsync(device));
        Assert.Equal(CoapCode.Forbidden, refused.Code);
        Assert.Contains(device.Identity, refused.Reason, StringComparison.Ordinal);
        Assert.Equal([device.Identity], (await client.GetOkAsync("/v3/device-enrollment-denials")).All("enrollment_identity"));

        var enrollment = await client.EnrollAsync(device.Identity);
        var admitted = Admitted(await AdmitAsync(device));
        Assert.Equal(account, admitted.AccountId);
        var claimed = await client.GetOkAsync($"/v3/device-enrollments/{enrollment.Text("id")}");
        Assert.Equal(admitted.DeviceId.ToString(), claimed.Text("enrolled_device_id"));
        Assert.NotNull(claimed["claimed_at"]);
        Assert.NotEqual(enrollment.Text("etag"), claimed.Text("etag"));
        var record = await client.GetOkAsync($"/v3/devices/{admitted.DeviceId}");
        Assert.Equal(enrollment.Text("created_at"), record.Text("enrolment_list_timestamp"));
        Assert.Equal(5, (int)record["device_execution_mode"]!);

        // It comes again.
        Assert.Equal(admitted, Admitted(await AdmitAsync(device, account: account)));
        Assert.Equal(claimed.ToJsonString(), (await client.GetOkAsync($"/v3/device-enrollments/{enrollment.Text("id")}")).ToJsonString());
    }

    [Fact]
    public async Task A_claim_counts_only_in_an_account_that_trusts_the_authority()
    {
        var (_, account) = await AccountAsync();
        var (strangerClient, _) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority, EnrollmentMode);
        var device = NewDevice(authority, "meter-1");
        await strangerClient.EnrollAsync(device.Identity);
        Refused(await AdmitAsync(device));
    }

    [Fact]
    public async Task An_account_that_takes_devices_without_claim_does_not_get_those_that_wait_for_one()
    {
        var (client, account) = await AccountAsync();
        var (_, greedy) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority, EnrollmentMode);
        await TrustAsync(greedy, authority);
        var device = NewDevice(authority, "meter-1");
        Refused(await AdmitAsync(device));
        await client.EnrollAsync(device.Identity);
        Assert.Equal(account, Admitted(await AdmitAsync(device)).AccountId);
    }

    [Fact]
    public async Task A_deleted_enrollment_frees_the_device_for_its_next_owner()
    {
        var (client, account) = await AccountAsync();
        var (otherClient, other) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority, EnrollmentMode);
        await TrustAsync(other, authority, EnrollmentMode);
        var device = NewDevice(authority, "meter-1");
        var enrollment = await client.EnrollAsync(device.Identity);
        Assert.Equal(account, Admitted(await AdmitAsync(device)).AccountId);
        (await client.DeleteAsync($"/v3/device-enrollments/{enrollment.Text("id")}", Token)).Dispose();
        Refused(await AdmitAsync(device));
        await otherClient.EnrollAsync(device.Identity);
        Assert.Equal(other, Admitted(await AdmitAsync(device)).AccountId);
    }

    [Fact]
    public async Task Of_two_claims_of_one_identity_at_once_one_wins()
    {
        var (client, account) = await AccountAsync();
        await client.EnrollAsync(Identities.Of(new byte[32]));
        var claims = Server.Service<EnrollmentClaims>();
        var enrollment = (await claims.FindAsync(new EnrollmentFingerprint(new string('0', 64)), Token))!;
        var won = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => claims.TryClaimAsync(enrollment, new EntityId(1, (ulong)number), Token)));
        Assert.Single(won, true);
        var claimed = (await claims.FindAsync(enrollment.ToFingerprint(), Token))!;
        Assert.Equal(new EntityId(1, (ulong)(1 + Array.IndexOf(won, true))), claimed.EnrolledDeviceId);
        Assert.Equal(account, claimed.AccountId);
        (await client.DeleteAsync($"/v3/device-enrollments/{enrollment.Id}", Token)).Dispose();
    }

    /// <summary>Both have read that nobody has claimed the device before either of them does; how often that happens is up to the machine.</summary>
    [Fact]
    public async Task Who_loses_a_claim_at_the_same_moment_is_refused_and_alarms()
    {
        var (client, account) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority, EnrollmentMode);
        var lost = 0;
        for (var round = 0; round < 100 && lost == 0; round++)
        {
            var device = NewDevice(authority, $"meter-{round}");
            await client.EnrollAsync(device.Identity);
            var decisions = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => AdmitAsync(device), Token)));
            lost += decisions.OfType<BootstrapAdmission.Refused>().Count(refused => refused.Reason.Contains("at the same moment", StringComparison.Ordinal));
        }

        Assert.NotEqual(0, lost);
        await Server.Service<DeviceEventService>().WriteAsync(Token);
        var events = (await client.GetOkAsync("/v3/device-events?event_type__eq=IDENTITY_CLAIM_LOST"))["data"]!.AsArray();
        // What happens several times within a moment is one event.
        Assert.InRange(events.Count, 1, lost);
        Assert.All(events, alarm => Assert.Equal("FAIL", alarm!.Text("event_type_description")));
        var denials = (await client.GetOkAsync("/v3/device-enrollment-denials"))["data"]!.AsArray();
        Assert.Contains(denials, denial => denial!.Text("reason").Contains("at the same moment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_comes_twice_at_once_has_one_record()
    {
        var (client, account) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority, EnrollmentMode);
        var device = NewDevice(authority, "meter-1");
        await client.EnrollAsync(device.Identity);
        var decisions = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => AdmitAsync(device), Token)));
        var id = Assert.Single((await client.GetOkAsync("/v3/devices")).All("id"));
        Assert.Contains(decisions, decision => decision is BootstrapAdmission.Admitted);
        Assert.All(decisions.OfType<BootstrapAdmission.Admitted>(), admitted => Assert.Equal(id, admitted.DeviceId.ToString()));
        Assert.Equal([id], (await client.GetOkAsync("/v3/device-enrollments")).All("enrolled_device_id"));
    }

    [Fact]
    public async Task A_developer_certificate_lets_in_any_name_and_as_many_devices_as_may_share_it()
    {
        var (client, account) = await AccountAsync();
        using var authority = NewAuthority();
        var device = NewDevice(authority, "shared");
        var trusted = await TrustAsync(account, authority, fingerprint: device.Fingerprint, mode: 1);
        var first = Admitted(await AdmitAsync(device, endpointName: "desk-0", account: account));
        var record = await client.GetOkAsync($"/v3/devices/{first.DeviceId}");
        Assert.Equal(1, (int)record["device_execution_mode"]!);
        Assert.Equal("development", record.Text("deployed_state"));
        Assert.Equal(trusted.ToString(), record.Text("ca_id"));
        for (var i = 1; i < BootstrapAdmissions.MaxDevicesOfDeveloperCertificate; i++)
            Admitted(await AdmitAsync(device, endpointName: $"desk-{i}", account: account));
        Assert.Contains("limit", Refused(await AdmitAsync(device, endpointName: "one-more", account: account)).Reason, StringComparison.Ordinal);
        // Those that are there may come again, and one that goes makes room.
        Assert.Equal(first.DeviceId, Admitted(await AdmitAsync(device, endpointName: "desk-0", account: account)).DeviceId);
        (await client.DeleteAsync($"/v3/devices/{first.DeviceId}", Token)).Dispose();
        Admitted(await AdmitAsync(device, endpointName: "one-more", account: account));
    }

    [Fact]
    public async Task A_Pelion_device_with_a_developer_certificate_gets_a_new_id_after_a_factory_reset()
    {
        var (client, account) = await AccountAsync();
        using var authority = NewAuthority();
        var device = NewDevice(authority, "shared");
        await TrustAsync(account, authority, fingerprint: device.Fingerprint, mode: 1);
        var withdrawn = new List<EntityId>();
        Server.Service<DeviceDirectory>().Withdrawn += withdrawal => withdrawn.Add(withdrawal.DeviceId);
        var first = Admitted(await AdmitAsync(device, endpointName: "desk", account: account)).DeviceId;
        // A bootstrap that was cut short is the same life.
        Assert.Equal(first, Admitted(await AdmitAsync(device, endpointName: "desk", account: account)).DeviceId);
        Bootstrapped(first);
        Assert.Equal(first, Admitted(await AdmitAsync(device, endpointName: "desk", account: account, deviceId: first)).DeviceId);
        // A client that is not Pelion's never says its id.
        Assert.Equal(first, Admitted(await AdmitAsync(device, endpointName: "desk")).DeviceId);
        var second = Admitted(await AdmitAsync(device, endpointName: "desk", account: account)).DeviceId;
        Assert.NotEqual(first, second);
        Assert.Contains(first, withdrawn);
        Assert.Equal([second.ToString()], (await client.GetOkAsync("/v3/devices")).All("id"));
    }

    [Fact]
    public async Task A_developer_certificate_does_not_take_the_name_of_a_production_device()
    {
        var (_, account) = await AccountAsync();
        using var factory = NewAuthority();
        using var developers = NewAuthority();
        await TrustAsync(account, factory);
        Admitted(await AdmitAsync(NewDevice(factory, "meter-1")));
        var device = NewDevice(developers, "shared");
        await TrustAsync(account, developers, fingerprint: device.Fingerprint, mode: 1);
        Assert.Contains("production", Refused(await AdmitAsync(device, endpointName: "meter-1")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_of_the_platform_s_authority_is_the_account_s_in_its_certificate()
    {
        var (client, account) = await AccountAsync();
        var (_, other) = await AccountAsync();
        var platform = Server.Service<PlatformAuthority>();
        var device = NewDevice(platform.Authority, "meter-1", account.ToString()) with { Anchor = platform.Thumbprint };
        var admitted = Admitted(await AdmitAsync(device));
        Assert.Equal((account, "meter-1"), (admitted.AccountId, admitted.EndpointName));
        Assert.Null(admitted.TrustedCertificateId);
        Assert.Equal([admitted.DeviceId.ToString()], (await client.GetOkAsync("/v3/devices")).All("id"));
        Refused(await AdmitAsync(device, account: other));
        Refused(await AdmitAsync(device, endpointName: "meter-2"));
        Refused(await AdmitAsync(NewDevice(platform.Authority, "meter-1", "Devices") with { Anchor = platform.Thumbprint }));
        Refused(await AdmitAsync(NewDevice(platform.Authority, "meter-1", new EntityId(1, 2).ToString()) with { Anchor = platform.Thumbprint }));

        // Who uploads the platform's root does not get them, nor does who uploads one of their certificates.
        await TrustAsync(other, platform.Authority, fingerprint: platform.Thumbprint);
        Assert.Equal(account, Admitted(await AdmitAsync(device)).AccountId);
    }

    [Fact]
    public async Task Who_uploads_the_certificate_of_a_device_does_not_get_the_device()
    {
        var (_, account) = await AccountAsync();
        var (_, thief) = await AccountAsync();
        using var authority = NewAuthority();
        await TrustAsync(account, authority);
        var device = NewDevice(authority, "meter-1");
        await TrustAsync(thief, authority, fingerprint: device.Fingerprint);
        Assert.Equal(account, Admitted(await AdmitAsync(device)).AccountId);
    }

    [Fact]
    public async Task A_device_that_has_proven_nothing_or_has_an_unknown_key_is_refused()
    {
        foreach (var identity in new[] { PeerIdentity.None, new PeerIdentity.PreSharedKey("nobody"u8.ToArray()), new PeerIdentity.RawPublicKey(new byte[91]) })
            Assert.Equal(CoapCode.Forbidden, Refused(await Admission.AdmitAsync(new BootstrapApplicant(identity, "meter-1", null, null), Token)).Code);
    }

    [Fact]
    public async Task Certificates_that_hold_anything_make_no_error()
    {
        var (_, account) = await AccountAsync();
        var anchor = SHA256.HashData("anchor"u8);
        await TrustAsync(account, null, fingerprint: Convert.ToHexStringLower(anchor));
        byte[][] names = [[], [.. "nul\0nul"u8], [0xC3, 0x28], [.. new string('x', 300).Select(letter => (byte)letter)]];
        byte[][] subjects = [.. names.Select(CommonName), [0x30, 0x00], [1, 2, 3], []];
        foreach (var subject in subjects)
        {
            var identity = new PeerIdentity.Certificate(anchor, subject, new byte[] { 1 }, DateTimeOffset.MaxValue, anchor);
            foreach (var endpointName in new[] { null, "nul\0nul", "half \ud83d", "", new string('x', 300) })
                Assert.Equal(CoapCode.BadRequest, Refused(await Admission.AdmitAsync(new BootstrapApplicant(identity, endpointName, null, null), Token)).Code);
        }
    }

    // A subject with one name, whatever its bytes (RFC 5280, 4.1.2.4).
    private static byte[] CommonName(byte[] value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("2.5.4.3");
            byte[] length = value.Length < 128 ? [(byte)value.Length] : [0x82, (byte)(value.Length >> 8), (byte)value.Length];
            writer.WriteEncodedValue([0x0C, .. length, .. value]);
        }

        return writer.Encode();
    }
}
