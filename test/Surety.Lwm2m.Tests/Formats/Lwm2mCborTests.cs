using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

public sealed class Lwm2mCborTests
{
    private static readonly ContentFormat Cbor = ContentFormat.Lwm2mCbor;

    [Theory]
    // Core TS 1.2.2, Table C-2, one row after the other.
    [InlineData("/3442/0/110", "6568656c6c6f", "String hello")]
    [InlineData("/3442/0/110", "60", "String ")]
    [InlineData("/3442/0/110", "63e282ac", "String €")]
    [InlineData("/3442/0/120", "00", "Integer 0")]
    [InlineData("/3442/0/120", "17", "Integer 23")]
    [InlineData("/3442/0/120", "1818", "Integer 24")]
    [InlineData("/3442/0/120", "20", "Integer -1")]
    [InlineData("/3442/0/120", "3818", "Integer -25")]
    [InlineData("/3442/0/120", "1b7fffffffffffffff", "Integer 9223372036854775807")]
    [InlineData("/3442/0/120", "3b7fffffffffffffff", "Integer -9223372036854775808")]
    [InlineData("/3442/0/125", "1bffffffffffffffff", "UnsignedInteger 18446744073709551615")]
    [InlineData("/3442/0/125", "00", "UnsignedInteger 0")]
    [InlineData("/3442/0/130", "f93e00", "Float 1.5")]
    [InlineData("/3442/0/130", "fa47c35000", "Float 100000")]
    [InlineData("/3442/0/130", "fb3fb999999999999a", "Float 0.1")]
    [InlineData("/3442/0/130", "f94200", "Float 3")]
    [InlineData("/3442/0/130", "f97e00", "Float NaN")]
    [InlineData("/3442/0/130", "f9fc00", "Float -Infinity")]
    [InlineData("/3442/0/140", "f5", "Boolean true")]
    [InlineData("/3442/0/140", "f4", "Boolean false")]
    [InlineData("/3442/0/150", "430102ff", "Opaque 0102ff")]
    [InlineData("/3442/0/150", "40", "Opaque ")]
    [InlineData("/3442/0/160", "1a5182428f", "Time 1367491215")]
    [InlineData("/3442/0/160", "20", "Time -1")]
    [InlineData("/3442/0/170", "63333a30", "ObjectLink 3:0")]
    [InlineData("/3442/0/170", "6b36353533353a3635353335", "ObjectLink 65535:65535")]
    [InlineData("/3442/0/180", "663c2f332f303e", "CoreLink </3/0>")]
    [InlineData("/3442/0/0", "f6", "null")]
    public void A_value_is_decoded_and_encoded(string path, string hex, string value)
    {
        Lwm2mPath node = Lwm2mPath.Parse(path);
        string key = node.ResourceId < 24 ? $"{node.ResourceId:x2}" : $"18{node.ResourceId:x2}";
        string payload = $"a183190d7200{key}{hex}";
        Assert.Equal([$"{path} {value}"], Decode(Cbor, path, Hex(payload)));
        Assert.Equal(payload, Convert.ToHexStringLower(Encode(Cbor, path, $"{path} {value}")));
    }

    [Theory]
    // Strings in chunks, longer forms than needed, wider floats, tagged times: what other clients write.
    [InlineData("/3442/0/110", "186e7f62686560636c6c6fff", "String hello")]
    [InlineData("/3442/0/120", "18781b0000000000000005", "Integer 5")]
    [InlineData("/3442/0/130", "1882fb3ff8000000000000", "Float 1.5")]
    [InlineData("/3442/0/130", "1882fa3fc00000", "Float 1.5")]
    [InlineData("/3442/0/130", "1882c482200f", "Float 1.5")]
    [InlineData("/3442/0/130", "188203", "Float 3")]
    [InlineData("/3442/0/150", "18965f42010241ffff", "Opaque 0102ff")]
    [InlineData("/3442/0/160", "18a0c11a5182428f", "Time 1367491215")]
    [InlineData("/3442/0/160", "18a0c1fb41d46090a3e00000", "Time 1367491215.5")]
    [InlineData("/3442/0/160", "18a0c074323031332d30352d30325431303a34303a31355a", "Time 1367491215")]
    [InlineData("/3442/0/160", "18a0c07819323031332d30352d30325431323a34303a31352b30323a3030", "Time 1367491215")]
    public void Other_encodings_of_values_are_decoded(string path, string resourceAndValue, string value) =>
        Assert.Equal([$"{path} {value}"], Decode(Cbor, path, Hex($"a183190d7200{resourceAndValue}")));

