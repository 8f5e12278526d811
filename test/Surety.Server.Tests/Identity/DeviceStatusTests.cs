using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Connect;

namespace Surety.Server.Tests.Identity;

/// <summary>Status at once: what is suspended, revoked, superseded, unknown or inactive is refused in the handshake, and ended where it is connected.</summary>
public sealed class DeviceStatusTests(IdentityServer identity) : IClassFixture<IdentityServer>
{
    private static int s_count;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_suspended_device_is_disconnected_and_kept_out_until_it_is_resumed(bool overTls)
    {
        using var authority = NewAuthority();
        await identity.TrustAsync(authority.Certificate, NewName());
        string name = NewName();
        using var certificate = IdentityServer.Pki.Device(name, authority);
        CoapPeer peer = await ConnectAsync(certificate, overTls);
        Assert.Equal(CoapCode.Created, (await IdentityServer.RegisterAsync(peer, name)).Code);
        string id = await identity.FindDeviceAsync(name);

        await SuspendAsync(id);
        await IdentityServer.Until(() => !peer.Endpoint.IsReachable(peer.Key));
        var device = await identity.Admin.GetOkAsync($"/v3/devices/{id}");
        Assert.Equal("blocked", device.Text("lifecycle_status"));
        Assert.Equal("deregistered", device.Text("state"));
        Assert.Equal("lost_or_stolen", device.Text("last_operator_suspended_category"));
        await RefusedAsync(certificate, overTls);

        // The category must be the one it was suspended with.
        using (var wrong = await identity.Admin.SendAsync(HttpMethod.Post, $"/v3/devices/{id}/resume", "{\"category\":\"maintenance\"}"))
            await wrong.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        using (var resumed = await identity.Admin.SendAsync(HttpMethod.Post, $"/v3/devices/{id}/resume", "{\"category\":\"lost_or_stolen\",\"description\":\"found\"}"))
            Assert.Equal(HttpStatusCode.NoContent, resumed.StatusCode);
        CoapPeer again = await ConnectAsync(certificate, overTls);
        Assert.Equal(CoapCode.Created, (await IdentityServer.RegisterAsync(again, name)).Code);

        var events = await identity.EventsAsync($"device_id__eq={id}");
        Assert.Contains("DEVICE_SUSPENDED", events.All("event_type"));
        Assert.Contains("IDENTITY_SUSPENDED", events.All("event_type"));
        Assert.Contains("DEVICE_RESUMED", events.All("event_type"));
        Assert.Contains(events.All("description"), text => text.Contains("reported stolen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_devices_of_a_suspended_tenant_are_disconnected_and_kept_out_until_it_is_active_again()
    {
        using var authority = NewAuthority();
        var tenant = await identity.Admin.PostAsync("/v3/accounts", "{\"end_market\":\"IoT\"}");
        using var tenantKey = identity.Server.Client(tenant.Text("admin_key"));
        await identity.TrustAsync(authority.Certificate, NewName(), tenantKey);
        string name = NewName();
        using var certificate = IdentityServer.Pki.Device(name, authority);
        CoapPeer peer = await ConnectAsync(certificate, overTls: false);
        Assert.Equal(CoapCode.Created, (await IdentityServer.RegisterAsync(peer, name)).Code);

        await identity.Admin.PutAsync($"/v3/accounts/{tenant.Text("id")}", "{\"status\":\"SUSPENDED\"}");
        await IdentityServer.Until(() => !peer.Endpoint.IsReachable(peer.Key));
        await RefusedAsync(certificate, overTls: false);
        await identity.Admin.PutAsync($"/v3/accounts/{tenant.Text("id")}", "{\"status\":\"ACTIVE\"}");
        CoapPeer again = await ConnectAsync(certificate, overTls: false);
        Assert.Equal(CoapCode.Created, (await IdentityServer.RegisterAsync(again, name)).Code);
    }

    [Fact]
    public async Task A_certificate_of_the_platform_that_is_in_no_record_is_refused_and_alarmed()
    {
        // Whoever has the authority's key can sign; what the platform has not recorded it has not issued.
        var platform = identity.Server.Service<PlatformAuthority>();
        string name = NewName();
        using var forged = platform.Authority.IssueWithNewKey(CertificateProfile.Device(new(name, OrganizationalUnit: identity.Account.Text), IdentityServer.Pki.Validity));
        await RefusedAsync(forged, overTls: false, [.. platform.Intermediates]);
        await RefusedAsync(forged, overTls: true, [.. platform.Intermediates]);
        var events = await identity.EventsAsync("event_type__eq=IDENTITY_NOT_ISSUED");
        string text = Assert.Single(events.All("description"), text => text.Contains(name, StringComparison.Ordinal));
        Assert.Contains("in no record", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issued_certificate_names_its_device_and_ends_with_a_newer_one_or_its_revocation()
    {
        string name = NewName();
        var (first, id) = await IssueAsync(name);
        CoapPeer peer = await identity.ConnectDtlsAsync(first, Intermediates);
        Assert.Equal(CoapCode.Created, (await IdentityServer.RegisterAsync(peer, name)).Code);
        Assert.Equal(id, await identity.FindDeviceAsync(name));

        // The first good registration with a newer one supersedes the older.
        var (second, _) = await IssueAsync(name);
        CoapPeer renewed = await identity.ConnectDtlsAsync(second, Intermediates);
        Assert.Equal(CoapCode.Created, (await IdentityServer.RegisterAsync(renewed, name)).Code);
        await IdentityServer.Until(() => !peer.Endpoint.IsReachable(peer.Key));
        await RefusedAsync(first, overTls: false, Intermediates);
        Assert.True(renewed.Endpoint.IsReachable(renewed.Key));

        var account = IdentityServer.IdOf(identity.Account.Text);
        var device = IdentityServer.IdOf(id);
        await identity.Server.Service<IssuedCertificates>().RevokeAsync(account, device, Token);
        await IdentityServer.Until(() => !renewed.Endpoint.IsReachable(renewed.Key));
        await RefusedAsync(second, overTls: false, Intermediates);
        var events = await identity.EventsAsync($"device_id__eq={id}");
        Assert.Contains("IDENTITY_SUPERSEDED", events.All("event_type"));
        Assert.Contains("IDENTITY_REVOKED", events.All("event_type"));
    }

    [Fact]
    public async Task A_device_that_was_deleted_does_not_come_back_with_the_certificate_that_was_issued_to_it()
    {
        string name = NewName();
        var (certificate, id) = await IssueAsync(name);
        CoapPeer peer = await identity.ConnectDtlsAsync(certificate, Intermediates);
        Assert.Equal(CoapCode.Created, (await IdentityServer.RegisterAsync(peer, name)).Code);
        (await identity.Admin.DeleteAsync($"/v3/devices/{id}", Token)).Dispose();
        await IdentityServer.Until(() => !peer.Endpoint.IsReachable(peer.Key));
        await RefusedAsync(certificate, overTls: false, Intermediates);
        Assert.Empty((await identity.Admin.GetOkAsync($"/v3/devices?endpoint_name__eq={name}")).All("id"));
    }

    [Fact]
    public async Task An_inactive_authority_keeps_all_its_devices_out_and_ends_those_that_are_in()
    {
        using var authority = NewAuthority();
        string trusted = await identity.TrustAsync(authority.Certificate, NewName()), name = NewName();
        using var certificate = IdentityServer.Pki.Device(name, authority);
        CoapPeer dtls = await identity.ConnectDtlsAsync(certificate), tls = await identity.ConnectTlsAsync(certificate);
        Assert.Equal(CoapCode.Created, (await IdentityServer.RegisterAsync(dtls, name)).Code);
        await identity.Admin.PutAsync($"/v3/trusted-certificates/{trusted}", "{\"status\":\"INACTIVE\"}");
        await IdentityServer.Until(() => !dtls.Endpoint.IsReachable(dtls.Key) && !tls.Endpoint.IsReachable(tls.Key));
        await RefusedAsync(certificate, overTls: false);
        await IdentityServer.Until(() => identity.Server.Service<DeviceGateway>().Server.Registrations.ToArray().All(registration => registration.Endpoint != name));
        var events = await identity.EventsAsync("event_type__eq=IDENTITY_CA_INACTIVE&order=DESC");
        Assert.Contains(events.All("description"), text => text.Contains(name, StringComparison.Ordinal) && text.Contains("INACTIVE", StringComparison.Ordinal));

        await identity.Admin.PutAsync($"/v3/trusted-certificates/{trusted}", "{\"status\":\"ACTIVE\"}");
        var owners = identity.Server.Service<DeviceTrust>().Anchors;
        await IdentityServer.Until(() => owners.Find(SHA256.HashData(authority.Certificate.RawData), TrustedCertificateService.Lwm2m).All(owner => owner.IsActive));
        await identity.ConnectDtlsAsync(certificate);
        (await identity.Admin.DeleteAsync($"/v3/trusted-certificates/{trusted}", Token)).Dispose();
        await IdentityServer.Until(() => !owners.Lwm2m.Contains(SHA256.HashData(authority.Certificate.RawData)));
        await RefusedAsync(certificate, overTls: true);
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_with_an_event_that_says_what_to_do()
    {
        using var authority = NewAuthority();
        await identity.TrustAsync(authority.Certificate, NewName());
        string name = NewName();
        var now = TimeProvider.System.GetUtcNow();
        using var expired = authority.IssueWithNewKey(CertificateProfile.Device(new(name), new(now.AddDays(-30), now.AddDays(-1))));
        await RefusedAsync(expired, overTls: false);
        var events = await identity.EventsAsync("event_type__eq=IDENTITY_EXPIRED");
        Assert.Contains(events.All("description"), text => text.Contains(name, StringComparison.Ordinal) && text.Contains("bootstrap server", StringComparison.Ordinal));
        // There it would be let in, to get another one.
        var trust = identity.Server.Service<DeviceTrust>();
        var peer = IssuedByPlatform(expired);
        Assert.Null(trust.FindRefusal(peer, TrustedCertificateService.Bootstrap));
        Assert.NotNull(trust.FindRefusal(peer, TrustedCertificateService.Lwm2m));
        Assert.Contains((await identity.EventsAsync("event_type__eq=IDENTITY_EXPIRED_TAKEN")).All("event_type_description"), text => text == "INFO");

        // Long after the end it is an alarm, and after the grace over.
        using var old = authority.IssueWithNewKey(CertificateProfile.Device(new(name), new(now.AddDays(-300), now.AddDays(-91))));
        Assert.Null(trust.FindRefusal(IssuedByPlatform(old), TrustedCertificateService.Bootstrap));
        var alarms = await identity.EventsAsync("event_type__eq=IDENTITY_LONG_EXPIRED_TAKEN");
        Assert.Contains(alarms.All("event_type_description"), text => text == "FAIL");
        Assert.Contains(alarms.All("description"), text => text.Contains("expired 91 days ago", StringComparison.Ordinal));
        using var ancient = authority.IssueWithNewKey(CertificateProfile.Device(new(name), new(now.AddDays(-700), now.AddDays(-366))));
        Assert.NotNull(trust.FindRefusal(IssuedByPlatform(ancient), TrustedCertificateService.Bootstrap));
    }

    [Fact]
    public async Task A_name_that_is_not_the_certificates_is_refused_after_the_handshake_and_the_operator_reads_why()
    {
        using var authority = NewAuthority();
        await identity.TrustAsync(authority.Certificate, NewName());
        string name = NewName();
        using var certificate = IdentityServer.Pki.Device(name, authority);
        CoapPeer peer = await identity.ConnectDtlsAsync(certificate);
        Assert.Equal(CoapCode.BadRequest, (await IdentityServer.RegisterAsync(peer, "another-name")).Code);
        for (int i = 0; i < 20; i++)
            await IdentityServer.RegisterAsync(peer, "another-name");
        var events = (await identity.EventsAsync("event_type__eq=IDENTITY_NAME_MISMATCH"))["data"]!.AsArray();
        var found = Assert.Single(events, item => item!.Text("description").Contains(name, StringComparison.Ordinal))!;
        Assert.Contains("after a good handshake it registers as 'another-name'", found.Text("description"), StringComparison.Ordinal);
        // A flood is one event with a count.
        Assert.Equal("21", (string?)found["data"]!["count"]);
        Assert.Equal("FAIL", found.Text("event_type_description"));
        var one = await identity.Admin.GetOkAsync($"/v3/device-events/{found.Text("id")}/");
        Assert.Equal(found.Text("description"), one.Text("description"));
        Assert.Equal(one.Text("description"), (await identity.Admin.GetOkAsync($"/v3/devicelog/{found.Text("id")}/")).Text("description"));
    }

    [Fact]
    public async Task Where_two_accounts_trust_an_authority_the_directory_tells_whose_a_device_is()
    {
        using var authority = NewAuthority();
        var other = await identity.Server.NewAccountAsync();
        await identity.TrustAsync(authority.Certificate, NewName());
        await identity.TrustAsync(authority.Certificate, NewName(), other);
        var owners = identity.Server.Service<DeviceTrust>().Anchors;
        await IdentityServer.Until(() => owners.Find(SHA256.HashData(authority.Certificate.RawData), TrustedCertificateService.Lwm2m).Length == 2);
        string name = NewName();
        using var certificate = IdentityServer.Pki.Device(name, authority);
        await RefusedAsync(certificate, overTls: false);
        Assert.Contains((await identity.EventsAsync("event_type__eq=IDENTITY_ACCOUNT_UNCLEAR", other)).All("description"), text => text.Contains(name, StringComparison.Ordinal));

        string key = string.Join(':', SHA256.HashData(certificate.RawData).Select(value => value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
        await other.PostAsync("/v3/devices", $"{{\"endpoint_name\":\"{name}\",\"device_key\":\"{key}\"}}");
        CoapPeer peer = await identity.ConnectDtlsAsync(certificate);
        Assert.Equal(CoapCode.Created, (await IdentityServer.RegisterAsync(peer, name)).Code);
        Assert.Single((await other.GetOkAsync($"/v3/devices?endpoint_name__eq={name}&state__eq=registered")).All("id"));
        Assert.Empty((await identity.Admin.GetOkAsync($"/v3/devices?endpoint_name__eq={name}")).All("id"));
    }

    [Fact]
    public async Task Categories_for_suspending_can_be_listed()
    {
        var list = await identity.Admin.GetOkAsync("/v3/device-block-categories/");
        Assert.Contains("maintenance", list.All("reference"));
        Assert.Equal("device-block-category", (await identity.Admin.GetOkAsync("/v3/device-block-categories/lost_or_stolen")).Text("object"));
        await identity.Admin.GetErrorAsync("/v3/device-block-categories/none", HttpStatusCode.NotFound, "not_found");
        Assert.Equal(["maintenance"], (await identity.Admin.GetOkAsync("/v3/device-block-categories?reference__eq=maintenance")).All("reference"));
    }

    private X509Certificate2[] Intermediates => [.. identity.Server.Service<PlatformAuthority>().Intermediates];

    private static CertificateAuthority NewAuthority() => CertificateAuthority.CreateRoot(CertificateProfile.Authority(new(NewName()), IdentityServer.Pki.Validity));

    private static string NewName() => $"identity-device-{Interlocked.Increment(ref s_count):d4}";

    private async Task<(X509Certificate2 Certificate, string Device)> IssueAsync(string name)
    {
        var account = IdentityServer.IdOf(identity.Account.Text);
        var known = (await identity.Admin.GetOkAsync($"/v3/devices?endpoint_name__eq={name}")).All("id");
        string id = known.Count > 0 ? known[0] : (await identity.Admin.PostAsync("/v3/devices", $"{{\"endpoint_name\":\"{name}\"}}")).Text("id");
        var device = IdentityServer.IdOf(id);
        var certificate = identity.Server.Service<PlatformAuthority>().Authority.IssueWithNewKey(
            CertificateProfile.Device(new(name, OrganizationalUnit: identity.Account.Text, Locality: id), IdentityServer.Pki.Validity));
        await identity.Server.Service<IssuedCertificates>().AddAsync(new CertificateOrder(account, device, name, CertificateOrder.Lwm2m, null!), certificate, null, Token);
        return (certificate, id);
    }

    private async Task SuspendAsync(string id)
    {
        using var response = await identity.Admin.SendAsync(HttpMethod.Post, $"/v3/devices/{id}/suspend", "{\"category\":\"lost_or_stolen\",\"description\":\"reported stolen\"}");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private Task<CoapPeer> ConnectAsync(X509Certificate2 certificate, bool overTls) => overTls ? identity.ConnectTlsAsync(certificate) : identity.ConnectDtlsAsync(certificate);

    private PeerIdentity.Certificate IssuedByPlatform(X509Certificate2 certificate)
    {
        identity.Server.Service<DeviceTrust>().SetIssued(
            IssuedCertificates.FingerprintOf(certificate.RawData), IdentityServer.IdOf(identity.Account.Text), default, IssuedCertificateStatus.Active);
        return new PeerIdentity.Certificate(
            SHA256.HashData(certificate.RawData), certificate.SubjectName.RawData, certificate.SerialNumberBytes, certificate.NotAfter.ToUniversalTime(),
            SHA256.HashData(identity.Server.Service<PlatformAuthority>().Root.RawData));
    }

    private async Task RefusedAsync(X509Certificate2 certificate, bool overTls, params X509Certificate2[] intermediates)
    {
        if (overTls)
            await Assert.ThrowsAsync<CoapExchangeException>(() => identity.ConnectTlsAsync(certificate, intermediates));
        else
            await Assert.ThrowsAsync<AuthenticationException>(() => identity.ConnectDtlsAsync(certificate, intermediates));
    }
}
