using Surety.Coap;
using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>The writes of ETS 1.2, 6.3, whose criterion is also that the server takes the Update that follows.</summary>
public sealed class WriteRawPeerTests : IDisposable
{
    private readonly ServerBench _bench = new();
    private readonly RawClient _client;

    public WriteRawPeerTests()
    {
        _client = new RawClient(_bench);
        _client.Register(links: "</1/0>,</3/0>,</16/0>");
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Int226_WritePartialUpdateOnObjectInstance_RawPeer() => WriteThenUpdate(
        _bench.Update("/1/0", ContentFormat.Lwm2mTlv, ("/1/0/1", 61), ("/1/0/6", true)), "POST /1/0 Content-Format=11542 | C1013DC10601", 61);

    [Fact]
    public void Int227_WriteReplaceOnResource_RawPeer() =>
        WriteThenUpdate(_bench.Write("/1/0/1", ContentFormat.TextPlain, 63), "PUT /1/0/1 Content-Format=0 | 63", 63);

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int230_WriteComposite_RawPeer(ushort format) => WriteThenUpdate(
        _bench.WriteComposite(new ContentFormat(format), ("/1/0/1", 61), ("/1/0/6", true), ("/16/0/0/0", "aa"), ("/16/0/0/1", "bb"), ("/16/0/0/2", "cc"), ("/16/0/0/3", "dd")),
        $"""iPATCH / Content-Format={format} | /1/0/1=61 /1/0/6=true /16/0/0/0="aa" /16/0/0/1="bb" /16/0/0/2="cc" /16/0/0/3="dd" """.TrimEnd(),
        61);

    [Fact]
    public void Int233_SetInSenmlCbor_RawPeer() => SetAtEveryLevel(ContentFormat.SenmlCbor);

    [Fact]
    public void Int234_SetInSenmlJson_RawPeer() => SetAtEveryLevel(ContentFormat.SenmlJson);

    private void SetAtEveryLevel(ContentFormat format)
    {
        WriteThenUpdate(_bench.Update("/1/0", format, ("/1/0/1", 61), ("/1/0/6", true)), $"POST /1/0 Content-Format={format.Value} | /1/0/1=61 /1/0/6=true", 61);
        WriteThenUpdate(_bench.Write("/1/0/1", format, 63), $"PUT /1/0/1 Content-Format={format.Value} | /1/0/1=63", 63);
    }

    /// <summary>One message, and no other; then the Update with the new lifetime.</summary>
    private void WriteThenUpdate(DeviceRequest write, string expected, uint lifetime)
    {
        Assert.Equal(CoapCode.Changed, _client.Serve(write, expected, CoapCode.Changed).Code);
        _client.ReceiveNothing(1);
        Assert.Equal("2.04", _client.Update($"lt={lifetime}"));
        Assert.Equal(lifetime, _bench.Registration.Lifetime);
    }
}
