using Surety.Coap;
using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>ETS 1.2, 6.2.8 and 6.2.9.</summary>
public sealed class QueueModeTests
{
    private readonly List<QueueOutcome> _outcomes = [];

    [Fact]
    public void Int108_TurnOnQueueMode()
    {
        using var bench = new Bench(configure: o => o with { QueueMode = true });

        bench.Client.Start();

        bench.AssertFromClient(
            """POST /rd?ep=node&lt=86400&lwm2m=1.1&b=U&Q Content-Format=40 | </>;rt="oma.lwm2m";ct="60 110 112 11542",</1/0>,</3/0>""", "2.01 Location=/rd/{loc}");
        Assert.True(bench.Registration.QueueMode);
        Assert.Equal(BindingModes.Udp, bench.Registration.Bindings);
    }

    [Theory]
    [InlineData("ep=node&lt=86400&lwm2m=1.1&b=U&Q")]
    [InlineData("ep=node&lt=86400&b=UQ")]
    public void Int108_TurnOnQueueMode_RawPeer(string query)
    {
        using var bench = new ServerBench();

        Assert.Equal("2.01 Location=/rd/{loc}", new RawClient(bench).Register(query));

        Assert.True(bench.Registration.QueueMode);
        Assert.Equal(BindingModes.Udp, bench.Registration.Bindings);
    }

    [Fact]
    public void Int109_BehaviorInQueueMode()
    {
        using Bench bench = new Bench(configure: o => o with { QueueMode = true }).Register();
        using DeviceRequestQueue queue = QueueOf(bench);
        // The ETS prints POST for this Write.
        bench.Exchange(bench.Write("/1/0/1", ContentFormat.TextPlain, 240), "PUT /1/0/1 Content-Format=0 | 240", "2.04");
        bench.AssertFromClient("POST /rd/{loc}?lt=240", "2.04");
        double updated = bench.Now;

        bench.Run(120);
        Assert.False(bench.Server.IsAwake(bench.Registration));
        Enqueue(bench, queue);
        bench.Continue();
        bench.Run(5);
        // Nothing was sent; the server keeps the Read.
        bench.AssertNothingElse();
        Assert.Equal(1, queue.Count);

        bench.AssertFromClient("POST /rd/{loc}", "2.04");
        Assert.InRange(bench.Now, updated + 120, updated + 240);
        bench.Continue();
        bench.AssertFromServer("GET /1/0/1", "2.05 Content-Format=0 | 240");
        bench.Continue();
        Assert.Equal("/1/0/1=240", bench.Decode(Assert.Single(_outcomes).Response!, "/1/0/1"));
        bench.AssertNothingElse();
    }

    [Fact]
    public void Int109_BehaviorInQueueMode_RawPeer()
    {
        using var bench = new ServerBench();
        using DeviceRequestQueue queue = QueueOf(bench);
        var client = new RawClient(bench);
        client.Register("ep=node&lt=86400&lwm2m=1.1&b=U&Q");
        client.Serve(bench.Write("/1/0/1", ContentFormat.TextPlain, 240), "PUT /1/0/1 Content-Format=0 | 240", CoapCode.Changed);
        Assert.Equal("2.04", client.Update("lt=240"));

        // MAX_TRANSMIT_WAIT is 93 s.
        bench.Run(92);
        Assert.True(bench.Server.IsAwake(bench.Registration));
        bench.Run(28);
        Assert.False(bench.Server.IsAwake(bench.Registration));
        Enqueue(bench, queue);
        bench.Continue();
        client.ReceiveNothing(60);

        Assert.Equal("2.04", client.Update());
        bench.Continue();
        client.Serve("GET /1/0/1", CoapCode.Content, ContentFormat.TextPlain, "240"u8.ToArray());
        bench.Run(1);
        bench.Continue();
        Assert.Equal("/1/0/1=240", bench.Decode(Assert.Single(_outcomes).Response!, "/1/0/1"));
    }

    private static DeviceRequestQueue QueueOf(ServerBench bench)
    {
        var queue = new DeviceRequestQueue(bench.Server, time: bench.Network.QuietTime);
        bench.Events.Awake = queue.OnAwake;
        return queue;
    }

    private void Enqueue(ServerBench bench, DeviceRequestQueue queue) =>
        Assert.True(queue.TryEnqueue(new QueuedRequest(bench.Registration.Device, ServerBench.Read("/1/0/1"), (_, outcome) => _outcomes.Add(outcome))));
}
