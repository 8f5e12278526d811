using System.Net;
using Surety.Coap;
using Surety.Interop.Tests.Coap;
using Surety.Interop.Tests.Lwm2m;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Interop.Tests.Dtls;

/// <summary>libcoap's client registers with the LwM2M server over DTLS, as a device does (LwM2M Core, 6.2).</summary>
public sealed class LibcoapRegistrationTests : IDisposable
{
    private readonly DtlsCredentials _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("coap-client-openssl")]
    [InlineData("coap-client-gnutls")]
    public async Task It_registers_with_a_certificate(string client)
    {
        var events = new InteropEvents();
        using var server = new Lwm2mServer(new Lwm2mServerOptions(), new CertificateNames(), events);
        await using var endpoint = DtlsCoapEndpoint.Open(
            new IPEndPoint(IPAddress.Loopback, 0), server,
            tls: new TlsServerOptions { Certificate = new TlsCertificate(DtlsCredentials.Pki.Server, [DtlsCredentials.Pki.Intermediate.Certificate]), ClientTrust = TcpInteropFixture.Trust });
        server.AddEndpoint(endpoint);
        await ForeignProcess.RunAsync(
            client, TcpInteropFixture.Package, "-c", _files.DeviceFile, "-j", _files.DeviceKeyFile, "-C", _files.RootFile, "-m", "post", "-t", "40", "-e", "</1/0>,</3/0>", "-B", "10",
            $"coaps://127.0.0.1:{endpoint.LocalEndPoint.Port}/rd?ep=device-1&lwm2m=1.1&lt=600&b=U");
        Assert.Equal("registered device-1", Assert.Single(events.Lines));
    }

    /// <summary>Lets in whoever has a certificate, under its common name.</summary>
    private sealed class CertificateNames : IDeviceAdmission
    {
        private ulong _next;

        public Admission Admit(in CoapPeer peer, string? endpoint) => peer.Identity is PeerIdentity.Certificate { Subject.CommonName: { } name } && name == endpoint
            ? Admission.Accept(default, name)
            : Admission.Refuse(CoapCode.Forbidden, "no certificate of this name");

        public ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters) =>
            ValueTask.FromResult(DeviceResolution.Accept(new DeviceId(Interlocked.Increment(ref _next))));
    }
}
