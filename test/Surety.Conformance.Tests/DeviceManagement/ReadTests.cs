using Surety.Coap;
using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>ETS 1.2, 6.3: reading objects, instances, resources and resource instances.</summary>
public sealed class ReadTests
{
    [Fact]
    public void Int201_QueryBasicInformationInPlainText()
    {
        using Bench bench = new Bench().Register();

        foreach ((string path, string value) in new[] { ("/3/0/0", "Open Mobile Alliance"), ("/3/0/1", "Lightweight M2M Client"), ("/3/0/2", "345000123") })
        {
            DeviceResponse response = bench.Exchange(ServerBench.Read(path, ContentFormat.TextPlain), $"GET {path} Accept=0", $"2.05 Content-Format=0 | {value}");
            Assert.Equal($"{path}={value}", bench.Decode(response, path));
        }

        bench.AssertNothingElse();
    }

    [Fact]
    public void Int203_QueryBasicInformationInTlv()
    {
        using Bench bench = new Bench().Register();

        DeviceResponse response = bench.Exchange(
            ServerBench.Read("/3/0", ContentFormat.Lwm2mTlv), "GET /3/0 Accept=11542", $"2.05 Content-Format=11542 | {Values.DeviceC1Tlv}");

        Assert.Equal(Values.DecodedDeviceC1, bench.Decode(response, "/3/0"));
    }

    /// <summary>The ETS wants the resources within an instance, the examples of the specification have them without: a server reads both.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("080049")]
    public void Int203_QueryBasicInformationInTlv_RawPeer(string instance)
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        client.Register();

        DeviceResponse response = client.Serve(
            ServerBench.Read("/3/0", ContentFormat.Lwm2mTlv), "GET /3/0 Accept=11542", CoapCode.Content, ContentFormat.Lwm2mTlv,
            Convert.FromHexString(instance + Values.DeviceC1Tlv));

