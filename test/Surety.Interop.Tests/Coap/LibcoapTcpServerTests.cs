using System.Globalization;
using System.Security.Authentication;
using Surety.Coap;
using Surety.Testing;

namespace Surety.Interop.Tests.Coap;

/// <summary>Our client against libcoap's server (RFC 8323).</summary>
public sealed class LibcoapTcpServerTests : IAsyncDisposable
{
    private const string Program = "coap-server-openssl";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("surety-interop-");
    private readonly CoapClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask;
        _directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_put_delete_and_discover(bool isSecure)
    {
        (ForeignProcess server, int port) = await StartAsync("-d", "10");
        await using ForeignProcess process = server;
        await using TcpCoapEndpoint endpoint = Open(isSecure);
        CoapPeer peer = await endpoint.ConnectAsync("127.0.0.1", isSecure ? port + 1 : port, cancellationToken: Token);
        Assert.Equal(isSecure, peer.Identity.IsAuthenticated);

        CoapResponse core = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/.well-known/core"), Token);
        Assert.Equal(CoapCode.Content, core.Code);
        Assert.Contains("</time>", core.Text, StringComparison.Ordinal);
        CoapResponse filtered = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/.well-known/core?rt=ti*"), Token);
        Assert.True(LinkFormat.TryParse(filtered.Payload.Span, out IReadOnlyList<CoreLink>? links, out string? reason), reason);
        Assert.Equal("/time", Assert.Single(links).Target);
        var put = new CoapRequest(CoapCode.Put, "/a/b") { Payload = "one"u8.ToArray(), ContentFormat = ContentFormat.TextPlain };
        Assert.Equal(CoapCode.Created, (await peer.SendAsync(put, Token)).Code);
        Assert.Equal(CoapCode.Changed, (await peer.SendAsync(put, Token)).Code);
        Assert.Equal("one", (await peer.SendAsync(new CoapRequest(CoapCode.Get, "/a/b"), Token)).Text);
        Assert.Equal(CoapCode.Deleted, (await peer.SendAsync(new CoapRequest(CoapCode.Delete, "/a/b"), Token)).Code);
        CoapResponse missing = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/nothing"), Token);
        Assert.Equal(CoapCode.NotFound, missing.Code);
        CoapResponse separate = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/async?1"), Token);
        Assert.Equal("done", separate.Text);
    }

    [Theory]
    [InlineData(false, 1024 * 1025)] // no blocks towards us
    [InlineData(false, 70_000)] // BERT
    [InlineData(false, 1152)] // blocks of 1024 bytes
    [InlineData(true, 70_000)]
    [InlineData(true, 1152)]
    public async Task A_mebibyte_both_ways(bool isSecure, int maxMessageSize)
    {
        // What the server takes (-X) makes our requests go in blocks, in BERT blocks, or whole.
        (ForeignProcess server, int port) = await StartAsync("-d", "10", "-X", maxMessageSize.ToString(CultureInfo.InvariantCulture));
        await using ForeignProcess process = server;
        await using TcpCoapEndpoint endpoint = Open(isSecure, new CoapEndpointOptions { MaxMessageSize = maxMessageSize });
        CoapPeer peer = await endpoint.ConnectAsync("127.0.0.1", isSecure ? port + 1 : port, cancellationToken: Token);
        CoapResponse created = await peer.SendAsync(
            new CoapRequest(CoapCode.Put, "/large") { Payload = InteropHandler.Large, ContentFormat = ContentFormat.OctetStream }, Token);
        Assert.True(created.Code.IsSuccess, created.ToString());
        CoapResponse content = await peer.SendAsync(new CoapRequest(CoapCode.Get, "/large"), Token);
        Assert.Equal(InteropHandler.Large, content.Payload.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Observe_ping_and_cancel(bool isSecure)
    {
        (ForeignProcess server, int port) = await StartAsync();
        await using ForeignProcess process = server;
        await using TcpCoapEndpoint endpoint = Open(isSecure);
        CoapPeer peer = await endpoint.ConnectAsync("127.0.0.1", isSecure ? port + 1 : port, cancellationToken: Token);
        CoapObservation observation = await _client.ObserveAsync(peer, new CoapRequest(CoapCode.Get, "/time"), Token);
        // The server notifies once a second.
        for (int i = 0; i < 3; i++)
            Assert.NotEmpty((await observation.Responses.ReadAsync(Token)).Text);
        await peer.PingAsync(cancellationToken: Token);
        CoapResponse last = await observation.CancelAsync(Token);
        Assert.Null(last.Observe);
        Assert.Equal(CoapCode.Content, last.Code);
    }

    [Fact]
    public async Task A_server_that_ends_is_noticed()
    {
        (ForeignProcess server, int port) = await StartAsync();
        await using ForeignProcess process = server;
        await using TcpCoapEndpoint endpoint = Open(isSecure: false);
        CoapPeer peer = await endpoint.ConnectAsync("127.0.0.1", port, cancellationToken: Token);
        CoapObservation observation = await _client.ObserveAsync(peer, new CoapRequest(CoapCode.Get, "/time"), Token);
        await process.InterruptAsync();
        await Assert.ThrowsAsync<System.Threading.Channels.ChannelClosedException>(async () =>
        {
            while (true)
                await observation.Responses.ReadAsync(Token);
        });
        await Eventually.IsTrueAsync(() => !endpoint.IsReachable(peer.Key));
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not_spoken_to()
    {
        (ForeignProcess server, int port) = await StartAsync();
        await using ForeignProcess process = server;
        var trust = new CertificateTrust { Anchors = [TcpInteropFixture.Pki.OtherRoot.Certificate] };
        await using var endpoint = TcpCoapEndpoint.OpenClient(_client, tls: new TlsClientOptions { ServerTrust = trust });
        var failure = await Assert.ThrowsAsync<AuthenticationException>(() => endpoint.ConnectAsync("127.0.0.1", port + 1, cancellationToken: Token).AsTask());
        Assert.Contains("which is no trust anchor here", failure.Message, StringComparison.Ordinal);
    }

    private TcpCoapEndpoint Open(bool isSecure, CoapEndpointOptions? options = null)
    {
        TestPki pki = TcpInteropFixture.Pki;
        var tls = new TlsClientOptions
        {
            ServerTrust = TcpInteropFixture.Trust,
            Certificate = new TlsCertificate(pki.Device("device-1"), [pki.Intermediate.Certificate]),
        };
        return TcpCoapEndpoint.OpenClient(_client, options, isSecure ? tls : null);
    }

    private async Task<(ForeignProcess Process, int Port)> StartAsync(params string[] arguments)
    {
        string root = TcpInteropFixture.Pki.WriteRoot(_directory.FullName);
        (string certificate, string key) = TcpInteropFixture.Pki.Write(_directory.FullName, "server", TcpInteropFixture.Pki.Server);
        int port = ForeignProcess.FindFreePorts(2);
        ForeignProcess process = ForeignProcess.Start(
            Program, TcpInteropFixture.Package,
            ["-A", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-v", "7", "-c", certificate, "-j", key, "-C", root, .. arguments]);
        await process.WaitForOutputAsync("created TLS  endpoint");
        return (process, port);
    }
}
