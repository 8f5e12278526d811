using Surety.Coap;
using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>Cases of ETS 1.2, 6.3, in which the server must make something of an answer, as the ETS prints it.</summary>
public sealed class AnswerRawPeerTests : IDisposable
{
    private readonly ServerBench _bench = new();
    private readonly RawClient _client;

    public AnswerRawPeerTests()
    {
        _client = new RawClient(_bench);
        _client.Register();
    }

    public void Dispose() => _bench.Dispose();

    /// <summary>Paths that are missing in the answer are absent, and no failure.</summary>
    [Fact]
    public void Int236_ReadCompositeWithPartialPresence_RawPeer()
    {
        DeviceResponse response = _client.Serve(
            _bench.ReadComposite(ContentFormat.SenmlJson, "/1/0/1", "/3/0/11/0", "/3339/0/5522", "/3353/0/6030"),
            "FETCH / Content-Format=110 Accept=110 | /1/0/1 /3/0/11/0 /3339/0/5522 /3353/0/6030",
            CoapCode.Content, ContentFormat.SenmlJson, """[{"n":"/1/0/1","v":86400},{"n":"/3/0/11/0","v":0}]"""u8.ToArray());

        Assert.Equal("/1/0/1=86400 /3/0/11/0=0", _bench.Decode(response, "/"));
    }

    [Fact]
    public void Int241_Reboot_RawPeer()
    {
        Task<ObserveResult> observing = _bench.BeginObserve("/3/0/11/0");
        byte[] token = _client.Serve("GET /3/0/11/0 Observe=0", CoapCode.Content, ContentFormat.TextPlain, "0"u8.ToArray(), observe: 1).Token;
        _bench.Await(observing);
        string location = _client.Location;
        _bench.Events.Take();

        _client.Serve(ServerBench.Execute("/3/0/4"), "POST /3/0/4", CoapCode.Changed);
        Assert.Equal("2.01 Location=/rd/{loc}", _client.Register());

        Assert.NotEqual(location, _client.Location);
        Assert.Equal(["ended /3/0/11/0", "registered node in place of node"], _bench.Events.Take());
        Assert.Empty(_bench.Server.Registrations.ObservationsOf(_bench.Registration));
        Assert.Equal(MessageType.Reset, _client.Notify(token, 2, ContentFormat.TextPlain, "1"u8.ToArray()));
        _client.Location = location;
        Assert.Equal("4.04", _client.Update());
    }

    [Fact]
    public void Int260_Discover_RawPeer()
    {
        IReadOnlyList<DiscoveredLink> links = Discover(
            "/3", null,
            "</3>,</3/0>,</3/0/1>,</3/0/2>,</3/0/3>,</3/0/4>,</3/0/6>;dim=2,</3/0/7>;dim=2,</3/0/8>;dim=2,</3/0/9>,</3/0/11>,</3/0/16>");
        Assert.Equal("/3 /3/0 /3/0/1 /3/0/2 /3/0/3 /3/0/4 /3/0/6 /3/0/7 /3/0/8 /3/0/9 /3/0/11 /3/0/16", string.Join(' ', links.Select(link => link.Path)));
        Assert.Equal([6, 7, 8], links.Where(link => link.Dimension == 2).Select(link => (int)link.Path.ResourceId));

        DiscoveredLink voltage = Assert.Single(Discover("/3/0/7", null, "</3/0/7>;pmin=10;pmax=200;dim=2;lt=1;gt=6;st=1"));
        Assert.Equal(
            new NotificationAttributes { MinimumPeriod = 10, MaximumPeriod = 200, LessThan = 1, GreaterThan = 6, Step = 1 }, voltage.Attributes);
        Assert.Equal<ushort?>(2, voltage.Dimension);
    }

    [Fact]
    public void Int266_DiscoverToDepth3_RawPeer()
    {
        IReadOnlyList<DiscoveredLink> links = Discover(
            "/3", 3,
            "</3/0>;pmin=10;pmax=200,</3/0/1>,</3/0/2>,</3/0/3>,</3/0/4>,</3/0/6>;dim=2,</3/0/6/0>,</3/0/6/1>,</3/0/7>;dim=2;lt=1;gt=6;st=1,"
            + "</3/0/7/0>,</3/0/7/1>;gt=8,</3/0/8>;dim=2,</3/0/8/0>,</3/0/8/1>,</3/0/9>,</3/0/11>,</3/0/16>");

        Assert.Equal(17, links.Count);
        Assert.Equal(new NotificationAttributes { MinimumPeriod = 10, MaximumPeriod = 200 }, links[0].Attributes);
        Assert.Equal(new NotificationAttributes { GreaterThan = 8 }, links.Single(link => link.Path == Lwm2mPath.Parse("/3/0/7/1")).Attributes);
    }

    private IReadOnlyList<DiscoveredLink> Discover(string path, int? depth, string answer) => _bench.DecodeLinks(_client.Serve(
        ServerBench.Discover(path, depth), $"GET {path}{(depth is null ? "" : $"?depth={depth}")} Accept=40", CoapCode.Content, ContentFormat.LinkFormat,
        System.Text.Encoding.UTF8.GetBytes(answer)));
}