        Assert.Equal(Values.DecodedDeviceC1, bench.Decode(response, "/3/0"));
    }

    [Fact]
    public void Int204_QueryBasicInformationInJson()
    {
        using Bench bench = new Bench().Register();

        // LwM2M Core 1.0.2, 6.4.4: names relative to the base name.
        DeviceResponse response = bench.Exchange(
            ServerBench.Read("/3/0", ContentFormat.Lwm2mJson), "GET /3/0 Accept=11543",
            """2.05 Content-Format=11543 | {"bn":"/3/0/","e":[{"n":"0","sv":"Open Mobile Alliance"},{"n":"1","sv":"Lightweight M2M Client"},"""
            + """{"n":"2","sv":"345000123"},{"n":"3","sv":"1.0"},{"n":"11/0","v":0},{"n":"16","sv":"U"}]}""");

        Assert.Equal(Values.DecodedDeviceC1, bench.Decode(response, "/3/0"));
    }

    [Theory]
    [InlineData("/1/0/0", "01", "1")]
    [InlineData("/1/0/6", "F4", "0")]
    [InlineData("/1/0/7", "6155", "U")]
    public void Int211_QueryBasicInformationInCbor(string path, string cbor, string value)
    {
        using Bench bench = new Bench().Register();

        DeviceResponse response = bench.Exchange(ServerBench.Read(path, ContentFormat.Cbor), $"GET {path} Accept=60", $"2.05 Content-Format=60 | {cbor}");

        Assert.Equal($"{path}={value}", bench.Decode(response, path));
    }

    [Fact]
    public void Int222_ReadOnObject()
    {
        using Bench bench = new Bench().Register();

        DeviceResponse server = bench.Exchange(ServerBench.Read("/1"), "GET /1", $"2.05 Content-Format=112 | {Values.ServerC1}");
        DeviceResponse device = bench.Exchange(ServerBench.Read("/3"), "GET /3", $"2.05 Content-Format=112 | {Values.DeviceC1}");

        Assert.Equal(Values.DecodedServerC1, bench.Decode(server, "/1"));
        Assert.Equal(Values.DecodedDeviceC1, bench.Decode(device, "/3"));
    }

    [Fact]
    public void Int223_ReadOnObjectInstance()
    {
        using Bench bench = new Bench().Register();

        DeviceResponse server = bench.Exchange(ServerBench.Read("/1/0"), "GET /1/0", $"2.05 Content-Format=112 | {Values.ServerC1}");
        DeviceResponse device = bench.Exchange(ServerBench.Read("/3/0"), "GET /3/0", $"2.05 Content-Format=112 | {Values.DeviceC1}");

        Assert.Equal(Values.DecodedServerC1, bench.Decode(server, "/1/0"));
        Assert.Equal(Values.DecodedDeviceC1, bench.Decode(device, "/3/0"));
    }

    [Theory]
    [InlineData("/1/0/0", "1")]
    [InlineData("/1/0/1", "86400")]
    [InlineData("/1/0/6", "0")]
    [InlineData("/1/0/7", "U")]
    [InlineData("/3/0/16", "U")]
    public void Int224_ReadOnResource(string path, string value)
    {
        using Bench bench = new Bench().Register();

        DeviceResponse response = bench.Exchange(ServerBench.Read(path), $"GET {path}", $"2.05 Content-Format=0 | {value}");

        Assert.Equal($"{path}={value}", bench.Decode(response, path));
    }

    [Fact]
    public void Int225_ReadOnResourceInstance()
    {
        using Bench bench = new Bench().Register();

        DeviceResponse response = bench.Exchange(ServerBench.Read("/3/0/11/0"), "GET /3/0/11/0", "2.05 Content-Format=0 | 0");

        Assert.Equal("/3/0/11/0=0", bench.Decode(response, "/3/0/11/0"));
    }

    [Fact]
    public void Int231_QueryInSenmlJson() => QueryAtEveryLevel(ContentFormat.SenmlJson);

    [Fact]
    public void Int232_QueryInSenmlCbor() => QueryAtEveryLevel(ContentFormat.SenmlCbor);

    [Fact]
    public void Int237_ReadOnObjectWithoutAccept()
    {
        using Bench bench = new Bench(configure: o => o with { PreferredFormat = ContentFormat.SenmlJson }).Register();

        DeviceResponse server = bench.Exchange(ServerBench.Read("/1"), "GET /1", $"2.05 Content-Format=110 | {Values.ServerC1}");
        DeviceResponse device = bench.Exchange(ServerBench.Read("/3"), "GET /3", $"2.05 Content-Format=110 | {Values.DeviceC1}");

        Assert.Equal(Values.DecodedServerC1, bench.Decode(server, "/1"));
        Assert.Equal(Values.DecodedDeviceC1, bench.Decode(device, "/3"));
    }

    /// <summary>The server decodes whatever comes: TLV, JSON of LwM2M 1.0, SenML JSON, SenML CBOR, LwM2M CBOR.</summary>
    [Theory]
    [InlineData(11542, "08000F C10001 C40100015180 C10600 C10755")]
    [InlineData(11543, """{"bn":"/1/","e":[{"n":"0/0","v":1},{"n":"0/1","v":86400},{"n":"0/6","bv":false},{"n":"0/7","sv":"U"}]}""")]
    [InlineData(110, """[{"bn":"/1/0/","n":"0","v":1},{"n":"1","v":86400},{"n":"6","vb":false},{"n":"7","vs":"U"}]""")]
    [InlineData(112, "84 A321652F312F302F0061300201 A2006131021A00015180 A200613604F4 A2006137036155")]
    [InlineData(11544, "A1 01 A1 00 A4 0001 011A00015180 06F4 076155")]
    public void Int237_ReadOnObjectWithoutAccept_RawPeer(ushort format, string payload)
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        client.Register();
        byte[] bytes = payload[0] is '{' or '[' ? System.Text.Encoding.UTF8.GetBytes(payload) : Convert.FromHexString(payload.Replace(" ", ""));

        DeviceResponse response = client.Serve(ServerBench.Read("/1"), "GET /1", CoapCode.Content, new ContentFormat(format), bytes);

        Assert.Equal("/1/0/0=1 /1/0/1=86400 /1/0/6=0 /1/0/7=U", bench.Decode(response, "/1"));
    }

    private static void QueryAtEveryLevel(ContentFormat format)
    {
        using Bench bench = new Bench().Register();
        foreach ((string path, string senml, string decoded) in new[]
        {
            ("/1", Values.ServerC1, Values.DecodedServerC1),
            ("/3/0", Values.DeviceC1, Values.DecodedDeviceC1),
            ("/3/0/16", "/3/0/16=\"U\"", "/3/0/16=U"),
            ("/3/0/11/0", "/3/0/11/0=0", "/3/0/11/0=0"),
        })
        {
            DeviceResponse response = bench.Exchange(ServerBench.Read(path, format), $"GET {path} Accept={format.Value}", $"2.05 Content-Format={format.Value} | {senml}");
            Assert.Equal(decoded, bench.Decode(response, path));
        }
    }
}
