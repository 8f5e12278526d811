using System.Net;
using System.Text;
using Surety.Coap;

namespace Surety.Console.Tests;

/// <summary>A device in queue mode over TCP that ends its connection when it sleeps, and takes all that is written when it is awake.</summary>
internal sealed class SleepyDevice(int serverPort) : ICoapHandler, IAsyncDisposable
{
    private TcpCoapEndpoint? _endpoint;

    /// <summary>Connects and registers.</summary>
    public async Task WakeAsync(string name)
    {
        _endpoint = TcpCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), this);
        CoapPeer server = await _endpoint.ConnectAsync(new IPEndPoint(IPAddress.Loopback, serverPort), cancellationToken: TestContext.Current.CancellationToken);
        var request = new CoapRequest(CoapCode.Post, $"/rd?ep={name}&lt=3600&lwm2m=1.1&b=T&Q") { ContentFormat = ContentFormat.LinkFormat, Payload = Encoding.UTF8.GetBytes("</1/0>,</3/0>") };
        Assert.Equal(CoapCode.Created, (await server.SendAsync(request, TestContext.Current.CancellationToken)).Code);
    }

    public async Task SleepAsync()
    {
        if (Interlocked.Exchange(ref _endpoint, null) is { } endpoint)
            await endpoint.DisposeAsync();
    }

    public void OnRequest(ref IncomingRequest request)
    {
        if (request.Method == CoapCode.Get)
            request.Respond(CoapCode.Content, ContentFormat.TextPlain, "0"u8);
        else
            request.Respond(CoapCode.Changed);
    }

    public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

    public async ValueTask DisposeAsync() => await SleepAsync();
}
