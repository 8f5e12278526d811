using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

public sealed class SenmlCborTests
{
    private static readonly ContentFormat Senml = ContentFormat.SenmlCbor;

    [Theory]
    // What Zephyr's client answers to a Read: base name of the instance, name of the resource, floats always in eight octets.
    [InlineData("81a3216a2f333434322f302f00633131300360", "String ", "/3442/0/110", false)]
    [InlineData("81a321682f333434322f302f006331323002187f", "Integer 127", "/3442/0/120", true)]
    [InlineData("81a321682f333434322f302f006331323002397fff", "Integer -32768", "/3442/0/120", true)]
    [InlineData("81a321682f333434322f302f0063313230021b7fffffffffffffff", "Integer 9223372036854775807", "/3442/0/120", true)]
    [InlineData("81a321682f333434322f302f0063313230023b7fffffffffffffff", "Integer -9223372036854775808", "/3442/0/120", true)]
    [InlineData("81a321682f333434322f302f0063313235021bffffffffffffffff", "UnsignedInteger 18446744073709551615", "/3442/0/125", true)]
    [InlineData("81a321682f333434322f302f0063313330 02fb3fbf7ced916872b0", "Float 0.123", "/3442/0/130", true)]
    [InlineData("81a321682f333434322f302f0063313330 02fb4008000000000000", "Float 3", "/3442/0/130", true)]
    [InlineData("81a321682f333434322f302f006331343004f5", "Boolean true", "/3442/0/140", true)]
    [InlineData("81a321682f333434322f302f0063313430 04f4", "Boolean false", "/3442/0/140", true)]
    [InlineData("81a321682f333434322f302f0063313530084b746573745f6f7061717565", "Opaque 746573745f6f7061717565", "/3442/0/150", true)]
    [InlineData("81a321682f333434322f302f0063313630021a45be7c70", "Time 1170111600", "/3442/0/160", true)]
    [InlineData("81a321682f333434322f302f006331373063766c6f63313a32", "ObjectLink 1:2", "/3442/0/170", true)]
    [InlineData("81a321682f333434322f302f006331373063766c6f6b36353533353a3635353335", "ObjectLink 65535:65535", "/3442/0/170", true)]
    [InlineData("81a321682f333434322f302f00633137300363313a32", "ObjectLink 1:2", "/3442/0/170", true)]
    // Keys in another order, and a number in two octets: Leshan's tests.
    [InlineData("81a202f95cb0216b2f333434322f302f313330", "Float 300", "/3442/0/130", true)]
    [InlineData("81a2216b2f333434322f302f3135300843abcdef", "Opaque abcdef", "/3442/0/150", true)]
    // Indefinite lengths.
    [InlineData("9fbf216b2f333434322f302f31323002187bffff", "Integer 123", "/3442/0/120", true)]
    [InlineData("81a2217f652f33343432662f302f313130ff037f6274656373743160ff", "String test1", "/3442/0/110", true)]
    [InlineData("81a2216b2f333434322f302f313530085f42abcd41efff", "Opaque abcdef", "/3442/0/150", true)]
    // Units, update times and fields that nobody knows are ignored.
    [InlineData("81a6216b2f333434322f302f31333002f93e00016343656c21", "", "/3442/0/130", false)]
    [InlineData("81a5216b2f333434322f302f31333002f93e00016343656c0718646378797a8201a10203", "Float 1.5", "/3442/0/130", true)]
    public void A_resource_is_decoded(string hex, string value, string path, bool isValid)
    {
        byte[] payload = Hex(hex);
        if (isValid) Assert.Equal([$"{path} {value}"], Decode(Senml, path, payload));
        else Refuse(Senml, path, payload);
    }

