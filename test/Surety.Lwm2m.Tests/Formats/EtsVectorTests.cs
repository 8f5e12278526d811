using System.Buffers;
using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

/// <summary>Payloads that OMA's enabler test specification (ETS INT 1.2) gives byte by byte.</summary>
public sealed class EtsVectorTests
{
    [Fact]
    public void Int215_Set_basic_information_in_TLV() => Assert.Equal(
        Hex("C10265 C20303F2 C20507D0 C10601 C10755"),
        Encode(
            ContentFormat.Lwm2mTlv,
            "/1/0",
            "/1/0/2 Integer 101",
            "/1/0/3 Integer 1010",
            "/1/0/5 Integer 2000",
            "/1/0/6 Boolean true",
            "/1/0/7 String U"));

    [Fact]
    public void Int257_Write_composite_on_server_and_device()
    {
        string[] entries = ["/1/0/2 Integer 101", "/1/0/6 Boolean true", "/3/0/13 Time 0"];
        byte[] cbor = Hex("83A321612F0065312F302F32021865A20065312F302F3604F5A20066332F302F31330200");
        const string json = """[{"bn":"/","n":"1/0/2","v":101},{"n":"1/0/6","vb":true},{"n":"3/0/13","v":0}]""";
        Assert.Equal(cbor, Encode(ContentFormat.SenmlCbor, "/", entries));
        Assert.Equal(json, EncodeText(ContentFormat.SenmlJson, "/", entries));
        Assert.Equal(entries, Decode(ContentFormat.SenmlCbor, "/", cbor));
        Assert.Equal(entries, Decode(ContentFormat.SenmlJson, "/", Utf8(json)));
    }

    [Fact]
    public void Int651_Access_to_the_resources_of_the_device() => Assert.Equal(
        Hex("C40D5182428F C60E2B30323A3030 C80F0C4575726F70652F5061726973"),
        Encode(ContentFormat.Lwm2mTlv, "/3/0", "/3/0/13 Time 1367491215", "/3/0/14 String +02:00", "/3/0/15 String Europe/Paris"));

    [Fact]
    public void Int1202_Set_the_power_saving_mode() =>
        // The ETS prints C1 00 0D 02 and C1 0D 02; resource 14 in one octet is this.
        Assert.Equal(Hex("C10E02"), Encode(ContentFormat.Lwm2mTlv, "/10/0/14", "/10/0/14 Integer 2"));

    [Fact]
    public void Int1630_Create_an_instance_of_the_portfolio()
    {
        // The ETS prints 80 00 2B for the head of the Resource, which has no length field; 88 has one.
        byte[] expected = [.. Hex("08012E 88002B 480011"), .. "Host Device ID #2"u8, .. Hex("480114"), .. "Host Device Model #2"u8];
        ResourceEntry[] entries = [Parse("/16/0/0/0 String Host Device ID #2"), Parse("/16/0/0/1 String Host Device Model #2")];
        ArrayBufferWriter<byte> output = new();
        Assert.True(Lwm2mContent.TryEncodeCreate(ContentFormat.Lwm2mTlv, 16, 1, entries, Context, output, out string? reason), reason);
        Assert.Equal(expected, output.WrittenSpan.ToArray());
    }
}
