using Surety.Coap;
using Surety.Lwm2m.Client;

namespace Surety.Conformance.Tests;

/// <summary>ETS 1.2, 6.4.6, 6.4.7 and 6.4.11.</summary>
public sealed class SendTests
{
    // /1/0/1 = 86400, /3/0/11/0 = 0.
    private const string Json = """[{"n":"/1/0/1","v":86400},{"n":"/3/0/11/0","v":0}]""";
    private const string Cbor = "82A200662F312F302F31021A00015180A200692F332F302F31312F300200";

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int306_Send(ushort format)
    {
        using Bench bench = new Bench().Register();

        // Every minute: what a client does that is set up to report periodically.
        for (int i = 0; i < 3; i++)
        {
            Assert.True(Send(bench, format, "/3/0").IsDelivered);
            bench.AssertFromClient($"POST /dp Content-Format={format} | {Values.DeviceC1}", "2.04");
            bench.Run(60);
        }

        bench.AssertNothingElse();
        Assert.Equal(Enumerable.Repeat($"sent {Values.DecodedDeviceC1}", 3), bench.Events.Take());
    }

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int306_Send_RawPeer(ushort format)
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        // Who is not registered is not heard; nor is what was not registered.
        Assert.Equal("4.04", client.Send(new ContentFormat(format), PayloadIn(format)));
        client.Register(links: "</1/0>");
        Assert.Equal("4.04", client.Send(new ContentFormat(format), PayloadIn(format)));
        client.Register();
        bench.Events.Take();

        Assert.Equal("2.04", client.Send(new ContentFormat(format), PayloadIn(format)));

        Assert.Equal(["sent /1/0/1=86400 /3/0/11/0=0"], bench.Events.Take());
    }

    [Fact]
    public void Int307_MutingSend()
    {
        using Bench bench = new Bench().Register();
        Assert.True(Send(bench, 112, "/3/0/16").IsDelivered);
        bench.AssertFromClient("POST /dp Content-Format=112 | /3/0/16=\"U\"", "2.04");

        // The ETS prints POST for these Writes.
        bench.Exchange(bench.Write("/1/0/23", ContentFormat.TextPlain, true), "PUT /1/0/23 Content-Format=0 | 1", "2.04");
        Assert.Equal(SendStatus.Muted, Send(bench, 112, "/3/0/16").Status);
        bench.Run(60);
        bench.AssertNothingElse();

        bench.Exchange(bench.Write("/1/0/23", ContentFormat.TextPlain, false), "PUT /1/0/23 Content-Format=0 | 0", "2.04");
        Assert.True(Send(bench, 112, "/3/0/16").IsDelivered);
        bench.AssertFromClient("POST /dp Content-Format=112 | /3/0/16=\"U\"", "2.04");
        Assert.Equal(["sent /3/0/16=U", "sent /3/0/16=U"], bench.Events.Take());
    }

    [Fact]
    public void Int307_MutingSend_RawPeer()
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        client.Register();
        Assert.Equal("2.04", client.Send(ContentFormat.SenmlCbor, PayloadIn(112)));

        client.Serve(bench.Write("/1/0/23", ContentFormat.TextPlain, true), "PUT /1/0/23 Content-Format=0 | 1", CoapCode.Changed);
        client.Serve(bench.Write("/1/0/23", ContentFormat.TextPlain, false), "PUT /1/0/23 Content-Format=0 | 0", CoapCode.Changed);

        Assert.Equal("2.04", client.Send(ContentFormat.SenmlCbor, PayloadIn(112)));
    }

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int311_SendCommand(ushort format)
    {
        using Bench bench = new Bench().Register();

        Assert.True(Send(bench, format, "/1/0/1", "/3/0/11/0").IsDelivered);

        bench.AssertFromClient($"POST /dp Content-Format={format} | /1/0/1=86400 /3/0/11/0=0", "2.04");
        Assert.Equal(["sent /1/0/1=86400 /3/0/11/0=0"], bench.Events.Take());
        bench.AssertNothingElse();
    }

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int311_SendCommand_RawPeer(ushort format)
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        client.Register();
        bench.Events.Take();

        Assert.Equal("2.04", client.Send(new ContentFormat(format), PayloadIn(format)));

        Assert.Equal(["sent /1/0/1=86400 /3/0/11/0=0"], bench.Events.Take());
    }

    private static byte[] PayloadIn(ushort format) => format == 110 ? System.Text.Encoding.UTF8.GetBytes(Json) : Convert.FromHexString(Cbor);

    private static SendResult Send(Bench bench, ushort format, params string[] paths) => bench.Await(bench.Client.SendAsync(
        [.. paths.Select(path => Lwm2mPath.Parse(path))], new SendOptions { Format = new ContentFormat(format) }));
}
