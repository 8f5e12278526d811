using System.Net;
using Surety.Coap;
using Surety.Server.Features.Certificates;
using Surety.Testing;

namespace Surety.Server.Tests.Est;

public sealed class EstClientsTests
{
    [Fact]
    public async Task Connections_end_and_too_many_push_out_the_oldest()
    {
        await using var endpoint = UdpCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), new CoapClient());
        var clients = new EstClients(capacity: 2);
        CoapPeer Peer(ulong number) => new(endpoint, PeerKey.FromSession(number));
        var client = new EstClient(EstBench.Account, EstBench.Device, "device-1", PeerIdentity.None);
        foreach (var number in (ulong[])[1, 2, 1, 3])
            clients.Admit(Peer(number), client);
        Assert.Equal(2, clients.Count);
        Assert.False(clients.TryGet(Peer(2), out _));
        Assert.True(clients.TryGet(Peer(1), out var found));
        Assert.Same(client, found);
        clients.Remove(Peer(1));
        Assert.False(clients.TryGet(Peer(1), out _));
        Assert.Equal(1, clients.Count);
    }

    [Fact]
    public async Task Another_identity_at_the_same_place_is_somebody_else()
    {
        await using var endpoint = UdpCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), new CoapClient());
        var clients = new EstClients();
        var peer = new CoapPeer(endpoint, PeerKey.FromSession(1));
        clients.Admit(peer, new EstClient(EstBench.Account, EstBench.Device, "device-1", new PeerIdentity.PreSharedKey("device-1"u8.ToArray())));
        Assert.False(clients.TryGet(peer, out _));
    }

    [Fact]
    public void The_allowance_of_a_device_comes_back_with_time()
    {
        var time = new ManualTime();
        var limit = new EstRateLimit(4, time);
        for (var i = 0; i < 4; i++)
            Assert.True(limit.TryTake(EstBench.Device, out _));
        Assert.False(limit.TryTake(EstBench.Device, out var retryAfter));
        Assert.Equal(TimeSpan.FromMinutes(15), retryAfter);
        Assert.True(limit.TryTake(EstBench.Account, out _));
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.True(limit.TryTake(EstBench.Device, out _));
        Assert.False(limit.TryTake(EstBench.Device, out _));
    }
}
