using System.Net;
using Surety.Coap;
using Surety.Testing;

namespace Surety.Interop.Tests.Coap;

/// <summary>Our server over TCP and TLS on ports of its own, with certificates in files for the programs that speak to it.</summary>
internal sealed class TcpInteropFixture : IAsyncDisposable
{
    public const string Package = "libcoap3-bin";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("surety-interop-");

    public TcpInteropFixture(CoapEndpointOptions? options = null, ListLogger? logger = null)
    {
        Logger = logger ?? new ListLogger();
        Plain = TcpCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), Handler, options, logger: Logger);
        Secure = TcpCoapEndpoint.Open(
            new IPEndPoint(IPAddress.Loopback, 0), Handler, options,
            new TlsServerOptions { Certificate = new TlsCertificate(Pki.Server, [Pki.Intermediate.Certificate]), ClientTrust = Trust }, Logger);
        RootFile = Pki.WriteRoot(_directory.FullName);
        (DeviceFile, DeviceKeyFile) = Pki.Write(_directory.FullName, "device", Pki.Device("device-1"));
    }

    public static TestPki Pki => TestPki.Shared;

    public static CertificateTrust Trust { get; } = new() { Anchors = [Pki.Root.Certificate], Intermediates = [Pki.Intermediate.Certificate] };

    public InteropHandler Handler { get; } = new();

    public ListLogger Logger { get; }

    public TcpCoapEndpoint Plain { get; }

    public TcpCoapEndpoint Secure { get; }

    public string RootFile { get; }

    public string DeviceFile { get; }

    public string DeviceKeyFile { get; }

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public string Uri(bool isSecure, string path) =>
        isSecure ? $"coaps+tcp://127.0.0.1:{Secure.LocalEndPoint.Port}{path}" : $"coap+tcp://127.0.0.1:{Plain.LocalEndPoint.Port}{path}";

    /// <summary>What libcoap's programs need to prove who they are, and to know us.</summary>
    public string[] Credentials(bool isSecure) => isSecure ? ["-c", DeviceFile, "-j", DeviceKeyFile, "-C", RootFile] : [];

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        await Secure.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
