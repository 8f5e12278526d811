using System.Net;
using System.Net.Sockets;
using Surety.Coap;
using Surety.Lwm2m.Client;
using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>ETS 1.2, 6.2.6, over real sockets.</summary>
public sealed class TcpBindingTests : IAsyncLifetime
{
    private const string Links = """</>;rt="oma.lwm2m";ct="60 110 112 11542",</1/0>,</3/0>""";
    private const string Query = "?ep=node&lt=86400&lwm2m=1.1&b=T";

    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    private readonly RecordingEvents _events = new();
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lwm2mServer _server;
    private readonly TcpCoapEndpoint _endpoint;

    public TcpBindingTests()
    {
        _server = new Lwm2mServer(new(), new NamingAdmission(), _events);
        _endpoint = TcpCoapEndpoint.Open(AnyPort, _server);
        _server.AddEndpoint(_endpoint);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Int106_TcpBinding()
    {
        await using var transport = new CoapTransport();
        await using Lwm2mClient client = CreateClient(transport, _endpoint.LocalEndPoint.Port);

        client.Start();
        await _registered.Task.WaitAsync(RawTcpPeer.Patience);

        Registration registration = Assert.Single(_server.Registrations.ToArray());
        Assert.Equal((BindingModes.Tcp, Lwm2mVersion.V11, 86_400u), (registration.Bindings, registration.Version, registration.Lifetime));
        Assert.Equal("/1 /1/0 /3 /3/0", string.Join(' ', registration.Links.Paths.ToArray()));
        DeviceResponse read = await _server.SendAsync(registration, ServerBench.Read("/3/0/1", ContentFormat.TextPlain));
        Assert.Equal("Lightweight M2M Client", read.Diagnostic);
    }

    [Fact]
    public async Task Int106_TcpBinding_RawPeer()
    {
        using RawTcpPeer client = await RawTcpPeer.ConnectAsync(_endpoint.LocalEndPoint);

        // RFC 8323, 5.3: a CSM is the first message of either side.
        await client.SendAsync(RawTcpPeer.Csm, "", []);
        Assert.Equal(RawTcpPeer.Csm, (await client.ReceiveAsync()).Code);
        await client.SendAsync(CoapCode.Post, "/rd" + Query, [1, 2], ContentFormat.LinkFormat, """</1/0>,</2>,</3/0>,</10>;ver="1.1" """.TrimEnd());

        (CoapCode code, byte[] token, CoapOptions options, _) = await client.ReceiveAsync();
        Assert.Equal(CoapCode.Created, code);
        Assert.Equal([1, 2], token);
        Assert.Equal("rd", options.GetStrings(CoapOptionNumber.LocationPath).First());
        Registration registration = Assert.Single(_server.Registrations.ToArray());
        Assert.Equal(BindingModes.Tcp, registration.Bindings);
        Assert.Equal("/1 /1/0 /2 /3 /3/0 /10", string.Join(' ', registration.Links.Paths.ToArray()));
        Assert.Equal(new ObjectVersion(1, 1), registration.Links.VersionOf(10));
    }

    [Fact]
    public async Task Int106_TcpBinding_RawServer()
    {
        using var listener = new TcpListener(AnyPort);
        listener.Start();
        await using var transport = new CoapTransport();
        await using Lwm2mClient client = CreateClient(transport, ((IPEndPoint)listener.LocalEndpoint).Port);

        client.Start();
        using var server = new RawTcpPeer(await listener.AcceptSocketAsync(TestContext.Current.CancellationToken));
        Assert.Equal(RawTcpPeer.Csm, (await server.ReceiveAsync()).Code);
        await server.SendAsync(RawTcpPeer.Csm, "", []);
        (CoapCode code, byte[] token, CoapOptions options, string payload) = await server.ReceiveAsync();

        Assert.Equal(CoapCode.Post, code);
        Assert.Equal(["rd"], options.GetStrings(CoapOptionNumber.UriPath));
        Assert.Equal(Query, "?" + string.Join('&', options.GetStrings(CoapOptionNumber.UriQuery)));
        Assert.Equal(Links, payload);
        await server.SendAsync(CoapCode.Created, "", token, location: ["rd", "1"]);
        await _registered.Task.WaitAsync(RawTcpPeer.Patience);
        Assert.Equal("/rd/1", client.Servers[0].Location);
    }

    private Lwm2mClient CreateClient(CoapTransport transport, int port)
    {
        var options = new Lwm2mClientOptions
        {
            EndpointName = "node", Servers = [Configurations.C1($"coap+tcp://127.0.0.1:{port}")], Version = Lwm2mVersion.V11,
        };
        var client = new Lwm2mClient(options, new CoapConnector(transport));
        client.Objects.Add(Configurations.DeviceC1(Lwm2mVersion.V11));
        client.StateChanged += session =>
        {
            if (session.State == RegistrationState.Registered)
                _registered.TrySetResult();
        };
        return client;
    }
}
