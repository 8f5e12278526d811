using System.Net;
using System.Text;
using Surety.Coap;

namespace Surety.Server.Tests.Connect;

/// <summary>A device over TCP whose connection breaks when it is asked something.</summary>
internal sealed class LostConnectionDevice(int serverPort) : ICoapHandler, IAsyncDisposable
{
    private TcpCoapEndpoint? _endpoint;
    private CoapPeer _server;

    public string Name { get; } = "lost";

    public async Task RegisterAsync()
    {
        _endpoint = TcpCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), this);
        _server = await _endpoint.ConnectAsync(new IPEndPoint(IPAddress.Loopback, serverPort), cancellationToken: TestContext.Current.CancellationToken);
        var request = new CoapRequest(CoapCode.Post, $"/rd?ep={Name}&lt=3600&lwm2m=1.1") { ContentFormat = ContentFormat.LinkFormat, Payload = Encoding.UTF8.GetBytes(ScriptedDevice.Links) };
        Assert.Equal(CoapCode.Created, (await _server.SendAsync(request, TestContext.Current.CancellationToken)).Code);
    }

    public void OnRequest(ref IncomingRequest request)
    {
        request.Defer();
        _ = Task.Run(DisposeAsync);
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _endpoint, null) is { } endpoint)
            await endpoint.DisposeAsync();
    }
}
