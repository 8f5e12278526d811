using System.Net;
using Surety.Coap;
using Surety.Dtls;

namespace Surety.Interop.Tests.Dtls;

/// <summary>What a client that is not welcome any more is told, as the openssl program reads it (RFC 5246, 7.2.2).</summary>
public sealed class OpenSslTrustTests : IDisposable
{
    private readonly DtlsCredentials _files = new();

    private volatile PeerRefusal? _refusal;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_revoked_certificate_is_refused_with_the_alert_for_it()
    {
        await using DtlsCoapEndpoint server = Open();
        _refusal = new PeerRefusal(AlertDescription.CertificateRevoked, "the certificate was revoked");
        await using ForeignProcess client = Start(
            server, "-CAfile", _files.RootFile, "-cert", _files.DeviceFile, "-cert_chain", _files.DeviceFile, "-key", _files.DeviceKeyFile, "-cipher", "ECDHE-ECDSA-AES128-CCM8@SECLEVEL=0");
        await client.WaitForOutputAsync("alert certificate revoked");
        Assert.Equal(0, server.SessionCount);
    }

    [Fact]
    public async Task A_session_with_a_certificate_that_gets_revoked_is_ended_with_the_alert_for_it()
    {
        await using DtlsCoapEndpoint server = Open();
        await using ForeignProcess client = Start(
            server, "-CAfile", _files.RootFile, "-cert", _files.DeviceFile, "-cert_chain", _files.DeviceFile, "-key", _files.DeviceKeyFile, "-cipher", "ECDHE-ECDSA-AES128-CCM8@SECLEVEL=0");
        await Eventually.IsTrueAsync(() => server.SessionCount == 1);
        Assert.Equal(1, server.CloseSessions(_ => new PeerRefusal(AlertDescription.CertificateRevoked, "the certificate was revoked")));
        await client.WaitForOutputAsync("alert certificate revoked");
    }

    [Fact]
    public async Task A_session_with_a_pre_shared_key_is_ended_when_the_device_is_suspended()
    {
        await using DtlsCoapEndpoint server = Open();
        await using ForeignProcess client = Start(server, "-psk", DtlsCredentials.PskHex, "-psk_identity", "device-1", "-cipher", "PSK-AES128-CCM8@SECLEVEL=0");
        await Eventually.IsTrueAsync(() => server.SessionCount == 1);
        Assert.Equal(1, server.CloseSessions(identity => identity is PeerIdentity.PreSharedKey ? new PeerRefusal(AlertDescription.AccessDenied, "the device is suspended") : null));
        await client.WaitForOutputAsync("alert access denied");
    }

    private static ForeignProcess Start(DtlsCoapEndpoint server, params string[] arguments) => ForeignProcess.Start(
        "openssl", "openssl", ["s_client", "-dtls1_2", "-connect", $"127.0.0.1:{server.LocalEndPoint.Port}", .. arguments]);

    private DtlsCoapEndpoint Open() => DtlsCoapEndpoint.Open(
        new IPEndPoint(IPAddress.Loopback, 0), new CoapRouter(), new CoapEndpointOptions { DeduplicationMemory = 64 * 1024 },
        new TlsServerOptions
        {
            Certificate = new TlsCertificate(Surety.Testing.TestPki.Shared.Server, [Surety.Testing.TestPki.Shared.Intermediate.Certificate]),
            ClientTrust = new CertificateTrust { LiveAnchors = new TrustAnchorSet([Surety.Testing.TestPki.Shared.Root.Certificate.RawData]), FindRefusal = _ => _refusal },
        },
        new DtlsCoapOptions { PreSharedKeys = new OneKey() });

    private sealed class OneKey : IPreSharedKeyStore
    {
        public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(identity.Span.SequenceEqual("device-1"u8) ? Convert.FromHexString(DtlsCredentials.PskHex) : null);
    }
}
