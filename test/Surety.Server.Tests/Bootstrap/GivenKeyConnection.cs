using System.Security.Cryptography;
using Surety.Coap;

namespace Surety.Server.Tests.Bootstrap;

/// <summary>A device that has come to the LwM2M server with the key it was given.</summary>
internal sealed record GivenKeyConnection(DtlsCoapEndpoint Endpoint, CoapPeer Peer, ECDsa? Key) : IAsyncDisposable
{
    public async Task<CoapCode> RegisterAsync(string name) => (await Peer.SendAsync(
        new CoapRequest(CoapCode.Post, $"/rd?ep={name}&lwm2m=1.1&lt=3600") { ContentFormat = ContentFormat.LinkFormat, Payload = "</1/0>,</3/0>"u8.ToArray() },
        TestContext.Current.CancellationToken)).Code;

    public async ValueTask DisposeAsync()
    {
        await Endpoint.DisposeAsync();
        Key?.Dispose();
    }
}