    [Theory]
    [InlineData("String hello", "/3442/0/110", "81a2216b2f333434322f302f313130036568656c6c6f")]
    [InlineData("Integer -1", "/3442/0/120", "81a2216b2f333434322f302f3132300220")]
    [InlineData("UnsignedInteger 18446744073709551615", "/3442/0/125", "81a2216b2f333434322f302f313235021bffffffffffffffff")]
    [InlineData("Float 1.5", "/3442/0/130", "81a2216b2f333434322f302f31333002f93e00")]
    [InlineData("Float 100000", "/3442/0/130", "81a2216b2f333434322f302f31333002fa47c35000")]
    [InlineData("Float 0.1", "/3442/0/130", "81a2216b2f333434322f302f31333002fb3fb999999999999a")]
    [InlineData("Float NaN", "/3442/0/130", "81a2216b2f333434322f302f31333002f97e00")]
    [InlineData("Boolean true", "/3442/0/140", "81a2216b2f333434322f302f31343004f5")]
    [InlineData("Opaque abcdef", "/3442/0/150", "81a2216b2f333434322f302f3135300843abcdef")]
    [InlineData("Time 1170111600", "/3442/0/160", "81a2216b2f333434322f302f313630021a45be7c70")]
    [InlineData("Time 1.5", "/3442/0/160", "81a2216b2f333434322f302f31363002f93e00")]
    [InlineData("ObjectLink 1:2", "/3442/0/170", "81a2216b2f333434322f302f31373063766c6f63313a32")]
    [InlineData("CoreLink </3/0>", "/3442/0/180", "81a2216b2f333434322f302f31383003663c2f332f303e")]
    public void A_resource_is_encoded_with_its_path_as_base_name(string value, string path, string hex)
    {
        Assert.Equal(hex, Convert.ToHexStringLower(Encode(Senml, path, $"{path} {value}")));
        Assert.Equal([$"{path} {value}"], Decode(Senml, path, Hex(hex)));
    }

    [Fact]
    public void A_series_of_values_with_their_times_is_decoded_and_encoded()
    {
        // A Send of Zephyr's client; its names repeat what the base name could say.
        string[] series = ["/3442/0/120 Integer 10 @1761226500", "/3442/0/120 Integer 11 @1761226560", "/3442/0/120 Integer 12 @1761226620"];
        Assert.Equal(
            series,
            Decode(Senml, "/", Hex("83a421682f333434322f302f221a68fa2f040063313230020aa3006331323006183c020ba300633132300618780 20c")));

        byte[] payload = Encode(Senml, "/", series);
        Assert.Equal("83a3216b2f333434322f302f313230221a68fa2f04020aa206183c020ba2061878020c", Convert.ToHexStringLower(payload));
        Assert.Equal(series, Decode(Senml, "/", payload));
    }

    [Fact]
    public void Base_times_as_decimal_fractions_are_decoded()
    {
        // What Leshan writes: every record with its base name and its base time in tag 4.
        const string hex = "83a321662f302f302f3022c482001a1dcd6504036c53616d706c65537472696e67"
            + "a321662f302f302f3122c482001a1dcd650504f4a321662f302f302f3222c482001a1dcd6506021901c8";
        Assert.Equal(
            ["/0/0/0 String SampleString @500000004", "/0/0/1 Boolean false @500000005", "/0/0/2 Integer 456 @500000006"],
            Decode(Senml, "/", Hex(hex)));
    }

    [Theory]
    [InlineData("c4823904b201", false)]
    [InlineData("c482200f", true)]
    [InlineData("c48221 1909c4", true)]
    [InlineData("c48320190fa000", false)]
    [InlineData("c4822000ff", false)]
    [InlineData("c4", false)]
    public void Decimal_fractions_are_read_within_bounds(string number, bool isValid)
    {
        byte[] payload = Hex("81a2216b2f333434322f302f31333002" + number);
        if (isValid) Assert.StartsWith("/3442/0/130 Float ", Decode(Senml, "/3442/0/130", payload)[0]);
        else Refuse(Senml, "/3442/0/130", payload);
    }

    [Fact]
    public void Entries_keep_their_order() => Assert.Equal(
        ["/3/0/9 Integer 95", "/1/0/1 Integer 86400", "/3/0/0 String a"],
        Decode(Senml, "/", Encode(Senml, "/", "/3/0/9 Integer 95", "/1/0/1 Integer 86400", "/3/0/0 String a")));

    [Fact]
    public void What_is_there_and_empty_is_told_by_an_empty_content()
    {
        Assert.Equal([], Decode(Senml, "/1", []));
        Assert.Equal(["/3/0 -"], Decode(Senml, "/3/0", []));
        Assert.Equal(["/3/0/7 -"], Decode(Senml, "/3/0/7", []));
        Assert.Equal(["/3/0/6 -"], Decode(Senml, "/3/0/6", Hex("80")));
        Assert.Equal(Hex("80"), Encode(Senml, "/3/0", "/3/0 -"));
        Assert.Equal(Encode(Senml, "/3/0", "/3/0/9 Integer 1"), Encode(Senml, "/3/0", "/3/0/6 -", "/3/0/9 Integer 1"));
    }

