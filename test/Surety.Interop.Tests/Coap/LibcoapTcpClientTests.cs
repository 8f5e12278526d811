namespace Surety.Interop.Tests.Coap;

/// <summary>libcoap's clients, over OpenSSL and GnuTLS, against our server (RFC 8323).</summary>
public sealed class LibcoapTcpClientTests
{
    private const string OpenSsl = "coap-client-openssl";
    private const string GnuTls = "coap-client-gnutls";

    [Theory]
    [InlineData(OpenSsl, false, "none")]
    [InlineData(GnuTls, false, "none")]
    [InlineData(OpenSsl, true, "certificate CN=device-1")]
    [InlineData(GnuTls, true, "certificate CN=device-1")]
    public async Task Get(string client, bool isSecure, string identity)
    {
        await using var fixture = new TcpInteropFixture();
        Assert.Contains("hello from Surety", await RunAsync(fixture, client, isSecure, "/hello"), StringComparison.Ordinal);
        Assert.Contains(identity, await RunAsync(fixture, client, isSecure, "/whoami"), StringComparison.Ordinal);
        Assert.Contains("4.04", await RunAsync(fixture, client, isSecure, "/nothing"), StringComparison.Ordinal);
    }

    // libcoap tells its Max-Message-Size with -X: 1152 makes blocks of 1024 bytes, more than that BERT, its default of 8 MiB no blocks.
    [Theory]
    [InlineData(OpenSsl, false, 1152)]
    [InlineData(OpenSsl, false, 5000)]
    [InlineData(OpenSsl, false, 70_000)]
    [InlineData(OpenSsl, false, 8_388_864)]
    [InlineData(GnuTls, false, 5000)]
    [InlineData(OpenSsl, true, 1152)]
    [InlineData(OpenSsl, true, 70_000)]
    [InlineData(OpenSsl, true, 8_388_864)]
    [InlineData(GnuTls, true, 1152)]
    [InlineData(GnuTls, true, 70_000)]
    public async Task Get_a_mebibyte(string client, bool isSecure, int maxMessageSize)
    {
        await using var fixture = new TcpInteropFixture();
        string file = fixture.PathOf("received");
        await RunAsync(fixture, client, isSecure, "/large", "-X", maxMessageSize.ToString(), "-o", file);
        Assert.Equal(InteropHandler.Large, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Assert.True(maxMessageSize > 1_100_000 || fixture.Plain.Statistics.Requests + fixture.Secure.Statistics.Requests > 10, "There were no blocks.");
    }

    // GnuTLS in libcoap 4.3.1 cannot write a message of 1 MiB over TLS ("cannot send CoAP pdu"), so that it must use blocks.
    [Theory]
    [InlineData(OpenSsl, false, true)]
    [InlineData(OpenSsl, false, false)]
    [InlineData(GnuTls, false, true)]
    [InlineData(OpenSsl, true, true)]
    [InlineData(OpenSsl, true, false)]
    [InlineData(GnuTls, true, true)]
    public async Task Put_a_mebibyte(string client, bool isSecure, bool inBlocks)
    {
        await using var fixture = new TcpInteropFixture();
        string file = fixture.PathOf("sent");
        await File.WriteAllBytesAsync(file, InteropHandler.Large, TestContext.Current.CancellationToken);
        await RunAsync(fixture, client, isSecure, "/store", ["-m", "put", "-f", file, .. inBlocks ? (string[])["-b", "1024", "-X", "1152"] : []]);
        Assert.Equal(InteropHandler.Large, fixture.Handler.Stored);
        long requests = fixture.Plain.Statistics.Requests + fixture.Secure.Statistics.Requests;
        Assert.Equal(inBlocks ? 1024 : 1, requests);
    }

    [Theory]
    [InlineData(OpenSsl, false)]
    [InlineData(GnuTls, false)]
    [InlineData(OpenSsl, true)]
    [InlineData(GnuTls, true)]
    public async Task Observe(string client, bool isSecure)
    {
        await using var fixture = new TcpInteropFixture();
        await using ForeignProcess process = Start(fixture, client, isSecure, "/count", "-s", "30");
        await process.WaitForOutputAsync("count=0");
        Assert.Equal(1, fixture.Handler.Observers);
        for (int i = 1; i <= 5; i++)
        {
            fixture.Handler.Increment();
            await process.WaitForOutputAsync($"count={i}\n");
        }

        // The connection is the end of its observations (RFC 8323, 7.4).
        await process.DisposeAsync();
        await Eventually.IsTrueAsync(() => fixture.Handler.Observers == 0);
    }

    [Theory]
    [InlineData(OpenSsl, false)]
    [InlineData(GnuTls, true)]
    public async Task Ping(string client, bool isSecure)
    {
        await using var fixture = new TcpInteropFixture();
        await using ForeignProcess process = Start(fixture, client, isSecure, "/count", "-s", "30", "-K", "1", "-v", "7");
        await process.WaitForOutputAsync("c:7.03", occurrences: 0);
        await process.WaitForOutputAsync("c:Pong", occurrences: 2);
        Assert.False(process.HasExited);
    }

    [Theory]
    [InlineData(OpenSsl, false)]
    [InlineData(GnuTls, false)]
    [InlineData(OpenSsl, true)]
    [InlineData(GnuTls, true)]
    public async Task Every_method_and_discovery(string client, bool isSecure)
    {
        await using var fixture = new TcpInteropFixture();
        Assert.Contains("c:2.01", await RunAsync(fixture, client, isSecure, "/store", "-v", "7", "-m", "post", "-e", "one"), StringComparison.Ordinal);
        Assert.Contains("c:2.04", await RunAsync(fixture, client, isSecure, "/store", "-v", "7", "-m", "ipatch", "-e", "+two"), StringComparison.Ordinal);
        Assert.Contains("one+two", await RunAsync(fixture, client, isSecure, "/store"), StringComparison.Ordinal);
        Assert.Contains("4.12", await RunAsync(fixture, client, isSecure, "/store", "-m", "put", "-e", "three", "-O", "1,0x00000009"), StringComparison.Ordinal);
        Assert.Contains("c:2.03", await RunAsync(fixture, client, isSecure, "/store", "-v", "7", "-O", "4,0x00000002"), StringComparison.Ordinal);
        Assert.Contains("c:2.02", await RunAsync(fixture, client, isSecure, "/store", "-v", "7", "-m", "delete"), StringComparison.Ordinal);
        Assert.Contains("4.05", await RunAsync(fixture, client, isSecure, "/hello", "-m", "patch", "-e", "x"), StringComparison.Ordinal);
        Assert.Contains("body|a=1", await RunAsync(fixture, client, isSecure, "/query?a=1", "-m", "fetch", "-e", "body"), StringComparison.Ordinal);
        Assert.Contains("option 65001 is critical", await RunAsync(fixture, client, isSecure, "/hello", "-O", "65001,x"), StringComparison.Ordinal);
        string links = await RunAsync(fixture, client, isSecure, "/.well-known/core?rt=counter");
        Assert.Contains("</count>;rt=\"counter\";obs,</log>", links, StringComparison.Ordinal);
        Assert.DoesNotContain("</hello>", links, StringComparison.Ordinal);
    }

    private static Task<string> RunAsync(TcpInteropFixture fixture, string client, bool isSecure, string path, params string[] arguments) =>
        ForeignProcess.RunAsync(client, TcpInteropFixture.Package, [.. fixture.Credentials(isSecure), "-B", "50", .. arguments, fixture.Uri(isSecure, path)]);

    private static ForeignProcess Start(TcpInteropFixture fixture, string client, bool isSecure, string path, params string[] arguments) =>
        ForeignProcess.Start(client, TcpInteropFixture.Package, [.. fixture.Credentials(isSecure), .. arguments, fixture.Uri(isSecure, path)]);
}
