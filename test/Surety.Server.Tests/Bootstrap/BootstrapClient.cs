using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Surety.Coap;
using Surety.Dtls;
using Surety.Pki;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Certificates;

namespace Surety.Server.Tests.Bootstrap;

/// <summary>A device that asks for bootstrap over DTLS or TLS, and takes whatever is written.</summary>
internal sealed class BootstrapClient : ICoapHandler, IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CoapEndpoint? _endpoint;
    private CoapPeer _peer;

    private BootstrapClient(TestServer server) => _server = server;

    /// <summary>What a Discover is answered; null: 4.05, as devices of LwM2M 1.0 do.</summary>
    public string? Instances { get; set; } = "</>;lwm2m=1.1,</0/0>,</1>,</3/0>";

    /// <summary>What the Finish is answered.</summary>
    public CoapCode FinishAnswer { get; set; } = CoapCode.Changed;

    /// <summary>Method, path, query and content format of what came, in order, and the payloads.</summary>
    public ConcurrentQueue<(string Line, byte[] Payload)> Calls { get; } = new();

    public IEnumerable<string> Lines => Calls.Select(call => call.Line);

    public static async Task<BootstrapClient> ConnectAsync(TestServer server, DtlsCertificate certificate)
    {
        var client = new BootstrapClient(server);
        var endpoint = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), client);
        client._endpoint = endpoint;
        var options = new DtlsClientOptions { Certificate = certificate, Verifier = new TrustAnchors([server.Service<PlatformAuthority>().Root.RawData]) };
        client._peer = await endpoint.ConnectAsync(client.AddressOf("coaps"), options, TestContext.Current.CancellationToken);
        return client;
    }

    public static async Task<BootstrapClient> ConnectWithKeyAsync(TestServer server, string identity, byte[] key)
    {
        var client = new BootstrapClient(server);
        var endpoint = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), client);
        client._endpoint = endpoint;
        var options = new DtlsClientOptions { PreSharedKey = new(Encoding.ASCII.GetBytes(identity), key) };
        client._peer = await endpoint.ConnectAsync(client.AddressOf("coaps"), options, TestContext.Current.CancellationToken);
        return client;
    }

    public static async Task<BootstrapClient> ConnectOverTlsAsync(TestServer server, TlsCertificate certificate)
    {
        var client = new BootstrapClient(server);
        var options = new TlsClientOptions { Certificate = certificate, ServerTrust = new CertificateTrust { Anchors = [server.Service<PlatformAuthority>().Root] } };
        var endpoint = TcpCoapEndpoint.OpenClient(client, null, options);
        client._endpoint = endpoint;
        client._peer = await endpoint.ConnectAsync(client.AddressOf("coaps+tcp"), null, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>A certificate of the platform's own authority, for a device of an account.</summary>
    public static System.Security.Cryptography.X509Certificates.X509Certificate2 Issue(TestServer server, string name, string account)
    {
        var profile = CertificateProfile.Device(new CertificateSubject(name, OrganizationalUnit: account), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(1)));
        var certificate = server.Service<PlatformAuthority>().Authority.IssueWithNewKey(profile);
        // What is signed by the platform's authority must be on record.
        Assert.True(EntityId.TryParse(account, out var owner));
        server.Service<DeviceTrust>().SetIssued(IssuedCertificates.FingerprintOf(certificate.RawData), owner, default, IssuedCertificateStatus.Active);
        return certificate;
    }

    public Task<CoapResponse> SendAsync(string path, CoapCode? method = null, ContentFormat? accept = null, byte[]? payload = null, ContentFormat? format = null) =>
        _peer.SendAsync(new CoapRequest(method ?? CoapCode.Post, path) { Accept = accept, ContentFormat = format, Payload = payload ?? [] }, TestContext.Current.CancellationToken);

    /// <summary>Asks, and waits for the Finish.</summary>
    public async Task BootstrapAsync(string query)
    {
        var answer = await SendAsync("/bs?" + query);
        Assert.True(answer.Code == CoapCode.Changed, answer.ToString());
        await _finished.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    /// <summary>The payload of a call.</summary>
    public byte[] PayloadOf(string line) => Calls.Single(call => call.Line == line).Payload;

    public void OnRequest(ref IncomingRequest request)
    {
        var method = request.Method.Value switch { 1 => "GET", 2 => "POST", 3 => "PUT", 4 => "DELETE", _ => request.Method.ToString() };
        var line = new StringBuilder(method).Append(' ').Append(request.PathText);
        foreach (var query in request.Query)
            line.Append('?').Append(Encoding.UTF8.GetString(query));
        if (request.ContentFormat is { } format)
            line.Append(CultureInfo.InvariantCulture, $" {format}");
        Calls.Enqueue((line.ToString(), request.Payload.ToArray()));
        if (request.Method == CoapCode.Get && Instances is not null)
        {
            request.Respond(CoapCode.Content, ContentFormat.LinkFormat, Encoding.UTF8.GetBytes(Instances));
            return;
        }

        var isFinish = request.PathIs("bs"u8);
        request.Respond(isFinish ? FinishAnswer : request.Method == CoapCode.Get ? CoapCode.MethodNotAllowed : request.Method == CoapCode.Delete ? CoapCode.Deleted : CoapCode.Changed);
        if (isFinish)
            _finished.TrySetResult();
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

    public async ValueTask DisposeAsync()
    {
        if (_endpoint is not null)
            await _endpoint.DisposeAsync();
    }

    private IPEndPoint AddressOf(string scheme) =>
        new(IPAddress.Loopback, _server.Service<BootstrapGateway>().Endpoints.Single(endpoint => endpoint.Scheme == scheme).LocalEndPoint.Port);
}