    [Theory]
    [InlineData("/3/0/9", "")]
    [InlineData("/3/0/6/0", "80")]
    [InlineData("/3/0", "a0")]
    [InlineData("/3/0", "81")]
    [InlineData("/3/0", "8100")]
    [InlineData("/3/0", "8080")]
    [InlineData("/3/0", "9f")]
    [InlineData("/3/0", "ff")]
    [InlineData("/3/0", "81a2")]
    [InlineData("/3/0", "81a221662f332f302f3902")]
    [InlineData("/3/0", "81a221662f332f302f39021864 00")]
    [InlineData("/3/0", "82a221662f332f302f39021864")]
    [InlineData("/3/0", "9fa221662f332f302f39021864")]
    [InlineData("/3/0", "81a221662f332f302f390218")]
    [InlineData("/3/0", "9a7fffffffa0")]
    [InlineData("/3/0", "9bffffffffffffffffa0")]
    [InlineData("/3/0", "bbffffffffffffffffa0")]
    [InlineData("/3/0", "81bbffffffffffffffff")]
    [InlineData("/3/0", "81a2217bffffffffffffffff2f021864")]
    [InlineData("/3/0", "81a2215affffffff2f021864")]
    [InlineData("/3/0", "81a221662f332f302f39021c")]
    [InlineData("/3/0", "81a221662f332f302f39f818021864")]
    // A field twice, two values, a value of the wrong kind.
    [InlineData("/3/0", "81a321662f332f302f39021864021865")]
    [InlineData("/3/0", "81a321662f332f302f39021864036161")]
    [InlineData("/3/0", "81a221662f332f302f39026161")]
    [InlineData("/3/0", "81a221662f332f302f3003f5")]
    [InlineData("/3/0", "81a221662f332f302f300401")]
    [InlineData("/3/0", "81a221662f332f302f3008f6")]
    [InlineData("/3/0", "81a221662f332f302f300362c328")]
    [InlineData("/3/0", "81a221662f332f302f39063e00")]
    [InlineData("/3/0", "81a321662f332f302f39f97e00021864")]
    [InlineData("/3/0", "81a321662f332f302f3906f97e00021864")]
    [InlineData("/3/0", "81a321662f332f302f3922f97c00021864")]
    // null, bignums, undefined.
    [InlineData("/3/0", "81a221662f332f302f3902f6")]
    [InlineData("/3/0", "81a221662f332f302f3902c24101")]
    [InlineData("/3/0", "81a221662f332f302f3902f7")]
    [InlineData("/3/0", "81a221662f332f302f39023bffffffffffffffff")]
    // Versions and fields that must be understood: RFC 8428, 4.4.
    [InlineData("/3/0", "81a3200b21662f332f302f39021864")]
    [InlineData("/3/0", "81a321662f332f302f3962785f00021864")]
    // Names that are no paths, and paths outside the request.
    [InlineData("/3/0", "81a221662f342f302f39021864")]
    [InlineData("/3/0", "81a22166 6465763a3031021864")]
    [InlineData("/3/0", "81a221672f332f302f3039021864")]
    [InlineData("/3/0", "81a1021864")]
    [InlineData("/3/0", "81a221612f021864")]
    [InlineData("/3/0", "81a2216c2f332f302f392f302f312f32021864")]
    public void Malformed_content_is_refused_with_a_reason(string path, string hex) => Refuse(Senml, path, Hex(hex));

    [Fact]
    public void Nesting_in_fields_that_are_skipped_is_bounded()
    {
        byte[] deep = [.. Hex("81a321662f332f302f39021864 6178"), .. Enumerable.Repeat((byte)0x81, 10_000), 0];
        Refuse(Senml, "/3/0", deep);
        byte[] shallow = [.. Hex("81a321662f332f302f39021864 6178"), .. Enumerable.Repeat((byte)0x81, 10), 0];
        Assert.Equal(["/3/0/9 Integer 100"], Decode(Senml, "/3/0", shallow));
    }

    [Fact]
    public void Names_have_a_bounded_length()
    {
        byte[] name = [0x79, 0x01, 0x00, .. Enumerable.Repeat((byte)'1', 256)];
        Refuse(Senml, "/", [0x81, 0xA3, 0x21, .. name, 0x00, .. name, 0x02, 0x01]);
        Refuse(Senml, "/", [0x81, 0xA2, 0x21, .. name, 0x02, 0x01]);
    }

    [Fact]
    public void A_base_value_is_added()
    {
        // [{-5 (bv): 20, -2 (bn): "/3303/0/5700", 2 (v): 1.5}, {2 (v): -0.5}]
        byte[] payload = Hex("82a32414216c2f333330332f302f3537303002f93e00a102f9b800");
        Assert.Equal(["/3303/0/5700 Float 21.5", "/3303/0/5700 Float 19.5"], Decode(Senml, "/3303/0/5700", payload));
    }
}
