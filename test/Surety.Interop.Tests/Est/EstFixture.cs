using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Coap;
using Surety.Pki;
using Surety.Server;
using Surety.Server.Features.Certificates;
using Surety.Server.Hosting;
using Surety.Testing;

namespace Surety.Interop.Tests.Est;

/// <summary>EST over DTLS and over HTTPS on ports of its own, and the files of a device <c>device-1</c> for the programs that speak to it.</summary>
internal sealed class EstFixture : IEstAdmission, ICertificateIssuance, IAsyncDisposable
{
    private static readonly EntityId Account = new(0x0123456789abcdef, 0x0123456789abcdef);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("surety-est-");
    private readonly EstService _service;
    private readonly EstHttpsListener _https;
    private readonly DtlsCoapEndpoint _coaps;

    public EstFixture(EstOptions? options = null)
    {
        var tls = new TlsServerOptions
        {
            Certificate = new TlsCertificate(Pki.Server, [Pki.Intermediate.Certificate]),
            ClientTrust = new CertificateTrust { Anchors = [Pki.Root.Certificate], Intermediates = [Pki.Intermediate.Certificate] },
        };
        _service = new EstService(this, options ?? new EstOptions(), TimeProvider.System);
        _coaps = DtlsCoapEndpoint.Open(
            new IPEndPoint(IPAddress.Loopback, 0), new EstHandler(_service, new EstClients(), this, NullLogger<EstHandler>.Instance), tls: tls);
        _https = new EstHttpsListener(
            new IPEndPoint(IPAddress.Loopback, 0), () => tls, new EstHttp(_service, this, NullLogger<EstHttp>.Instance),
            new StartupReport(null, NullLogger<StartupReport>.Instance), TimeProvider.System, NullLoggerFactory.Instance);
        RootFile = Pki.WriteRoot(_directory.FullName);
        (DeviceFile, DeviceKeyFile) = Pki.Write(_directory.FullName, "device", Pki.Device("device-1"));
    }

    public static TestPki Pki => TestPki.Shared;

    public string RootFile { get; }

    public string DeviceFile { get; }

    public string DeviceKeyFile { get; }

    public int CoapsPort => _coaps.LocalEndPoint.Port;

    public string Https(string path) => $"https://localhost:{_https.Address!.Port}{path}";

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public async Task<EstFixture> StartAsync()
    {
        await _https.StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>Makes a key and a request for it, with OpenSSL.</summary>
    public async Task MakeRequestAsync(string subject = "/CN=device-1")
    {
        await ForeignProcess.RunAsync(
            "openssl", "openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", PathOf("new.key"), "-subj", subject, "-outform", "DER", "-out", PathOf("csr.der"));
        await ForeignProcess.RunAsync("openssl", "openssl", "base64", "-in", PathOf("csr.der"), "-out", PathOf("csr.b64"));
    }

    /// <summary>The certificate in a PEM file is one that OpenSSL believes, for the key of <see cref="MakeRequestAsync"/>.</summary>
    public async Task VerifyAsync(string certificate)
    {
        PemFiles.WriteCertificates(PathOf("intermediate.pem"), [Pki.Intermediate.Certificate]);
        string output = await ForeignProcess.RunAsync(
            "openssl", "openssl", "verify", "-purpose", "sslclient", "-CAfile", RootFile, "-untrusted", PathOf("intermediate.pem"), certificate);
        Assert.Contains("OK", output, StringComparison.Ordinal);
        Assert.Equal(
            await ForeignProcess.RunAsync("openssl", "openssl", "pkey", "-in", PathOf("new.key"), "-pubout"),
            await ForeignProcess.RunAsync("openssl", "openssl", "x509", "-in", certificate, "-noout", "-pubkey"));
    }

    ValueTask<EstClient> IEstAdmission.AdmitAsync(PeerIdentity identity, bool mayBootstrap, CancellationToken cancellationToken) => ValueTask.FromResult(
        new EstClient(Account, new EntityId(1, 1), ((PeerIdentity.Certificate)identity).Subject.CommonName!, identity));

    Task<IssuedCertificate> ICertificateIssuance.IssueAsync(CertificateOrder order, CancellationToken cancellationToken) => Task.FromResult(new IssuedCertificate(
        Pki.Intermediate.Issue(order.Request.PublicKey, CertificateProfile.Device(new(order.EndpointName, "Surety", "Devices"), Pki.Validity)), [Pki.Intermediate.Certificate, Pki.Root.Certificate]));

    IReadOnlyList<X509Certificate2> ICertificateIssuance.GetAuthorities(EntityId accountId) => [Pki.Intermediate.Certificate, Pki.Root.Certificate];

    public async ValueTask DisposeAsync()
    {
        await _https.StopAsync(CancellationToken.None);
        await _https.DisposeAsync();
        await _coaps.DisposeAsync();
        _service.Dispose();
        _directory.Delete(recursive: true);
    }
}
