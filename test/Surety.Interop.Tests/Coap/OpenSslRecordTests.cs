using System.Globalization;

namespace Surety.Interop.Tests.Coap;

/// <summary>OpenSSL's client in the part of Pelion's device client: TLS 1.2, CCM_8, no ALPN, one message of RFC 7252 in each record.</summary>
public sealed class OpenSslRecordTests
{
    private const string Program = "openssl";

    [Fact]
    public async Task A_client_that_puts_messages_of_RFC_7252_into_records_is_served()
    {
        await using var fixture = new TcpInteropFixture();
        await using ForeignProcess client = ForeignProcess.Start(
            Program, Program, "s_client", "-connect", "127.0.0.1:" + fixture.Secure.LocalEndPoint.Port.ToString(CultureInfo.InvariantCulture), "-quiet", "-verify_return_error",
            "-CAfile", fixture.RootFile, "-cert", fixture.DeviceFile, "-key", fixture.DeviceKeyFile, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-CCM8@SECLEVEL=0");
        // CON GET /hello with token A2; s_client makes one record of what it reads at a time.
        await SendAsync(client, Convert.FromHexString("4201123401A2B568656C6C6F"));
        await client.WaitForOutputAsync("hello from Surety");
        await SendAsync(client, Convert.FromHexString("4201123501A2B568656C6C6F"));
        await client.WaitForOutputAsync("hello from Surety", 2);
    }

    private static async Task SendAsync(ForeignProcess process, byte[] bytes)
    {
        await process.Input.BaseStream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        await process.Input.BaseStream.FlushAsync(TestContext.Current.CancellationToken);
    }
}
