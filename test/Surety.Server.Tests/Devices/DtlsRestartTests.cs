using System.Net;
using System.Net.Sockets;
using Surety.Coap;
using Surety.Dtls;
using Surety.Pki;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Connect;

namespace Surety.Server.Tests.Devices;

/// <summary>DTLS sessions outlive the process.</summary>
public sealed class DtlsRestartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_goes_on_with_its_session_after_a_restart()
    {
        int port = FindFreePort();
        await using var server = await TestServer.StartAsync($"--Surety:Lwm2m:Coaps=127.0.0.1:{port}");
        await using DtlsCoapEndpoint device = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), new CoapRouter());
        CoapPeer peer = await device.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), await OptionsAsync(server), Token);
        CoapCode before = (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/nothing"), Token)).Code;

        await server.RestartAsync();

        var endpoint = server.Service<DeviceEndpoints>().All.OfType<DtlsCoapEndpoint>().Single();
        Assert.Equal(1, endpoint.SessionCount);
        Assert.Equal(before, (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/nothing"), Token)).Code);
        Assert.Equal(0, endpoint.DtlsStatistics.Handshakes);
        foreach (string file in new[] { "dtls-sessions.bin", "dtls-sessions.key" })
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.DataDirectory, file)));
        }
    }

    [Fact]
    public async Task A_file_of_sessions_that_is_damaged_costs_handshakes_and_nothing_else()
    {
        int port = FindFreePort();
        await using var server = await TestServer.StartAsync($"--Surety:Lwm2m:Coaps=127.0.0.1:{port}");
        string file = Path.Combine(server.DataDirectory, "dtls-sessions.bin");
        var sessions = server.Service<DtlsSessionFile>();
        await sessions.SaveAsync([[1, 2, 3], []], Token);
        Assert.Equal([[1, 2, 3], []], await sessions.LoadAsync(Token));

        byte[] bytes = await File.ReadAllBytesAsync(file, Token);
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, Token);
            Assert.Empty(await sessions.LoadAsync(Token));
            bytes[i] ^= 1;
        }

        await File.WriteAllBytesAsync(file, [], Token);
        Assert.Empty(await sessions.LoadAsync(Token));
    }

    private static async Task<DtlsClientOptions> OptionsAsync(TestServer server)
    {
        var platform = server.Service<PlatformAuthority>();
        var profile = CertificateProfile.Device(new CertificateSubject("device-1"), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(1)));
        var certificate = platform.Authority.IssueWithNewKey(profile);
        // What is in no record is refused.
        var account = Identity.IdentityServer.IdOf((await server.Admin.GetOkAsync("/v3/accounts/me")).Text("id"));
        var device = Identity.IdentityServer.IdOf((await server.Admin.PostAsync("/v3/devices", "{\"endpoint_name\":\"device-1\"}")).Text("id"));
        await server.Service<IssuedCertificates>().AddAsync(new CertificateOrder(account, device, "device-1", CertificateOrder.Lwm2m, null!), certificate, null, Token);
        return new DtlsClientOptions { Certificate = new DtlsCertificate(certificate, platform.Intermediates), Verifier = new TrustAnchors([platform.Root.RawData]) };
    }

    private static int FindFreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
