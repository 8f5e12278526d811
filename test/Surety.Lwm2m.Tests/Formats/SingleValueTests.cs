using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

/// <summary>text/plain, application/octet-stream and application/cbor.</summary>
public sealed class SingleValueTests
{
    [Theory]
    // Core TS 1.2.2, Table C-2 and 7.5.1; Zephyr's and Leshan's tests.
    [InlineData("/3/0/0", "Open Mobile Alliance", "String Open Mobile Alliance")]
    [InlineData("/3442/0/110", "", "String ")]
    [InlineData("/3442/0/120", "-750", "Integer -750")]
    [InlineData("/3442/0/120", "0", "Integer 0")]
    [InlineData("/3442/0/120", "9223372036854775807", "Integer 9223372036854775807")]
    [InlineData("/3442/0/120", "-9223372036854775808", "Integer -9223372036854775808")]
    [InlineData("/3442/0/125", "18", "UnsignedInteger 18")]
    [InlineData("/3442/0/125", "18446744073709551615", "UnsignedInteger 18446744073709551615")]
    [InlineData("/3442/0/130", "0.0", "Float 0")]
    [InlineData("/3442/0/130", "0.123", "Float 0.123")]
    [InlineData("/3442/0/130", "-0.987", "Float -0.987")]
    [InlineData("/3442/0/130", "3.0", "Float 3")]
    [InlineData("/3442/0/130", "-10.0", "Float -10")]
    [InlineData("/3442/0/130", "56.4", "Float 56.4")]
    [InlineData("/3442/0/130", "0.00000000006667", "Float 6.667E-11")]
    [InlineData("/3442/0/130", "12345678900000000000000.0", "Float 1.23456789E+22")]
    [InlineData("/3442/0/140", "0", "Boolean false")]
    [InlineData("/3442/0/140", "1", "Boolean true")]
    [InlineData("/3442/0/150", "AQIDBAU=", "Opaque 0102030405")]
    [InlineData("/3442/0/160", "1476186613", "Time 1476186613")]
    [InlineData("/3442/0/170", "10:20", "ObjectLink 10:20")]
    [InlineData("/3442/0/170", "65535:65535", "ObjectLink 65535:65535")]
    [InlineData("/3442/0/180", "</3/0>;x=1", "CoreLink </3/0>;x=1")]
    public void Text_is_decoded_and_encoded(string path, string text, string value)
    {
        Assert.Equal([$"{path} {value}"], Decode(ContentFormat.TextPlain, path, Utf8(text)));
        Assert.Equal(text, EncodeText(ContentFormat.TextPlain, path, $"{path} {value}"));
    }

    [Theory]
    [InlineData("/3442/0/130", "3", "Float 3")]
    [InlineData("/3442/0/130", "+2.5e3", "Float 2500")]
    [InlineData("/3442/0/130", "-0", "Float -0")]
    [InlineData("/3442/0/150", "AQIDBAU", "Opaque 0102030405")]
    [InlineData("/3442/0/150", "-_8", "Opaque fbff")]
    [InlineData("/3442/0/150", "", "Opaque ")]
    [InlineData("/3442/0/160", "1476186613.5", "Time 1476186613.5")]
    [InlineData("/9999/0/1", "23", "String 23")]
    public void Other_forms_of_text_are_decoded(string path, string text, string value) =>
        Assert.Equal([$"{path} {value}"], Decode(ContentFormat.TextPlain, path, Utf8(text)));

    [Theory]
    [InlineData("/3442/0/120", "")]
    [InlineData("/3442/0/120", "9223372036854775808")]
    [InlineData("/3442/0/120", "-9223372036854775809")]
    [InlineData("/3442/0/120", "1.0")]
    [InlineData("/3442/0/120", " 1")]
    [InlineData("/3442/0/120", "1 ")]
    [InlineData("/3442/0/120", "0x1")]
    [InlineData("/3442/0/125", "-1")]
    [InlineData("/3442/0/130", "")]
    [InlineData("/3442/0/130", "1,5")]
    [InlineData("/3442/0/130", "1e999")]
    [InlineData("/3442/0/130", "NaN")]
    [InlineData("/3442/0/130", ".")]
    [InlineData("/3442/0/140", "")]
    [InlineData("/3442/0/140", "true")]
    [InlineData("/3442/0/140", "2")]
    [InlineData("/3442/0/150", "!,-INVALID$_'")]
    [InlineData("/3442/0/150", "A")]
    [InlineData("/3442/0/150", "AQI===")]
    [InlineData("/3442/0/170", "")]
    [InlineData("/3442/0/170", ":")]
    [InlineData("/3442/0/170", "0:")]
    [InlineData("/3442/0/170", ":0")]
    [InlineData("/3442/0/170", "65536:65535")]
    [InlineData("/3442/0/170", "65535:65536")]
    [InlineData("/3442/0/170", "1:2:3")]
    [InlineData("/3/0", "1")]
    [InlineData("/3/0/6", "1")]
    public void Text_that_is_no_value_is_refused_with_a_reason(string path, string text) => Refuse(ContentFormat.TextPlain, path, Utf8(text));

    [Fact]
    public void Text_that_is_not_UTF8_is_refused() => Refuse(ContentFormat.TextPlain, "/3/0/0", [0xC3, 0x28]);

    [Fact]
    public void Opaque_octets_are_decoded_and_encoded()
    {
        Assert.Equal(["/5/0/0 Opaque 00ff"], Decode(ContentFormat.OctetStream, "/5/0/0", [0x00, 0xFF]));
        Assert.Equal(["/5/0/0 Opaque "], Decode(ContentFormat.OctetStream, "/5/0/0", []));
        Assert.Equal(["/3442/0/1150/3 Opaque 01"], Decode(ContentFormat.OctetStream, "/3442/0/1150/3", [0x01]));
        Assert.Equal(["/9999/0/1 Opaque 01"], Decode(ContentFormat.OctetStream, "/9999/0/1", [0x01]));
        Assert.Equal([0x00, 0xFF], Encode(ContentFormat.OctetStream, "/5/0/0", "/5/0/0 Opaque 00ff"));
    }

