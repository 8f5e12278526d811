using System.Net;
using System.Net.Sockets;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Certificates;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Connect;

/// <summary>The addresses at which devices are served.</summary>
internal sealed partial class DeviceEndpoints(
    SuretySettings settings, PlatformAuthority authority, DtlsSessionFile sessions, StartupReport report, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly List<CoapEndpoint> _open = [];
    private DtlsSessionSaver? _saver;
    private readonly ILogger _log = loggers.CreateLogger<DeviceEndpoints>();

    /// <summary>What is open.</summary>
    public IReadOnlyList<CoapEndpoint> All => _open;

    /// <exception cref="StartupException">An address cannot be used.</exception>
    public async Task OpenAsync(Lwm2mServer server, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var lwm2m = settings.Lwm2m;
        try
        {
            var saved = lwm2m.Coaps is null ? [] : await sessions.LoadAsync(cancellationToken);
            Open(lwm2m.Coaps, "Coaps", address => DtlsCoapEndpoint.Open(address, server, null, Tls(), saved: saved, logger: Logger("dtls"), time: time));
            Open(lwm2m.CoapsTcp, "CoapsTcp", address => TcpCoapEndpoint.Open(address, server, null, Tls(), Logger("tls"), time));
            OpenInsecure(lwm2m.Coap, "Coap", address => UdpCoapEndpoint.Open(address, server, null, Logger("udp"), time));
            OpenInsecure(lwm2m.CoapTcp, "CoapTcp", address => TcpCoapEndpoint.Open(address, server, null, null, Logger("tcp"), time));
        }
        catch
        {
            await CloseAsync();
            throw;
        }

        foreach (var endpoint in _open)
            server.AddEndpoint(endpoint);
        if (_open.OfType<DtlsCoapEndpoint>().FirstOrDefault() is { } secure)
        {
            _saver = new DtlsSessionSaver(secure, sessions, time, loggers.CreateLogger<DtlsSessionFile>());
            _saver.Start();
        }
    }

    public async Task CloseAsync()
    {
        if (_saver is not null)
            await _saver.DisposeAsync();
        _saver = null;
        foreach (var endpoint in _open)
            await endpoint.DisposeAsync();
        _open.Clear();
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private TlsServerOptions Tls() => new()
    {
        Certificate = authority.ServerCertificate,
        ClientTrust = new CertificateTrust { Anchors = [authority.Root], Intermediates = authority.Intermediates },
        ClientCertificate = ClientCertificateMode.Required,
    };

    private ILogger Logger(string transport) => loggers.CreateLogger($"Surety.Coap.{transport}");

    private void OpenInsecure(IPEndPoint? address, string setting, Func<IPEndPoint, CoapEndpoint> open)
    {
        if (address is null)
            return;
        Open(address, setting, open);
        LogInsecure(_open[^1].Scheme, _open[^1].LocalEndPoint);
        report.Add("WARNING", $"{_open[^1].Scheme}://{_open[^1].LocalEndPoint} has no security: anybody can be any device. For the laboratory only.");
    }

    private void Open(IPEndPoint? address, string setting, Func<IPEndPoint, CoapEndpoint> open)
    {
        if (address is null)
            return;
        try
        {
            var endpoint = open(address);
            _open.Add(endpoint);
            report.Add("LwM2M", $"{endpoint.Scheme}://{endpoint.LocalEndPoint}");
        }
        catch (SocketException e)
        {
            throw new StartupException($"Devices cannot be served at {address}: {e.Message} (setting Surety:Lwm2m:{setting})", e);
        }
    }

    [LoggerMessage(1431, LogLevel.Warning, "{Scheme}://{Address} has no security: anybody can be any device there")]
    private partial void LogInsecure(string scheme, IPEndPoint address);
}