    [Theory]
    // Core TS 1.2.2, 7.5.4.1 to 7.5.4.6: keys as arrays, as single ids, mixed, of definite and indefinite length.
    [InlineData("/3/0/0", "a183030000744f70656e204d6f62696c6520416c6c69616e6365", "/3/0/0 String Open Mobile Alliance")]
    [InlineData("/3/0/0", "a103a100a100744f70656e204d6f62696c6520416c6c69616e6365", "/3/0/0 String Open Mobile Alliance")]
    [InlineData("/3/0/6", "a183030006a200010105", "/3/0/6/0 Integer 1", "/3/0/6/1 Integer 5")]
    [InlineData("/", "a2820300a200744f70656e204d6f62696c6520416c6c69616e6365091864830100011a00015180", "/3/0/0 String Open Mobile Alliance", "/3/0/9 Integer 100", "/1/0/1 Integer 86400")]
    [InlineData("/3/0/9", "a18103a18100a181091864", "/3/0/9 Integer 100")]
    [InlineData("/3/0/6", "a103a1820006a200010105", "/3/0/6/0 Integer 1", "/3/0/6/1 Integer 5")]
    [InlineData("/3/0/6", "a2840300060001840300060105", "/3/0/6/0 Integer 1", "/3/0/6/1 Integer 5")]
    [InlineData("/3/0", "a2820300a10918648303000a0f", "/3/0/9 Integer 100", "/3/0/10 Integer 15")]
    [InlineData("/3/0/9", "bf830300091864ff", "/3/0/9 Integer 100")]
    [InlineData("/3/0/9", "bf03bf00bf091864ffffff", "/3/0/9 Integer 100")]
    [InlineData("/3/0/9", "a19f030009ff1864", "/3/0/9 Integer 100")]
    [InlineData("/3/0", "bf820300a106bf0001ffff", "/3/0/6/0 Integer 1")]
    [InlineData("/3/0/9", "a183030018091864", "/3/0/9 Integer 100")]
    [InlineData("/3/0", "a1820300a0", "/3/0 -")]
    [InlineData("/3/0/6", "a183030006a0", "/3/0/6 -")]
    [InlineData("/3/0/6", "a183030006bfff", "/3/0/6 -")]
    [InlineData("/", "a0")]
    [InlineData("/3", "bfff")]
    [InlineData("/3/0", "", "/3/0 -")]
    public void Every_layout_of_keys_is_decoded(string path, string hex, params string[] expected) => Assert.Equal(expected, Decode(Cbor, path, Hex(hex)));

    [Theory]
    [InlineData("/3/0/6/1", "a1840300060105", "/3/0/6/1 Integer 5")]
    [InlineData("/3/0", "a1820300a206a200010105091864", "/3/0/6/0 Integer 1", "/3/0/6/1 Integer 5", "/3/0/9 Integer 100")]
    [InlineData("/3", "a1820300a2006161091864", "/3/0/0 String a", "/3/0/9 Integer 100")]
    [InlineData("/1", "a101a200a1011a0001518001a10119012c", "/1/0/1 Integer 86400", "/1/1/1 Integer 300")]
    [InlineData("/", "a283030009186401a200a1011a0001518001a10119012c", "/3/0/9 Integer 100", "/1/0/1 Integer 86400", "/1/1/1 Integer 300")]
    [InlineData("/3/0", "a1820300a0", "/3/0 -")]
    [InlineData("/3/0/6", "a183030006a0", "/3/0/6 -")]
    [InlineData("/3/0", "a1820300a206a0091864", "/3/0/6 -", "/3/0/9 Integer 100")]
    [InlineData("/1", "a101a200a001a10119012c", "/1/0 -", "/1/1/1 Integer 300")]
    [InlineData("/3", "a0")]
    // The shape of 7.5.4.4.
    [InlineData("/1", "a101a200a200186507615501a2001866076155", "/1/0/0 Integer 101", "/1/0/7 String U", "/1/1/0 Integer 102", "/1/1/7 String U")]
    public void Keys_run_to_the_first_branch(string path, string hex, params string[] entries)
    {
        Assert.Equal(hex, Convert.ToHexStringLower(Encode(Cbor, path, entries)));
        Assert.Equal(entries, Decode(Cbor, path, Hex(hex)));
    }

