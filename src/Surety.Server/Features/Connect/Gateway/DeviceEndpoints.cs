using System.Net;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.PreSharedKeys;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Connect;

/// <summary>The addresses at which devices are served.</summary>
internal sealed partial class DeviceEndpoints(
    SuretySettings settings, PlatformAuthority authority, DeviceTrust trust, TrustEnforcer enforcer, PreSharedKeyService keys, DtlsSessionFile sessions, StartupReport report, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly CoapListeners _open = new("LwM2M", "Lwm2m", report);
    private DtlsSessionSaver? _saver;
    private readonly ILogger _log = loggers.CreateLogger<DeviceEndpoints>();

    /// <summary>What is open.</summary>
    public IReadOnlyList<CoapEndpoint> All => _open.All;

    /// <exception cref="StartupException">An address cannot be used.</exception>
    public async Task OpenAsync(Lwm2mServer server, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var lwm2m = settings.Lwm2m;
        try
        {
            var saved = lwm2m.Coaps is null ? [] : await sessions.LoadAsync(cancellationToken);
            _open.Open(lwm2m.Coaps, "Coaps", address => DtlsCoapEndpoint.Open(
                address, server, null, Tls(), new DtlsCoapOptions { PreSharedKeys = keys }, saved, logger: Logger("dtls"), time: time));
            _open.Open(lwm2m.CoapsTcp, "CoapsTcp", address => TcpCoapEndpoint.Open(address, server, PelionClients.TlsOptions, Tls(), Logger("tls"), time));
            OpenInsecure(lwm2m.Coap, "Coap", address => UdpCoapEndpoint.Open(address, server, null, Logger("udp"), time));
            OpenInsecure(lwm2m.CoapTcp, "CoapTcp", address => TcpCoapEndpoint.Open(address, server, null, null, Logger("tcp"), time));
        }
        catch
        {
            await CloseAsync();
            throw;
        }

        foreach (var endpoint in All)
        {
            server.AddEndpoint(endpoint);
            enforcer.Watch(endpoint, TrustedCertificateService.Lwm2m);
        }

        enforcer.Start(server);
        if (All.OfType<DtlsCoapEndpoint>().FirstOrDefault() is { } secure)
        {
            _saver = new DtlsSessionSaver(secure, sessions, time, loggers.CreateLogger<DtlsSessionFile>());
            _saver.Start();
        }
    }

    public async Task CloseAsync()
    {
        await enforcer.DisposeAsync();
        if (_saver is not null)
            await _saver.DisposeAsync();
        _saver = null;
        await _open.CloseAsync();
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    /// <summary>Our certificate for devices, and whose certificates are believed.</summary>
    internal TlsServerOptions Tls() => trust.CreateTls(TrustedCertificateService.Lwm2m, authority);

    private ILogger Logger(string transport) => loggers.CreateLogger($"Surety.Coap.{transport}");

    private void OpenInsecure(IPEndPoint? address, string setting, Func<IPEndPoint, CoapEndpoint> open)
    {
        if (_open.Open(address, setting, open) is not { } endpoint)
            return;
        LogInsecure(endpoint.Scheme, endpoint.LocalEndPoint);
        report.Add("WARNING", $"{endpoint.Scheme}://{endpoint.LocalEndPoint} has no security: anybody can be any device. For the laboratory only.");
    }

    [LoggerMessage(1431, LogLevel.Warning, "{Scheme}://{Address} has no security: anybody can be any device there")]
    private partial void LogInsecure(string scheme, IPEndPoint address);
}
