using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Surety.Coap;

namespace Surety.Interop.Tests.Coap;

/// <summary>
/// Our client against libcoap's server over UDP (RFC 7252, 7641, 7959). coap-server 4.3.1 has <c>/time</c>, <c>/async</c>,
/// <c>/example_data</c>, and with <c>-d</c> makes resources of what is put. It knows no conditional requests, its 4.02 for an unknown critical option
/// carries that option, and it leaves the Content-Format out when it is 0.
/// </summary>
public sealed class LibcoapUdpServerTests
{
    private const string Program = "coap-server-notls";

    // Loss costs these tests tenths of seconds, where ACK_TIMEOUT would cost them seconds.
    private static readonly CoapEndpointOptions Impatient = new() { Transmission = new TransmissionParameters { AckTimeout = TimeSpan.FromMilliseconds(200) } };

    private readonly CoapClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_put_and_delete(bool isConfirmable)
    {
        await using Session session = await StartAsync("-d", "10");
        CoapResponse time = await session.SendAsync(new CoapRequest(CoapCode.Get, "/time") { Confirmable = isConfirmable });
        Assert.Equal(CoapCode.Content, time.Code);
        Assert.Equal(TimeSpan.FromSeconds(1), time.MaxAge);
        // "Nov 22 17:28:03"
        Assert.True(DateTime.TryParseExact(time.Text, "MMM dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), time.Text);

        CoapResponse created = await session.SendAsync(Put("/a/b", "one", isConfirmable));
        Assert.Equal(CoapCode.Created, created.Code);
        Assert.Equal(CoapCode.Changed, (await session.SendAsync(Put("/a/b", "two", isConfirmable))).Code);
        CoapResponse content = await session.SendAsync(new CoapRequest(CoapCode.Get, "/a/b") { Confirmable = isConfirmable });
        Assert.Equal("two", content.Text);
        Assert.Equal(CoapCode.Deleted, (await session.SendAsync(new CoapRequest(CoapCode.Delete, "/a/b") { Confirmable = isConfirmable })).Code);
        Assert.Equal(CoapCode.NotFound, (await session.SendAsync(new CoapRequest(CoapCode.Get, "/a/b") { Confirmable = isConfirmable })).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, (await session.SendAsync(new CoapRequest(CoapCode.Post, "/time") { Confirmable = isConfirmable })).Code);
    }

    [Fact]
    public async Task Discover()
    {
        await using Session session = await StartAsync();
        CoapResponse core = await session.SendAsync(new CoapRequest(CoapCode.Get, "/.well-known/core"));
        Assert.Equal(ContentFormat.LinkFormat, core.ContentFormat);
        Assert.True(LinkFormat.TryParse(core.Payload.Span, out IReadOnlyList<CoreLink>? links, out string? reason), reason);
        CoreLink time = Assert.Single(links, link => link.Target == "/time");
        Assert.Equal(("ticks", "clock", "Internal Clock", true), (time.ResourceTypes, time.Interfaces, time.Title, time.IsObservable));
        Assert.Equal([ContentFormat.TextPlain], time.ContentFormats);

        CoapResponse filtered = await session.SendAsync(new CoapRequest(CoapCode.Get, "/.well-known/core?rt=ti*"));
        Assert.True(LinkFormat.TryParse(filtered.Payload.Span, out links, out reason), reason);
        Assert.Equal("/time", Assert.Single(links).Target);
    }

    [Theory]
    [InlineData(16, 20_000)]
    [InlineData(64, InteropHandler.LargeLength)]
    [InlineData(512, InteropHandler.LargeLength)]
    [InlineData(1024, InteropHandler.LargeLength)]
    public async Task Put_and_get_in_blocks(int blockSize, int length)
    {
        await using Session session = await StartAsync("-d", "10");
        byte[] body = InteropHandler.MakeBody(length);
        CoapResponse created = await session.SendAsync(new CoapRequest(CoapCode.Put, "/body")
        {
            Payload = body,
            ContentFormat = ContentFormat.OctetStream,
            PreferredBlockSize = blockSize,
        });
        Assert.Equal(CoapCode.Created, created.Code);
        CoapResponse content = await session.SendAsync(new CoapRequest(CoapCode.Get, "/body") { PreferredBlockSize = blockSize });
        Assert.Equal(CoapCode.Content, content.Code);
        Assert.Equal(body, content.Payload.ToArray());
        Assert.True(session.Endpoint.Statistics.Sent >= 2 * length / blockSize, "There were no blocks.");
    }

    [Fact]
    public async Task Blocks_survive_loss()
    {
        // The server loses these of its datagrams.
        await using Session session = await StartAsync(Impatient, "-d", "10", "-l", "1,2,5,9-10,20,40");
        byte[] body = InteropHandler.MakeBody(30_000);
        Assert.Equal(CoapCode.Created, (await session.SendAsync(new CoapRequest(CoapCode.Put, "/body") { Payload = body })).Code);
        Assert.Equal(body, (await session.SendAsync(new CoapRequest(CoapCode.Get, "/body"))).Payload.ToArray());
        Assert.True(session.Endpoint.Statistics.Retransmissions >= 7);
    }

    [Theory]
    [InlineData("CON")]
    [InlineData("NON")]
    public async Task Observe_and_cancel(string type)
    {
        await using Session session = await StartAsync(type == "NON" ? ["-N"] : []);
        CoapObservation observation = await _client.ObserveAsync(session.Peer, new CoapRequest(CoapCode.Get, "/time"), Token);
        // The server notifies once a second.
        for (int i = 0; i < 3; i++)
            Assert.NotEmpty((await ReadAsync(observation)).Text);
        await session.Server.WaitForOutputAsync($"t:{type} c:2.05");
        CoapResponse last = await observation.CancelAsync(Token);
        Assert.Equal((CoapCode.Content, (uint?)null), (last.Code, last.Observe));
    }

    [Fact]
    public async Task Observe_what_others_put()
    {
        await using Session session = await StartAsync("-d", "10");
        await session.SendAsync(Put("/value", "1"));
        CoapObservation observation = await _client.ObserveAsync(session.Peer, new CoapRequest(CoapCode.Get, "/value"), Token);
        Assert.Equal("1", (await ReadAsync(observation)).Text);
        for (int i = 2; i <= 4; i++)
        {
            string value = i.ToString(CultureInfo.InvariantCulture);
            await session.SendAsync(Put("/value", value));
            Assert.Equal(value, (await ReadAsync(observation)).Text);
        }

        byte[] large = InteropHandler.MakeBody(5000);
        await session.SendAsync(new CoapRequest(CoapCode.Put, "/value") { Payload = large });
        Assert.Equal(large, (await ReadAsync(observation)).Payload.ToArray());
        // RFC 7641, 4.2: the end of the resource is the end of its observations.
        await session.SendAsync(new CoapRequest(CoapCode.Delete, "/value"));
        Assert.Equal(CoapCode.NotFound, (await ReadAsync(observation)).Code);
        await Assert.ThrowsAsync<ChannelClosedException>(() => ReadAsync(observation));
    }

    [Fact]
    public async Task Register_again()
    {
        await using Session session = await StartAsync("-d", "10");
        await session.SendAsync(Put("/value", "1"));
        CoapObservation observation = await _client.ObserveAsync(session.Peer, new CoapRequest(CoapCode.Get, "/value"), Token);
        CoapResponse again = await observation.RegisterAgainAsync(Token);
        Assert.Equal("1", again.Text);
        Assert.NotNull(again.Observe);
        Assert.Equal("1", (await ReadAsync(observation)).Text);
        Assert.Equal("1", (await ReadAsync(observation)).Text);
        // Once each: the server has one entry for us.
        foreach (string value in new[] { "2", "3" })
        {
            await session.SendAsync(Put("/value", value));
            Assert.Equal(value, (await ReadAsync(observation)).Text);
        }
    }

    [Fact]
    public async Task A_forgotten_observation_ends_with_a_reset()
    {
        await using Session session = await StartAsync();
        CoapObservation observation = await _client.ObserveAsync(session.Peer, new CoapRequest(CoapCode.Get, "/time"), Token);
        await ReadAsync(observation);
        await observation.DisposeAsync();
        await session.Server.WaitForOutputAsync("t:RST c:0.00");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_separate_response(bool isConfirmable)
    {
        await using Session session = await StartAsync();
        CoapResponse response = await session.SendAsync(new CoapRequest(CoapCode.Get, "/async?1") { Confirmable = isConfirmable });
        Assert.Equal("done", response.Text);
        if (isConfirmable)
            await session.Server.WaitForOutputAsync("t:ACK c:0.00");
    }

    [Fact]
    public async Task A_separate_response_survives_the_loss_of_its_acknowledgement()
    {
        // The Empty acknowledgement is the server's first datagram.
        await using Session session = await StartAsync(Impatient, "-l", "1");
        CoapResponse response = await session.SendAsync(new CoapRequest(CoapCode.Get, "/async?2"));
        Assert.Equal("done", response.Text);
        Assert.True(session.Endpoint.Statistics.Retransmissions >= 1);
    }

    [Fact]
    public async Task Ping()
    {
        await using Session session = await StartAsync(Impatient);
        await session.SendAsync(new CoapRequest(CoapCode.Get, "/time"));
        await session.Peer.PingAsync(cancellationToken: Token);
        await session.Peer.PingAsync(cancellationToken: Token);
        await session.Server.WaitForOutputAsync("t:CON c:0.00");
    }

    [Fact]
    public async Task Unknown_options()
    {
        await using Session session = await StartAsync();
        var critical = new CoapRequest(CoapCode.Get, "/time");
        critical.Options.Add((CoapOptionNumber)65001, "x");
        // Its 4.02 carries the option it does not know. RFC 7252, 5.4.1: such a response is rejected.
        CoapExchangeException rejected = await Assert.ThrowsAsync<CoapExchangeException>(() => session.SendAsync(critical));
        Assert.Equal(ExchangeFailure.BadResponse, rejected.Failure);
        var elective = new CoapRequest(CoapCode.Get, "/time");
        elective.Options.Add((CoapOptionNumber)65000, "x");
        Assert.Equal(CoapCode.Content, (await session.SendAsync(elective)).Code);
        await session.Server.WaitForOutputAsync("c:4.02");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_reported()
    {
        await using var endpoint = UdpCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), _client, Impatient);
        var peer = new CoapPeer(endpoint, PeerKey.FromAddress(new IPEndPoint(IPAddress.Loopback, ForeignProcess.FindFreePorts())));
        await Assert.ThrowsAsync<CoapExchangeException>(() => peer.SendAsync(new CoapRequest(CoapCode.Get, "/time"), Token));
    }

    private static CoapRequest Put(string path, string text, bool isConfirmable = true) =>
        new(CoapCode.Put, path) { Payload = Encoding.ASCII.GetBytes(text), ContentFormat = ContentFormat.TextPlain, Confirmable = isConfirmable };

    private static Task<CoapResponse> ReadAsync(CoapObservation observation) => observation.Responses.ReadAsync(Token).AsTask().WaitAsync(ForeignProcess.Patience, Token);

    private Task<Session> StartAsync(params string[] arguments) => StartAsync(CoapEndpointOptions.Default, arguments);

    private async Task<Session> StartAsync(CoapEndpointOptions options, params string[] arguments)
    {
        int port = ForeignProcess.FindFreePorts(2);
        ForeignProcess server = ForeignProcess.Start(
            Program, TcpInteropFixture.Package, ["-A", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-v", "7", .. arguments]);
        await server.WaitForOutputAsync("created UDP  endpoint");
        return new Session(server, UdpCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), _client, options), port);
    }

    private sealed class Session(ForeignProcess server, UdpCoapEndpoint endpoint, int port) : IAsyncDisposable
    {
        public ForeignProcess Server => server;

        public UdpCoapEndpoint Endpoint => endpoint;

        public CoapPeer Peer { get; } = new(endpoint, PeerKey.FromAddress(new IPEndPoint(IPAddress.Loopback, port)));

        public Task<CoapResponse> SendAsync(CoapRequest request) => Peer.SendAsync(request, Token);

        public async ValueTask DisposeAsync()
        {
            await endpoint.DisposeAsync();
            await server.DisposeAsync();
        }
    }
}