    [Fact]
    public void Objects_that_come_scattered_are_put_together() => Assert.Equal(
        ["/1/0/1 Integer 2", "/3/0/9 Integer 1", "/3/0/10 Integer 3"],
        Decode(Cbor, "/", Encode(Cbor, "/", "/3/0/9 Integer 1", "/1/0/1 Integer 2", "/3/0/10 Integer 3")));

    [Theory]
    [InlineData("/", "8100")]
    [InlineData("/", "05")]
    [InlineData("/", "63616263")]
    [InlineData("/", "f6")]
    // Keys.
    [InlineData("/", "a1f93c0005")]
    [InlineData("/", "a12005")]
    [InlineData("/", "a1410305")]
    [InlineData("/", "a103a16130a10005")]
    [InlineData("/", "a1830361300005")]
    [InlineData("/", "a1830300f9400005")]
    [InlineData("/", "a18303001a0001000005")]
    [InlineData("/", "a11a00010000a100a10005")]
    [InlineData("/", "a119ffffa100a10005")]
    [InlineData("/", "a185030006000005")]
    [InlineData("/", "a18403000600a10005")]
    [InlineData("/", "a18403000600a0")]
    [InlineData("/", "a18005")]
    [InlineData("/", "a19fff05")]
    [InlineData("/", "a18303001f05")]
    [InlineData("/", "a183636430310300a20069436f6d70616e79204109186400")]
    // Values above the level of Resources.
    [InlineData("/3/0", "a182030005")]
    [InlineData("/3", "a10305")]
    // Cut off.
    [InlineData("/", "a1830300")]
    [InlineData("/3/0/0", "a183030000744f70")]
    [InlineData("/3/0/9", "bf8303000905")]
    [InlineData("/3/0/9", "a28303000905")]
    [InlineData("/3/0/9", "bf83030009ff")]
    [InlineData("/", "a1ff")]
    [InlineData("/", "bbffffffffffffffff")]
    [InlineData("/", "a19bffffffffffffffff")]
    // The same node twice.
    [InlineData("/3/0/9", "a283030009058303000906")]
    [InlineData("/3/0/9", "a2830300090503a100a10906")]
    [InlineData("/3/0/6", "a28303000601840300060002")]
    [InlineData("/3/0", "a2820300a08303000905")]
    // What follows, what is outside, what is no value.
    [InlineData("/3/0/9", "a1830300090500")]
    [InlineData("/3/0/9", "a1830300098105")]
    [InlineData("/3/0/9", "a18303000a05")]
    [InlineData("/3/0/9", "a183030009c24101")]
    [InlineData("/3/0/9", "a183030009f7")]
    [InlineData("/3/0/9", "a183030009f6")]
    [InlineData("/3/0/0", "a18303000062c328")]
    [InlineData("/3/0/9", "a1830300091c")]
    [InlineData("/3/0/13", "a18303000dc063616263")]
    [InlineData("/3/0/13", "a18303000dc0")]
    [InlineData("/3/0/13", "a18303000dc1f6")]
    [InlineData("/3/0/13", "a18303000dc1f97e00")]
    [InlineData("/3/0/9", "a1830300093bffffffffffffffff")]
    public void Malformed_content_is_refused_with_a_reason(string path, string hex) => Refuse(Cbor, path, Hex(hex));

    [Fact]
    public void Times_cannot_be_told() => Assert.Contains("times", RefuseToEncode(Cbor, "/3/0", "/3/0/9 Integer 1 @1700000000"));
}
