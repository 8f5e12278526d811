using System.Net;
using Surety.Coap;
using Surety.Dtls;

namespace Surety.EndToEnd.Tests;

/// <summary>SIGKILL under DTLS: a session that was saved goes on, under keys and sequence numbers that were never used.</summary>
public sealed class DtlsCrashTests
{
    [Fact]
    public async Task A_session_that_was_saved_goes_on_after_SIGKILL_without_a_handshake()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using SuretyProcess first = await SuretyProcess.StartAsync();
        await using DtlsCoapEndpoint device = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), new CoapRouter());
        CoapPeer server = await device.ConnectAsync(new IPEndPoint(IPAddress.Loopback, first.Ports.Coaps), await OptionsAsync(first), token);
        var register = new CoapRequest(CoapCode.Post, "/rd?ep=a-sleeping-device&lt=3600&lwm2m=1.1")
        {
            ContentFormat = ContentFormat.LinkFormat,
            Payload = "</1/0>,</3/0>"u8.ToArray(),
        };
        CoapResponse registered = await server.SendAsync(register, token);
        Assert.Equal(CoapCode.Created, registered.Code);

        // Sessions are saved every half minute.
        string saved = Path.Combine(first.DataDirectory, "dtls-sessions.bin");
        using (var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2)))
        {
            while (!File.Exists(saved))
                await Task.Delay(100, timeout.Token);
        }

        // More records than the saved state knows of.
        for (int i = 0; i < 20; i++)
            Assert.Equal(CoapCode.Changed, (await server.SendAsync(new CoapRequest(CoapCode.Post, registered.LocationPath!), token)).Code);
        await first.KillAsync();

        await using SuretyProcess second = await SuretyProcess.StartAsync(dataDirectory: first.DataDirectory, ports: first.Ports);
        Assert.Equal(CoapCode.Changed, (await server.SendAsync(new CoapRequest(CoapCode.Post, registered.LocationPath!), token)).Code);
        Assert.Equal(1, device.DtlsStatistics.Handshakes);
    }

    private static async Task<DtlsClientOptions> OptionsAsync(SuretyProcess server)
    {
        const string Key = "00112233445566778899aabbccddeeff";
        using HttpClient client = server.OpenClient();
        using var body = new StringContent($"{{\"endpoint_name\":\"a-sleeping-device\",\"secret_hex\":\"{Key}\"}}", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync("/v2/device-shared-keys", body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return new DtlsClientOptions { PreSharedKey = new("a-sleeping-device"u8.ToArray(), Convert.FromHexString(Key)) };
    }
}
