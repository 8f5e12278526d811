using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Dtls;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Connect;
using Surety.Server.Features.DeviceEvents;
using Surety.Testing;

namespace Surety.Server.Tests.Identity;

/// <summary>A server with the secure ports open, an authority that the first account trusts, and devices of all kinds.</summary>
public sealed class IdentityServer : IAsyncLifetime
{
    private readonly List<CoapEndpoint> _clients = [];

    public static TestPki Pki => TestPki.Shared;

    public TestServer Server { get; private set; } = null!;

    public HttpClient Admin => Server.Admin;

    public EntityIdOf Account { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync("--Surety:Lwm2m:Coaps=127.0.0.1:0", "--Surety:Lwm2m:CoapsTcp=127.0.0.1:0");
        Account = new EntityIdOf((await Admin.GetOkAsync("/v3/accounts/me")).Text("id"));
    }

    /// <summary>The account trusts the test's root for the LwM2M server.</summary>
    /// <returns>The id of the trusted certificate.</returns>
    public async Task<string> TrustAsync(X509Certificate2 authority, string name, HttpClient? account = null)
    {
        var body = new System.Text.Json.Nodes.JsonObject { ["name"] = name, ["service"] = "lwm2m", ["certificate"] = authority.ExportCertificatePem() };
        var answer = await (account ?? Admin).PostAsync("/v3/trusted-certificates", body.ToJsonString());
        await Until(() => Server.Service<DeviceTrust>().Anchors.Lwm2m.Contains(System.Security.Cryptography.SHA256.HashData(authority.RawData)));
        return answer.Text("id");
    }

    internal static EntityId IdOf(string text) => EntityId.TryParse(text, out var id) ? id : throw new ArgumentException("is no id", nameof(text));

    public DtlsCoapEndpoint Dtls => Server.Service<DeviceEndpoints>().All.OfType<DtlsCoapEndpoint>().Single();

    public TcpCoapEndpoint Tls => Server.Service<DeviceEndpoints>().All.OfType<TcpCoapEndpoint>().Single();

    public async Task<CoapPeer> ConnectDtlsAsync(X509Certificate2 device, params X509Certificate2[] intermediates)
    {
        DtlsCoapEndpoint client = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), new CoapRouter(), new CoapEndpointOptions { DeduplicationMemory = 64 * 1024 });
        _clients.Add(client);
        var options = new TlsClientOptions { ServerTrust = ServerTrust, Certificate = new TlsCertificate(device, intermediates) };
        return await client.ConnectAsync(Dtls.LocalEndPoint, options, "localhost", Token);
    }

    public async Task<CoapPeer> ConnectPskAsync(string identity, byte[] key)
    {
        DtlsCoapEndpoint client = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), new CoapRouter(), new CoapEndpointOptions { DeduplicationMemory = 64 * 1024 });
        _clients.Add(client);
        return await client.ConnectAsync(Dtls.LocalEndPoint, new DtlsClientOptions { PreSharedKey = new(System.Text.Encoding.ASCII.GetBytes(identity), key) }, Token);
    }

    public async Task<CoapPeer> ConnectTlsAsync(X509Certificate2 device, params X509Certificate2[] intermediates)
    {
        var client = TcpCoapEndpoint.OpenClient(new CoapRouter(), null, new TlsClientOptions { ServerTrust = ServerTrust, ServerName = "localhost", Certificate = new TlsCertificate(device, intermediates) });
        _clients.Add(client);
        return await client.ConnectAsync(Tls.LocalEndPoint, cancellationToken: Token);
    }

    public static Task<CoapResponse> RegisterAsync(CoapPeer peer, string endpoint) => peer.SendAsync(
        new CoapRequest(CoapCode.Post, $"/rd?ep={endpoint}&lwm2m=1.1&lt=3600") { ContentFormat = ContentFormat.LinkFormat, Payload = "</1/0>,</3/0>"u8.ToArray() }, Token);

    /// <summary>The events of the account, written.</summary>
    public async Task<System.Text.Json.Nodes.JsonNode> EventsAsync(string query, HttpClient? account = null)
    {
        await Server.Service<DeviceEventService>().WriteAsync(Token);
        return await (account ?? Admin).GetOkAsync("/v3/device-events?" + query);
    }

    /// <summary>The device in the directory.</summary>
    public async Task<string> FindDeviceAsync(string endpoint) => (await Admin.GetOkAsync($"/v3/devices?endpoint_name__eq={endpoint}")).All("id").Single();

    public static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
            await Task.Delay(20, Token);
        Assert.True(condition());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await Server.DisposeAsync();
    }

    private CertificateTrust ServerTrust => new() { Anchors = [Server.Service<PlatformAuthority>().Root] };

    /// <summary>An id, for tests, which may not see the platform's own type.</summary>
    public sealed record EntityIdOf(string Text);
}
