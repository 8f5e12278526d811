using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Surety.Pki;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>A server with a bootstrap port, the same for TLS and DTLS, and what the owner of devices does over REST.</summary>
public sealed class PelionServer : IAsyncLifetime
{
    private const string Pull = "/v2/notification/pull";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string[] _arguments = [];
    private SuretyProcess _process = null!;
    private PelionCredentials? _any;

    public PelionServer()
    {
    }

    /// <summary>A server with other settings.</summary>
    internal PelionServer(params string[] arguments) => _arguments = arguments;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The bootstrap server's port.</summary>
    public int BootstrapPort { get; private set; }

    /// <summary>The server's port for DTLS.</summary>
    public int CoapsPort => _process.Ports.Coaps;

    public string Output => _process.Output;

    public string DataDirectory => _process.DataDirectory;

    public async ValueTask InitializeAsync()
    {
        BootstrapPort = FreePort();
        await StartAsync(null, null);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Starts it again, on the same data and ports.</summary>
    public async Task RestartAsync()
    {
        SuretyProcess killed = _process;
        Client.Dispose();
        await StartAsync(killed.DataDirectory, killed.Ports);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(path);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"GET {path}: {response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.Created)
    {
        using HttpResponseMessage response = await Client.PostAsJsonAsync(path, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"POST {path}: {response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>A device request, whose answer comes over the channel.</summary>
    public async Task RequestAsync(string device, string asyncId, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Client.PostAsync($"/v2/device-requests/{device}?async-id={asyncId}", content);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Subscribes to a resource of a device.</summary>
    /// <returns>The id under which the channel brings the first value.</returns>
    public async Task<string> SubscribeAsync(string device, string path)
    {
        using HttpResponseMessage response = await Client.PutAsync($"/v2/subscriptions/{device}{path}", null);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("async-response-id").GetString()!;
    }

    /// <summary>A device on the desk: all that it has is in the C file.</summary>
    internal async Task<PelionCredentials> DeveloperAsync()
    {
        JsonElement made = await PostAsync("/v3/developer-certificates", new { name = "desk " + RandomNumberGenerator.GetHexString(8) });
        return PelionCredentials.Parse(made.GetProperty("security_file_content").GetString()!);
    }

    /// <summary>A device of a factory whose authority the account trusts, and that is claimed by its fingerprint. (docs/onboarding.md.)</summary>
    internal async Task<PelionCredentials> ClaimedAsync(CertificateAuthority factory, string endpointName)
    {
        using var certificate = factory.IssueWithNewKey(CertificateProfile.Device(new CertificateSubject(endpointName), ValidityPeriod.FromEpoch(TimeProvider.System, TimeSpan.FromDays(3650))));
        string fingerprint = string.Join(':', SHA256.HashData(certificate.RawData).Select(b => b.ToString("X2", CultureInfo.InvariantCulture)));
        await PostAsync("/v3/device-enrollments", new { enrollment_identity = "A-" + fingerprint });
        // From the C file it takes what is the same for all: the bootstrap server and its authority.
        PelionCredentials any = _any ??= await DeveloperAsync();
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        using X509Certificate2 bare = X509CertificateLoader.LoadCertificate(certificate.RawData);
        return any with { EndpointName = endpointName, Identity = any.Identity with { Certificate = bare.CopyWithPrivateKey(key) } };
    }

    /// <summary>An authority of a factory, uploaded with the proof that its key is there, for first-to-claim.</summary>
    internal async Task<CertificateAuthority> TrustFactoryAsync()
    {
        string account = (await GetAsync("/v3/accounts/me")).GetProperty("id").GetString()!;
        SigningKey key = SigningKey.Generate();
        var profile = CertificateProfile.Authority(new CertificateSubject("Factory " + RandomNumberGenerator.GetHexString(8)), ValidityPeriod.FromEpoch(TimeProvider.System, TimeSpan.FromDays(3650)));
        CertificateAuthority factory = CertificateAuthority.CreateRoot(profile, key);
        await PostAsync("/v3/trusted-certificates", new
        {
            name = "factory " + RandomNumberGenerator.GetHexString(8),
            service = "bootstrap",
            enrollment_mode = true,
            certificate = factory.Certificate.ExportCertificatePem(),
            signature = Convert.ToBase64String(key.Sign(Encoding.ASCII.GetBytes(account))),
        });
        return factory;
    }

    /// <summary>The one record of an endpoint name, in the state that it must come to.</summary>
    public Task<JsonElement> DeviceAsync(string endpointName, string state) => DeviceAsync(endpointName, device => device.GetProperty("state").GetString() == state);

    /// <summary>The one record of an endpoint name, when it has come to what is expected of it.</summary>
    public async Task<JsonElement> DeviceAsync(string endpointName, Func<JsonElement, bool> isReached)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            JsonElement device = Assert.Single((await GetAsync("/v3/devices?endpoint_name__eq=" + endpointName)).GetProperty("data").EnumerateArray());
            if (isReached(device))
                return device;
            Assert.False(timeout.IsCancellationRequested, $"{device}\n{_process.Output}");
            await Task.Delay(50);
        }
    }

    /// <summary>Polls the channel until an item of a member of an envelope is there.</summary>
    public async Task<JsonElement> PullAsync(string member, Func<JsonElement, bool> isWanted)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            using HttpResponseMessage response = await Client.GetAsync(Pull, timeout.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                continue;
            JsonElement envelope = await response.Content.ReadFromJsonAsync<JsonElement>(timeout.Token);
            if (envelope.TryGetProperty(member, out JsonElement items) && items.EnumerateArray().Where(isWanted).Take(1).ToList() is [var item])
                return item;
        }
    }

    private async Task StartAsync(string? dataDirectory, Ports? ports)
    {
        _process = await SuretyProcess.StartAsync(
            ["--Surety:Bootstrap:CoapsTcp", $"127.0.0.1:{BootstrapPort}", "--Surety:Bootstrap:Coaps", $"127.0.0.1:{BootstrapPort}", "--Surety:PublicHost", "127.0.0.1", .. _arguments], dataDirectory, ports);
        Client = _process.OpenClient();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
