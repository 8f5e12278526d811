using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Surety.Coap;
using Surety.Interop.Tests.Coap;
using Surety.Lwm2m.Server;
using Surety.Testing;

namespace Surety.Interop.Tests.Lwm2m;

/// <summary>Our LwM2M server over UDP, TCP and TLS, and libcoap's client to play a device named <c>device-1</c>.</summary>
internal sealed partial class Lwm2mInteropFixture : IAsyncDisposable
{
    public const string Udp = "coap";
    public const string Tcp = "coap+tcp";
    public const string Tls = "coaps+tcp";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("surety-interop-");
    private readonly string[] _credentials;
    private readonly TcpCoapEndpoint _tcp;
    private readonly TcpCoapEndpoint _tls;

    public Lwm2mInteropFixture()
    {
        Server = new Lwm2mServer(new Lwm2mServerOptions(), new InteropAdmission(), Events, logger: Logger);
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        TestPki pki = TcpInteropFixture.Pki;
        Datagrams = UdpCoapEndpoint.Open(any, Server, logger: Logger);
        _tcp = TcpCoapEndpoint.Open(any, Server, logger: Logger);
        _tls = TcpCoapEndpoint.Open(
            any, Server, null, new TlsServerOptions { Certificate = new TlsCertificate(pki.Server, [pki.Intermediate.Certificate]), ClientTrust = TcpInteropFixture.Trust }, Logger);
        foreach (CoapEndpoint endpoint in new CoapEndpoint[] { Datagrams, _tcp, _tls })
            Server.AddEndpoint(endpoint);
        (string certificate, string key) = pki.Write(_directory.FullName, "device", pki.Device("device-1"));
        _credentials = ["-c", certificate, "-j", key, "-C", pki.WriteRoot(_directory.FullName)];
    }

    public InteropEvents Events { get; } = new();

    public ListLogger Logger { get; } = new();

    public Lwm2mServer Server { get; }

    public UdpCoapEndpoint Datagrams { get; }

    public Registration Registration => Server.Registrations.TryGet(default, "device-1", out Registration? registration)
        ? registration
        : throw new InvalidOperationException($"The device is not registered:\n{string.Join('\n', Logger.Lines)}");

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Sends one request as the device and waits for the answer.</summary>
    /// <returns>What the client printed: messages with their options, and error texts.</returns>
    public Task<string> RunAsync(string scheme, string path, params string[] arguments) => RunAsync("coap-client-openssl", scheme, path, arguments);

    public Task<string> RunAsync(string client, string scheme, string path, string[] arguments)
    {
        CoapEndpoint endpoint = scheme == Udp ? Datagrams : scheme == Tcp ? _tcp : _tls;
        string uri = string.Create(CultureInfo.InvariantCulture, $"{scheme}://127.0.0.1:{endpoint.LocalEndPoint.Port}{path}");
        return ForeignProcess.RunAsync(client, TcpInteropFixture.Package, [.. scheme == Tls ? _credentials : [], "-v", "7", "-B", "50", .. arguments, uri]);
    }

    /// <summary>Registers the device.</summary>
    /// <returns>Its location, <c>/rd/...</c>.</returns>
    public async Task<string> RegisterAsync(string scheme, string query, string links, params string[] arguments)
    {
        string output = await RunAsync(scheme, "/rd?ep=device-1" + query, ["-m", "post", "-t", "40", "-e", links, .. arguments]);
        Match location = Location().Match(output);
        Assert.True(location.Success, output);
        return "/rd/" + location.Groups[1].Value;
    }

    public async ValueTask DisposeAsync()
    {
        await Datagrams.DisposeAsync();
        await _tcp.DisposeAsync();
        await _tls.DisposeAsync();
        Server.Dispose();
        _directory.Delete(recursive: true);
    }

    [GeneratedRegex(@"c:2\.01 .*Location-Path:rd, Location-Path:([A-Za-z0-9_-]+)")]
    private static partial Regex Location();
}
