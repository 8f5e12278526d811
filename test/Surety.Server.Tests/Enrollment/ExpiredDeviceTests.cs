using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Surety.Coap;
using Surety.Device;
using Surety.Dtls;
using Surety.Lwm2m.Client;
using Surety.Pki;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Connect;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Tests.Bootstrap;

namespace Surety.Server.Tests.Enrollment;

/// <summary>A device that slept until its operational certificate had ended, and comes back.</summary>
public sealed class ExpiredDeviceTests : IAsyncLifetime
{
    // The default of Certificates:DeviceLifetimeDays.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly string _folder = Directory.CreateTempSubdirectory("surety-device-").FullName;
    private readonly ShiftedTime _time = new();
    private readonly CertificateAuthority _factory =
        CertificateAuthority.CreateRoot(CertificateProfile.Authority(new CertificateSubject("Factory CA"), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(3650))));

    private TestServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(_time, "--Surety:Lwm2m:Coaps=127.0.0.1:0", "--Surety:Bootstrap:Coaps=127.0.0.1:0", "--Surety:PublicHost=127.0.0.1");
        var trusted = new JsonObject { ["name"] = "factory", ["service"] = "bootstrap", ["certificate"] = _factory.Certificate.ExportCertificatePem() };
        await _server.Admin.PostAsync("/v3/trusted-certificates", trusted.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _factory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task With_its_factory_identity_it_bootstraps_enrols_and_registers_and_the_operator_reads_why()
    {
        const string Name = "overslept";
        string id, before;
        await using (await StartAsync(Name))
        {
            id = await RegisteredAsync(Name);
            before = StoredSerial();
        }

        _time.PutForward(Lifetime + TimeSpan.FromDays(30));
        // Its clock stood still while it slept: it shows what has ended.
        await using (await StartAsync(Name))
        {
            Assert.Equal(id, await RegisteredAsync(Name));
            await UntilAsync(() => StoredSerial() != before && !File.Exists(Path.Combine(_folder, "store", "candidate.pem")));
        }

        var refused = (await EventsAsync("IDENTITY_EXPIRED")).Single(item => item.Text("device_id") == id);
        Assert.Contains($"{Name}: its certificate expired at", refused.Text("description"), StringComparison.Ordinal);
        Assert.Contains("it can get another one at the bootstrap server", refused.Text("description"), StringComparison.Ordinal);
        // It has come to the bootstrap server with what its factory gave it, which is good.
        Assert.Empty(await EventsAsync("IDENTITY_EXPIRED_TAKEN"));
        Assert.Empty(await EventsAsync("IDENTITY_LONG_EXPIRED_TAKEN"));
        var device = await _server.Admin.GetOkAsync("/v3/devices/" + id);
        Assert.True(DateOnly.Parse(device.Text("connector_expiration_date"), CultureInfo.InvariantCulture) > DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime), device.ToJsonString());
    }

    [Theory]
    [InlineData(30, "IDENTITY_EXPIRED_TAKEN", "INFO")]
    [InlineData(120, "IDENTITY_LONG_EXPIRED_TAKEN", "FAIL")]
    public async Task With_nothing_but_the_expired_certificate_it_gets_another_one_over_the_bootstrap_channel_and_an_alarm_is_raised(int days, string alarm, string grade)
    {
        const string Name = "forgotten";
        string id;
        await using (await StartAsync(Name))
            id = await RegisteredAsync(Name);
        using var expired = X509Certificate2.CreateFromPemFile(Path.Combine(_folder, "store", "operational.pem"));
        X509Certificate2[] intermediates = [.. PemFiles.ReadCertificates(Path.Combine(_folder, "store", "authorities.pem")).Where(authority => authority.Subject != authority.Issuer)];
        _time.PutForward(Lifetime + TimeSpan.FromDays(days));

        await RefusedAsync(expired, intermediates, Name);
        Assert.Contains(await EventsAsync("IDENTITY_EXPIRED"), item => item.Text("device_id") == id);

        await using var bootstrap = await BootstrapClient.ConnectAsync(_server, new DtlsCertificate(expired, intermediates));
        await bootstrap.BootstrapAsync($"ep={Name}&pct=110");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] request = new CertificateRequest(expired.SubjectName, key, HashAlgorithmName.SHA256).CreateSigningRequest();
        // RFC 9148, 4.3: 286 is a PKCS #10 request, 287 the certificate alone.
        var answer = await bootstrap.SendAsync("/est/sen", accept: ContentFormat.PkixCertificate, payload: request, format: ContentFormat.Pkcs10);
        Assert.True(answer.Code == CoapCode.Changed, answer.ToString());
        using var bare = X509CertificateLoader.LoadCertificate(answer.Payload.Span);
        using var renewed = bare.CopyWithPrivateKey(key);
        Assert.Equal(CoapCode.Created, (await RegisterAsync(renewed, intermediates, Name)).Code);

        Assert.Equal(id, await RegisteredAsync(Name));
        var raised = Assert.Single(await EventsAsync(alarm));
        Assert.Equal((grade, id), (raised.Text("event_type_description"), raised.Text("device_id")));
        Assert.Contains($"{Name}: its certificate expired {days} days ago", raised.Text("description"), StringComparison.Ordinal);
        Assert.Contains("let in to the bootstrap server alone", raised.Text("description"), StringComparison.Ordinal);
        // What has ended is superseded as well, and gets nobody in any more: not there either.
        await UntilAsync(() => _server.Service<DeviceTrust>().FindRefusal(Seen(expired), TrustedCertificateService.Bootstrap) is not null);
    }

    private PeerIdentity.Certificate Seen(X509Certificate2 certificate) => new(
        SHA256.HashData(certificate.RawData), certificate.SubjectName.RawData, certificate.SerialNumberBytes, certificate.NotAfter.ToUniversalTime(),
        SHA256.HashData(_server.Service<PlatformAuthority>().Root.RawData));

    /// <summary>The SDK's device, with the files of its last life.</summary>
    private async Task<DeviceHost> StartAsync(string name)
    {
        string certificate = Path.Combine(_folder, "factory.pem"), key = Path.Combine(_folder, "factory.key"), authority = Path.Combine(_folder, "ca.pem");
        if (!File.Exists(certificate))
        {
            using X509Certificate2 identity = _factory.IssueWithNewKey(CertificateProfile.Device(new CertificateSubject(name), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(3650))));
            using ECDsa own = identity.GetECDsaPrivateKey()!;
            PemFiles.WriteCertificates(certificate, [identity]);
            PemFiles.WritePrivateKey(key, own);
            PemFiles.WriteCertificates(authority, [_server.Service<PlatformAuthority>().Root]);
        }

        var retry = new RetryPolicy { InitialDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(200) };
        DeviceHost device = DeviceHost.CreateBuilder().UseFactoryIdentity(certificate, key).UseBootstrapServer($"coaps://127.0.0.1:{PortOf(_server.Service<BootstrapGateway>().Endpoints)}")
            .UseIdentityStore(Path.Combine(_folder, "store")).Trust(authority).Add(new ObjectInstance(3303) { [5700] = 21.5 })
            .Configure(options => options with { Retry = retry, BootstrapRetry = retry, AttemptsBeforeBootstrap = 1 }).Build();
        device.Start();
        await device.WhenRegistered.WaitAsync(TimeSpan.FromSeconds(60), Token);
        return device;
    }

    private async Task<string> RegisteredAsync(string name)
    {
        JsonNode? device = null;
        for (var i = 0; i < 500 && device?.Text("state") != "registered"; i++)
        {
            await Task.Delay(20, Token);
            device = (await _server.Admin.GetOkAsync("/v3/devices?endpoint_name__eq=" + name))["data"]!.AsArray().Single();
        }

        Assert.Equal("registered", device!.Text("state"));
        return device!.Text("id");
    }

    private async Task<JsonNode[]> EventsAsync(string type)
    {
        await _server.Service<DeviceEventService>().WriteAsync(Token);
        return [.. (await _server.Admin.GetOkAsync("/v3/device-events?event_type__eq=" + type))["data"]!.AsArray().Select(item => item!)];
    }

    private async Task RefusedAsync(X509Certificate2 certificate, X509Certificate2[] intermediates, string name) =>
        Assert.Contains("CertificateExpired", (await Assert.ThrowsAsync<AuthenticationException>(() => RegisterAsync(certificate, intermediates, name))).Message, StringComparison.Ordinal);

    private async Task<CoapResponse> RegisterAsync(X509Certificate2 certificate, X509Certificate2[] intermediates, string name)
    {
        await using DtlsCoapEndpoint client = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), new CoapRouter(), new CoapEndpointOptions { DeduplicationMemory = 64 * 1024 });
        var trust = new CertificateTrust { Anchors = [_server.Service<PlatformAuthority>().Root] };
        var options = new TlsClientOptions { ServerTrust = trust, Certificate = new TlsCertificate(certificate, intermediates) };
        CoapPeer peer = await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, PortOf(_server.Service<DeviceEndpoints>().All)), options, "127.0.0.1", Token);
        return await peer.SendAsync(
            new CoapRequest(CoapCode.Post, $"/rd?ep={name}&lwm2m=1.1&lt=3600") { ContentFormat = ContentFormat.LinkFormat, Payload = "</1/0>,</3/0>"u8.ToArray() }, Token);
    }

    private string StoredSerial()
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(_folder, "store", "operational.pem")));
        return certificate.SerialNumber;
    }

    private static int PortOf(IEnumerable<CoapEndpoint> endpoints) => endpoints.Single(endpoint => endpoint.Scheme == "coaps").LocalEndPoint.Port;

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++)
            await Task.Delay(20, Token);
        Assert.True(condition());
    }
}