    [Fact]
    public void Opaque_octets_of_a_resource_of_another_type_are_refused()
    {
        Assert.Equal("/3/0/9: is Integer by definition, the content holds Opaque", Refuse(ContentFormat.OctetStream, "/3/0/9", [0x01]));
        RefuseToEncode(ContentFormat.OctetStream, "/3/0/9", "/3/0/9 Integer 1");
    }

    [Fact]
    public void Decoded_octets_are_a_copy()
    {
        byte[] payload = [1, 2, 3];
        List<ResourceEntry> entries = [];
        Assert.True(Lwm2mContent.TryDecode(ContentFormat.OctetStream, payload, Lwm2mPath.Parse("/5/0/0"), Context, entries, out _));
        payload[0] = 9;
        Assert.Equal([1, 2, 3], entries[0].Value.AsOpaque().ToArray());
    }

    [Theory]
    // RFC 8949, Appendix A, and Zephyr's tests.
    [InlineData("/3442/0/120", "01", "Integer 1", true)]
    [InlineData("/3442/0/120", "20", "Integer -1", true)]
    [InlineData("/3442/0/120", "387f", "Integer -128", true)]
    [InlineData("/3442/0/120", "1a7fffffff", "Integer 2147483647", true)]
    [InlineData("/3442/0/125", "1bffffffffffffffff", "UnsignedInteger 18446744073709551615", true)]
    [InlineData("/3442/0/130", "fb3fbf7ced916872b0", "Float 0.123", true)]
    [InlineData("/3442/0/130", "f97bff", "Float 65504", true)]
    [InlineData("/3442/0/130", "fa47c35000", "Float 100000", true)]
    [InlineData("/3442/0/130", "f90001", "Float 5.960464477539063E-08", true)]
    [InlineData("/3442/0/130", "f9c400", "Float -4", true)]
    [InlineData("/3442/0/130", "fb4008000000000000", "Float 3", false)]
    [InlineData("/3442/0/110", "6b746573745f737472696e67", "String test_string", true)]
    [InlineData("/3442/0/140", "f5", "Boolean true", true)]
    [InlineData("/3442/0/150", "4b746573745f6f7061717565", "Opaque 746573745f6f7061717565", true)]
    [InlineData("/3442/0/160", "1a5182428f", "Time 1367491215", true)]
    [InlineData("/3442/0/160", "c07819313937302d30312d30315430303a30303a30312d30303a3030", "Time 1", false)]
    [InlineData("/3442/0/160", "c11a514b67b0", "Time 1363896240", false)]
    [InlineData("/3442/0/160", "c1fb41d452d9ec200000", "Time 1363896240.5", false)]
    [InlineData("/3442/0/160", "c074323031332d30332d32315432303a30343a30305a", "Time 1363896240", false)]
    [InlineData("/3442/0/170", "64303a3000", "ObjectLink 0:0", false)]
    [InlineData("/3442/0/170", "63303a30", "ObjectLink 0:0", true)]
    [InlineData("/3442/0/180", "663c2f332f303e", "CoreLink </3/0>", true)]
    [InlineData("/9999/0/1", "f94200", "Float 3", true)]
    public void CBOR_is_decoded_and_encoded(string path, string hex, string value, bool isPreferred)
    {
        Assert.Equal([$"{path} {value}"], Decode(ContentFormat.Cbor, path, Hex(hex)));
        if (isPreferred) Assert.Equal(hex, Convert.ToHexStringLower(Encode(ContentFormat.Cbor, path, $"{path} {value}")));
    }

    [Theory]
    [InlineData("/3442/0/120", "")]
    [InlineData("/3442/0/120", "0102")]
    [InlineData("/3442/0/120", "18")]
    [InlineData("/3442/0/120", "f6")]
    [InlineData("/3442/0/120", "f7")]
    [InlineData("/3442/0/120", "ff")]
    [InlineData("/3442/0/120", "8101")]
    [InlineData("/3442/0/120", "a10101")]
    [InlineData("/3442/0/120", "f5")]
    [InlineData("/3442/0/120", "6131")]
    [InlineData("/3442/0/120", "c249010000000000000000")]
    [InlineData("/3442/0/110", "7f")]
    [InlineData("/3442/0/110", "7f4161ff")]
    [InlineData("/3442/0/110", "7f7f6161ffff")]
    [InlineData("/3442/0/110", "61ff")]
    [InlineData("/3442/0/160", "c0c06161")]
    [InlineData("/3442/0/160", "d9d9f701")]
    [InlineData("/3442/0", "01")]
    [InlineData("/3442/0/1120", "01")]
    public void CBOR_that_is_no_value_is_refused_with_a_reason(string path, string hex) => Refuse(ContentFormat.Cbor, path, Hex(hex));

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(60)]
    public void More_or_less_than_one_value_is_not_encoded(int number)
    {
        ContentFormat format = new((ushort)number);
        RefuseToEncode(format, "/3442/0/150");
        RefuseToEncode(format, "/3442/0/150", "/3442/0/150 -");
        RefuseToEncode(format, "/3442/0/1150", "/3442/0/1150/0 Opaque 00", "/3442/0/1150/1 Opaque 00");
        RefuseToEncode(format, "/3442/0", "/3442/0/150 Opaque 00");
        RefuseToEncode(format, "/3442/0/150", "/3442/0/150 Opaque 00 @1700000000");
    }
}
