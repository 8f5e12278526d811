using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Surety.Coap;
using Surety.Dtls;
using Surety.Pki;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Connect;
using Surety.Server.Tests.Connect;

namespace Surety.Server.Tests.Bootstrap;

/// <summary>Devices get their accounts from the platform's bootstrap server.</summary>
public sealed class BootstrapServerTests(BootstrapServerFixture fixture) : IClassFixture<BootstrapServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_gets_the_address_of_the_server_its_authority_and_EST()
    {
        var (account, _) = await NewAccountAsync();
        await using var device = await ConnectAsync("sensor-1", account);

        await device.BootstrapAsync("ep=sensor-1&pct=110");

        Assert.Equal(["GET /", "PUT /0/1 110", "PUT /1/0 110", "POST /bs"], device.Lines);
        var security = Values(device.PayloadOf("PUT /0/1 110"));
        Assert.Equal($"coaps://iot.example.org:{LwM2mPort("coaps")}", (string?)security["/0/1/0"]);
        Assert.Equal((false, 4, 1, 2), ((bool)security["/0/1/1"]!, (int)security["/0/1/2"]!, (int)security["/0/1/10"]!, (int)security["/0/1/15"]!));
        // RFC 8428, 4.3: base64url without padding.
        Assert.Equal(Convert.ToBase64String(_server.Service<PlatformAuthority>().Root.RawData).TrimEnd('=').Replace('+', '-').Replace('/', '_'), (string?)security["/0/1/4"]);
        Assert.False(security.ContainsKey("/0/1/3") || security.ContainsKey("/0/1/5"));
        var server = Values(device.PayloadOf("PUT /1/0 110"));
        Assert.Equal((1, 86_400, "U"), ((int)server["/1/0/0"]!, (int)server["/1/0/1"]!, (string?)server["/1/0/7"]));
    }

    [Fact]
    public async Task The_directory_says_that_the_device_is_bootstrapped_and_since_when()
    {
        var (account, client) = await NewAccountAsync();
        await using var device = await ConnectAsync("sensor-1", account);
        await device.BootstrapAsync("ep=sensor-1");
        JsonNode record = (await client.GetOkAsync("/v3/devices"))["data"]![0]!;
        await DeviceServerFixture.UntilAsync(async () => (record = (await client.GetOkAsync("/v3/devices"))["data"]![0]!).Text("state") == "bootstrapped");
        Assert.Equal("sensor-1", record.Text("endpoint_name"));
        Assert.NotEqual("", record.Text("bootstrapped_timestamp"));
    }

    [Fact]
    public async Task Over_TLS_a_device_gets_the_TLS_port()
    {
        var (account, _) = await NewAccountAsync();
        await using var device = await BootstrapClient.ConnectOverTlsAsync(_server, new TlsCertificate(BootstrapClient.Issue(_server, "sensor-1", account)));
        await device.BootstrapAsync("ep=sensor-1&pct=110");
        var security = Values(device.PayloadOf("PUT /0/1 110"));
        Assert.Equal($"coaps+tcp://iot.example.org:{LwM2mPort("coaps+tcp")}", (string?)security["/0/1/0"]);
        Assert.Equal("T", (string?)Values(device.PayloadOf("PUT /1/0 110"))["/1/0/7"]);
    }

    [Fact]
    public async Task Pelions_client_gets_what_it_takes_in_its_order()
    {
        var (account, client) = await NewAccountAsync();
        await using var device = await ConnectAsync("dev-ep-0001", account);

        await device.BootstrapAsync($"ep=dev-ep-0001&aid={account}&mccv=4.13.2");

        var id = (await client.GetOkAsync("/v3/devices")).All("id").Single();
        // As recorded with mbed-cloud-client 4.13.2: deletes, /0 and the time as TLV, and its device id with the Finish.
        Assert.Equal(["DELETE /0", "DELETE /1", "PUT /0 11542", "PUT /3 11542", $"POST /bs?iep={id}"], device.Lines);
        var security = device.PayloadOf("PUT /0 11542");
        var uri = System.Text.Encoding.ASCII.GetBytes($"coaps://iot.example.org:{LwM2mPort("coaps")}?aid={account}&iep={id}");
        // LwM2M 1.0.2, 6.4.3: an instance with a length of 16 bits; in it resource 0 with one of 8.
        Assert.Equal([0x10, 0x00], security[..2]);
        Assert.Equal([0xc8, 0x00, (byte)uri.Length, .. uri, 0xc1, 0x01, 0x00, 0xc1, 0x02, 0x04], security[4..(4 + 3 + uri.Length + 6)]);
        Assert.Equal([0xc1, 0x0a, 0x01], security[^3..]);
        Assert.Equal([0x06, 0x00, 0xc4, 0x0d], device.PayloadOf("PUT /3 11542")[..4]);
    }

    [Fact]
    public async Task A_device_that_does_not_know_Discover_is_served()
    {
        var (account, _) = await NewAccountAsync();
        await using var device = await ConnectAsync("old", account);
        device.Instances = null;
        await device.BootstrapAsync("ep=old");
        Assert.Equal(["GET /", "DELETE /1", "PUT /0/1 11542", "PUT /1/0 11542", "POST /bs"], device.Lines);
    }

    [Fact]
    public async Task What_a_device_has_of_server_accounts_goes_and_its_bootstrap_account_stays()
    {
        var (account, _) = await NewAccountAsync();
        await using var device = await ConnectAsync("again", account);
        device.Instances = "</>;lwm2m=1.1,</0/0>;ssid=1,</0/1>,</0/2>;ssid=7,</1/0>;ssid=1,</1/1>;ssid=7,</3/0>";
        await device.BootstrapAsync("ep=again&pct=112");
        Assert.Equal(["GET /", "DELETE /0/0", "DELETE /0/2", "DELETE /1", "PUT /0/0 112", "PUT /1/0 112", "POST /bs"], device.Lines);
    }

    [Fact]
    public async Task A_name_that_is_not_the_certificates_is_refused_with_the_reason()
    {
        var (account, _) = await NewAccountAsync();
        await using var device = await ConnectAsync("sensor-1", account);
        var answer = await device.SendAsync("/bs?ep=another");
        Assert.Equal(CoapCode.BadRequest, answer.Code);
        Assert.Contains("common name", answer.Text, StringComparison.Ordinal);
        Assert.Equal(CoapCode.BadRequest, (await device.SendAsync("/bs?ep=sensor-1&aid=nobody")).Code);
        Assert.Empty(device.Calls);
    }

    [Fact]
    public async Task A_pack_has_both_accounts()
    {
        var (account, _) = await NewAccountAsync();
        await using var device = await ConnectAsync("packed", account);
        var answer = await device.SendAsync("/bspack?ep=packed&acc=</0/0>", CoapCode.Get, ContentFormat.SenmlJson);
        Assert.Equal(CoapCode.Content, answer.Code);
        var values = Values(answer.Payload.ToArray());
        Assert.Equal((4, 86_400), ((int)values["/0/1/2"]!, (int)values["/1/0/1"]!));
        Assert.False(values.ContainsKey("/0/0/0"));
    }

    [Fact]
    public async Task A_device_under_an_authority_of_its_account_is_served_as_soon_as_that_is_trusted()
    {
        var (account, _) = await NewAccountAsync();
        using var factory = CertificateAuthority.CreateRoot(CertificateProfile.Authority(new CertificateSubject("Factory " + account), ValidityPeriod.FromEpoch(TimeProvider.System, TimeSpan.FromDays(100))));
        using var certificate = factory.IssueWithNewKey(CertificateProfile.Device(new CertificateSubject("factory-1"), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(1))));
        await Assert.ThrowsAnyAsync<Exception>(() => BootstrapClient.ConnectAsync(_server, new DtlsCertificate(certificate)));

        Assert.True(EntityId.TryParse(account, out var accountId));
        await _server.Service<TrustedCertificates>().AddAsync(
            new TrustedCertificate
            {
                Id = _server.Service<EntityIdGenerator>().Next(), AccountId = accountId, Name = "factory", Service = TrustedCertificateService.Bootstrap,
                Certificate = factory.Certificate.ExportCertificatePem(), Fingerprint = factory.Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256).ToLowerInvariant(),
                Subject = factory.Certificate.Subject, Issuer = factory.Certificate.Issuer, Validity = DateTimeOffset.MaxValue.AddYears(-5000),
            },
            Token);
        BootstrapClient? device = null;
        await DeviceServerFixture.UntilAsync(async () =>
        {
            try
            {
                device = await BootstrapClient.ConnectAsync(_server, new DtlsCertificate(certificate));
                return true;
            }
            catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException)
            {
                return false;
            }
        });
        await using var _ = device!;
        await device!.BootstrapAsync("ep=factory-1");
        Assert.Equal("POST /bs", device.Lines.Last());
    }

    [Fact]
    public async Task A_device_enrols_on_the_connection_that_it_bootstraps_on()
    {
        var (account, _) = await NewAccountAsync();
        await using var device = await ConnectAsync("sensor-1", account);
        // Nobody has admitted it yet.
        Assert.NotEqual(CoapCode.Content, (await device.SendAsync("/est/crts", CoapCode.Get)).Code);
        await device.BootstrapAsync("ep=sensor-1");
        Assert.Equal(CoapCode.Content, (await device.SendAsync("/est/crts", CoapCode.Get)).Code);
    }

    /// <summary>LightweightM2M-1.1-int-10, Client Initiated Bootstrap Full (EST).</summary>
    [Fact]
    public async Task Int10_ClientInitiatedBootstrapFullWithEst()
    {
        var (account, client) = await NewAccountAsync();
        await using var device = await ConnectAsync("sensor-10", account);
        await device.BootstrapAsync("ep=sensor-10&pct=110");
        var security = Values(device.PayloadOf("PUT /0/1 110"));
        Assert.Equal(4, (int)security["/0/1/2"]!);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sensor-10", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        var crts = await device.SendAsync("/est/crts", CoapCode.Get);
        Assert.True(CertsOnlyMessage.TryRead(crts.Payload, out var authorities, out _));
        var enrolled = await device.SendAsync("/est/sen", CoapCode.Post, payload: request, format: ContentFormat.Pkcs10);
        Assert.Equal((CoapCode.Changed, ContentFormat.Pkcs7CertsOnly), (enrolled.Code, enrolled.ContentFormat));
        Assert.True(CertsOnlyMessage.TryRead(enrolled.Payload, out var issued, out _));
        using var own = Assert.Single(issued).CopyWithPrivateKey(key);

        // The certificate opens the server's door, with the chain that crts has given; ep may be left out, since it is in the certificate.
        var handler = new CoapRouter();
        await using var endpoint = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), handler);
        var anchors = authorities.Select(authority => authority.RawData).ToList();
        var options = new DtlsClientOptions { Certificate = new DtlsCertificate(own), Verifier = new TrustAnchors(anchors) };
        var server = await endpoint.ConnectAsync(new IPEndPoint(IPAddress.Loopback, LwM2mPort("coaps")), options, Token);
        var registration = new CoapRequest(CoapCode.Post, "/rd?lt=86400&lwm2m=1.1&b=U") { ContentFormat = ContentFormat.LinkFormat, Payload = "</>;rt=\"oma.lwm2m\",</1/0>,</3/0>"u8.ToArray() };
        Assert.Equal(CoapCode.Created, (await server.SendAsync(registration, Token)).Code);
        var record = (await client.GetOkAsync("/v3/devices?endpoint_name__eq=sensor-10"))["data"]!.AsArray().Single()!;
        Assert.NotNull(record["bootstrapped_timestamp"]);
    }

    [Fact]
    public async Task A_rule_decides_what_its_devices_get()
    {
        var (account, client) = await NewAccountAsync();
        await client.PostAsync("/v3/bootstrap-rules", """
            {"name":"meters","priority":10,"match":{"endpoint_name":"meter-*"},
             "server":{"lifetime":600,"minimum_period":5,"maximum_period":60,"security_mode":2,"short_server_id":9},
             "instances":{"/16/0":{"0":["line 4","hall B"]}}}
            """);
        await using var device = await ConnectAsync("meter-7", account);
        await device.BootstrapAsync("ep=meter-7&pct=110");

        Assert.Equal(["GET /", "PUT /0/1 110", "PUT /1/0 110", "PUT /16/0 110", "POST /bs"], device.Lines);
        var security = Values(device.PayloadOf("PUT /0/1 110"));
        Assert.Equal(2, (int)security["/0/1/2"]!);
        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(FromBase64Url((string)security["/0/1/3"]!));
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportECPrivateKey(FromBase64Url((string)security["/0/1/5"]!), out int _);
        using var pair = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.CopyWithPrivateKey(certificate, key);
        Assert.Contains("CN=meter-7", certificate.Subject, StringComparison.Ordinal);
        var server = Values(device.PayloadOf("PUT /1/0 110"));
        Assert.Equal((9, 600, 5, 60), ((int)server["/1/0/0"]!, (int)server["/1/0/1"]!, (int)server["/1/0/2"]!, (int)server["/1/0/3"]!));
        Assert.Equal("hall B", (string?)Values(device.PayloadOf("PUT /16/0 110"))["/16/0/0/1"]);
    }

    [Fact]
    public async Task A_redirect_gives_the_bootstrap_account_another_address_and_nothing_else()
    {
        var (account, client) = await NewAccountAsync();
        await client.PostAsync("/v3/bootstrap-rules", """{"name":"moved","priority":1,"redirect":"coaps://other.example.org:5784"}""");
        await using var device = await ConnectAsync("sensor-1", account);
        await device.BootstrapAsync("ep=sensor-1&pct=110");
        Assert.Equal(["GET /", "PUT /0/0/0 110", "POST /bs"], device.Lines);
        Assert.Equal("coaps://other.example.org:5784", (string?)Values(device.PayloadOf("PUT /0/0/0 110"))["/0/0/0"]);
    }

    [Fact]
    public void The_start_names_the_addresses() => Assert.Contains("Bootstrap       coaps://127.0.0.1:", _server.Output.ToString(), StringComparison.Ordinal);

    private async Task<(string Account, HttpClient Client)> NewAccountAsync()
    {
        var client = await _server.NewAccountAsync();
        return ((await client.GetOkAsync("/v3/accounts/me")).Text("id"), client);
    }

    private Task<BootstrapClient> ConnectAsync(string name, string account) =>
        BootstrapClient.ConnectAsync(_server, new DtlsCertificate(BootstrapClient.Issue(_server, name, account)));

    private int LwM2mPort(string scheme) => _server.Service<DeviceEndpoints>().All.Single(endpoint => endpoint.Scheme == scheme).LocalEndPoint.Port;

    /// <summary>SenML JSON, read by the platform's own reader.</summary>
    private static Dictionary<string, JsonNode?> Values(byte[] senml)
    {
        var values = new Dictionary<string, JsonNode?>();
        var name = "";
        foreach (var record in JsonSerializer.Deserialize<JsonArray>(senml)!)
        {
            name = (string?)record!["bn"] ?? name;
            values[name + (string?)record["n"]] = record["v"] ?? record["vs"] ?? record["vb"] ?? record["vd"];
        }

        return values;
    }

    private static byte[] FromBase64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
