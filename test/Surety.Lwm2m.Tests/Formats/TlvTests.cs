using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

public sealed class TlvTests
{
    private static readonly ContentFormat Tlv = ContentFormat.Lwm2mTlv;

    [Theory]
    // Values that Zephyr's client writes, under resource ids of one and two octets.
    [InlineData("/3442/0/120", "c17800", "Integer 0")]
    [InlineData("/3442/0/120", "c1787f", "Integer 127")]
    [InlineData("/3442/0/120", "c17880", "Integer -128")]
    [InlineData("/3442/0/120", "c2787fff", "Integer 32767")]
    [InlineData("/3442/0/120", "c2788000", "Integer -32768")]
    [InlineData("/3442/0/120", "c4787fffffff", "Integer 2147483647")]
    [InlineData("/3442/0/120", "c47880000000", "Integer -2147483648")]
    [InlineData("/3442/0/120", "c878087fffffffffffffff", "Integer 9223372036854775807")]
    [InlineData("/3442/0/120", "c878088000000000000000", "Integer -9223372036854775808")]
    [InlineData("/3442/0/110", "c86e0b746573745f737472696e67", "String test_string")]
    [InlineData("/3442/0/130", "c882080000000000000000", "Float 0")]
    [InlineData("/3442/0/130", "c882083fbf7ced916872b0", "Float 0.123")]
    [InlineData("/3442/0/130", "c88208bfef95810624dd2f", "Float -0.987")]
    [InlineData("/3442/0/130", "c88208c05ec80000000000", "Float -123.125")]
    [InlineData("/3442/0/140", "c18c01", "Boolean true")]
    [InlineData("/3442/0/140", "c18c00", "Boolean false")]
    [InlineData("/3442/0/150", "c8960b746573745f6f7061717565", "Opaque 746573745f6f7061717565")]
    [InlineData("/3442/0/170", "c4aa00000000", "ObjectLink 0:0")]
    [InlineData("/3442/0/170", "c4aa00010002", "ObjectLink 1:2")]
    [InlineData("/3442/0/170", "c4aaffffffff", "ObjectLink 65535:65535")]
    // Times of Leshan's tests: the fewest of 1, 2, 4 and 8 octets.
    [InlineData("/3442/0/160", "c1a07f", "Time 127")]
    [InlineData("/3442/0/160", "c1a09c", "Time -100")]
    [InlineData("/3442/0/160", "c2a00080", "Time 128")]
    [InlineData("/3442/0/160", "c2a0ff7f", "Time -129")]
    [InlineData("/3442/0/160", "c4a000008000", "Time 32768")]
    [InlineData("/3442/0/160", "c4a0ffff7fff", "Time -32769")]
    [InlineData("/3442/0/160", "c8a0080000000080000000", "Time 2147483648")]
    [InlineData("/3442/0/160", "c8a008ffffffff7fffffff", "Time -2147483649")]
    // Core TS 1.2.2, Table C-2: unsigned integers of 1, 2, 4 and 8 octets.
    [InlineData("/3442/0/125", "c17dff", "UnsignedInteger 255")]
    [InlineData("/3442/0/125", "c27d0100", "UnsignedInteger 256")]
    [InlineData("/3442/0/125", "c47dffffffff", "UnsignedInteger 4294967295")]
    [InlineData("/3442/0/125", "c87d08ffffffffffffffff", "UnsignedInteger 18446744073709551615")]
    public void A_resource_is_decoded_and_encoded(string path, string hex, string value)
    {
        Assert.Equal([$"{path} {value}"], Decode(Tlv, path, Hex(hex)));
        Assert.Equal(hex, Convert.ToHexStringLower(Encode(Tlv, path, $"{path} {value}")));
    }

    [Fact]
    public void Text_outside_of_ASCII_is_UTF8() =>
        Assert.Equal(["/3442/0/110 String 👨👩🤡"], Decode(Tlv, "/3442/0/110", Hex("c86e0cf09f91a8f09f91a9f09fa4a1")));

    [Fact]
    public void A_float_of_four_octets_is_decoded() =>
        Assert.Equal(["/3442/0/130 Float 1.5"], Decode(Tlv, "/3442/0/130", Hex("c4823fc00000")));

    [Fact]
    public void Ids_above_255_take_two_octets()
    {
        Assert.Equal("e103e864", Convert.ToHexStringLower(Encode(Tlv, "/3303/0", "/3303/0/1000 Integer 100")));
        Assert.Equal(["/9999/0/500 Opaque 64"], Decode(Tlv, "/9999/0", Hex("e101f464")));
    }

    [Fact]
    public void Two_instances_with_multiple_resources_are_decoded_and_encoded()
    {
        // Core TS 1.2.2, 7.5.5.2 B.
        const string hex = "08000ec10001c101008302417f07c1037f080212c10003c101008702417f0761013601c1037f";
        string[] entries =
        [
            "/2/0/0 Integer 1", "/2/0/1 Integer 0", "/2/0/2/127 Integer 7", "/2/0/3 Integer 127",
            "/2/2/0 Integer 3", "/2/2/1 Integer 0", "/2/2/2/127 Integer 7", "/2/2/2/310 Integer 1", "/2/2/3 Integer 127",
        ];
        Assert.Equal(entries, Decode(Tlv, "/2", Hex(hex)));
        Assert.Equal(hex, Convert.ToHexStringLower(Encode(Tlv, "/2", entries)));
    }

    [Fact]
    public void Object_links_are_decoded_and_encoded()
    {
        // Core TS 1.2.2, 7.5.5.3, example 1; example 2 with the lengths that its content has.
        const string first = "88000c440000420000440100420001c8010d38363133383030373535353030c40212345678";
        string[] links = ["/65/0/0/0 ObjectLink 66:0", "/65/0/0/1 ObjectLink 66:1", "/65/0/1 String 8613800755500", "/65/0/2 Integer 305419896"];
        Assert.Equal(links, Decode(Tlv, "/65/0", Hex(first)));
        Assert.Equal(first, Convert.ToHexStringLower(Encode(Tlv, "/65/0", links)));

        const string second =
            "080026c8000b6d79536572766963652031c8010f496e7465726e65742e31352e323334c40200430000"
            + "080126c8000b6d79536572766963652032c8010f496e7465726e65742e31352e323335c402ffffffff";
        string[] services =
        [
            "/66/0/0 String myService 1", "/66/0/1 String Internet.15.234", "/66/0/2 ObjectLink 67:0",
            "/66/1/0 String myService 2", "/66/1/1 String Internet.15.235", "/66/1/2 ObjectLink 65535:65535",
        ];
        Assert.Equal(services, Decode(Tlv, "/66", Hex(second)));
        Assert.Equal(second, Convert.ToHexStringLower(Encode(Tlv, "/66", services)));
    }

    [Fact]
    public void A_core_link_is_decoded()
    {
        const string links = "</>;rt=\"oma.lwm2m\";ct=\"60 110 112 1542 1543 11542 11543\",</1>;ver=1.1,</1/0>,</2>,</3>;ver=1.1,</3/0>,</3442/0>";
        const string hex =
            "080072c8b46f3c2f3e3b72743d226f6d612e6c776d326d223b63743d223630203131302031313220313534322031353433203131353432203131353433222c3c2f313e"
            + "3b7665723d312e312c3c2f312f303e2c3c2f323e2c3c2f333e3b7665723d312e312c3c2f332f303e2c3c2f333434322f303e";
        Assert.Equal([$"/3442/0/180 CoreLink {links}"], Decode(Tlv, "/3442/0", Hex(hex)));
    }

    [Fact]
    public void Instances_of_a_resource_come_with_and_without_the_resource_around_them()
    {
        string[] sources = ["/3/0/6/0 Integer 1", "/3/0/6/1 Integer 5"];
        Assert.Equal(sources, Decode(Tlv, "/3/0/6", Hex("8606410001410105")));
        Assert.Equal(sources, Decode(Tlv, "/3/0/6", Hex("410001410105")));
        Assert.Equal("8606410001410105", Convert.ToHexStringLower(Encode(Tlv, "/3/0/6", sources)));
    }

    [Fact]
    public void One_resource_instance_stands_alone_at_its_path()
    {
        Assert.Equal(["/3/0/6/1 Integer 5"], Decode(Tlv, "/3/0/6/1", Hex("410105")));
        Assert.Equal(["/3/0/6/1 Integer 5"], Decode(Tlv, "/3/0/6/1", Hex("8306410105")));
        Assert.Equal("410105", Convert.ToHexStringLower(Encode(Tlv, "/3/0/6/1", "/3/0/6/1 Integer 5")));
    }

    [Fact]
    public void A_resource_inside_its_instance_is_accepted() =>
        Assert.Equal(["/3/0/1 String client"], Decode(Tlv, "/3/0/1", Hex("080008c601636c69656e74")));

    [Fact]
    public void Resources_that_nobody_described_are_opaque() =>
        Assert.Equal(
            ["/10234/0/1 Opaque 76616c756531", "/10234/0/2 Opaque 76616c756531"],
            Decode(Tlv, "/10234", Hex("c60176616c756531c60276616c756531")));

    [Fact]
    public void What_is_there_and_empty_is_told()
    {
        Assert.Equal([], Decode(Tlv, "/2", []));
        Assert.Equal(["/2/0 -"], Decode(Tlv, "/2/0", []));
        Assert.Equal(["/3/0/6 -"], Decode(Tlv, "/3/0/6", []));
        Assert.Equal(["/2/0 -", "/2/5 -"], Decode(Tlv, "/2", Hex("00000005")));
        Assert.Equal(["/3/0/6 -", "/3/0/9 Integer 100"], Decode(Tlv, "/3/0", Hex("8006c10964")));
    }

    [Fact]
    public void What_is_there_and_empty_is_encoded()
    {
        Assert.Equal([], Encode(Tlv, "/2"));
        Assert.Equal([], Encode(Tlv, "/2/0", "/2/0 -"));
        Assert.Equal(Hex("00000005"), Encode(Tlv, "/2", "/2/0 -", "/2/5 -"));
        Assert.Equal(Hex("8006c10964"), Encode(Tlv, "/3/0", "/3/0/6 -", "/3/0/9 Integer 100"));
        Assert.Equal(Hex("8006"), Encode(Tlv, "/3/0/6", "/3/0/6 -"));
    }

    [Fact]
    public void Entries_are_encoded_in_tree_order_whatever_order_they_come_in() =>
        Assert.Equal(Hex(DeviceExample.Tlv), Encode(Tlv, "/3/0", [.. DeviceExample.Entries.Reverse()]));

    [Fact]
    public void Bits_of_the_type_that_mean_nothing_are_ignored() =>
        // Core TS 1.2.2, Table 7.5.5-1: with a length field, bits 2 to 0 are ignored.
        Assert.Equal(["/3442/0/110 String test_string"], Decode(Tlv, "/3442/0/110", Hex("cf6e0b746573745f737472696e67")));

    [Fact]
    public void Lengths_take_one_two_or_three_octets()
    {
        foreach ((int length, string head) in new[] { (7, "c796"), (8, "c89608"), (255, "c896ff"), (256, "d0960100"), (65_535, "d096ffff"), (65_536, "d896010000") })
        {
            string entry = $"/3442/0/150 Opaque {new string('a', 2 * length)}";
            byte[] payload = Encode(Tlv, "/3442/0", entry);
            Assert.Equal(head, Convert.ToHexStringLower(payload.AsSpan(0, payload.Length - length)));
            Assert.Equal([entry], Decode(Tlv, "/3442/0", payload));
        }
    }

    [Theory]
    // Examples of Core TS 1.2.2, 7.5.5 as printed: their lengths do not fit their content.
    [InlineData("/1", "08000dc10001c40100015180c10601c10755")]
    [InlineData("/66", "080023c8000b6d79536572766963652031c8010f496e7465726e65742e31352e323334c40200430000")]
    // Malformed structure, mostly from Leshan's tests.
    [InlineData("/2", "00010001")]
    [InlineData("/3/0", "c001c001")]
    [InlineData("/3/0/1", "080108c601636c69656e74")]
    [InlineData("/3/0/22", "88160c440000640001440000650002")]
    [InlineData("/3/0", "0011223344556677889900")]
    [InlineData("/3/0", "c800c8")]
    [InlineData("/2/0/0", "")]
    [InlineData("/3/0/6/0", "")]
    [InlineData("/3/0", "c8")]
    [InlineData("/3/0", "c8000001")]
    [InlineData("/3/0", "d80001")]
    [InlineData("/3/0", "410001")]
    [InlineData("/3/0", "05000300c10001")]
    [InlineData("/3/0", "830b08000141")]
    [InlineData("/3/0", "850bc3003132")]
    [InlineData("/3", "20ffff")]
    [InlineData("/3/0", "e1ffff00")]
    [InlineData("/3/0/7", "410001c10900")]
    [InlineData("/", "08000fc10001c40100015180c10601c10755")]
    // A value at the path and values below it.
    [InlineData("/3/0", "c106018606410001410105")]
    // Values that are not of the type.
    [InlineData("/3442/0/120", "c378000001")]
    [InlineData("/3442/0/120", "c078")]
    [InlineData("/3442/0/130", "c2823e00")]
    [InlineData("/3442/0/140", "c18c02")]
    [InlineData("/3442/0/140", "c28c0001")]
    [InlineData("/3442/0/170", "c3aa010203")]
    [InlineData("/3442/0/110", "c26ec328")]
    public void Malformed_content_is_refused_with_a_reason(string path, string hex) => Refuse(Tlv, path, Hex(hex));

    [Fact]
    public void The_reason_names_the_resource_of_the_wrong_type() =>
        Assert.Equal("/3442/0/120: 3 octets are no Integer", Refuse(Tlv, "/3442/0/120", Hex("c378000001")));

    [Fact]
    public void A_value_of_the_wrong_type_is_kept_when_the_caller_wants_it_so() =>
        Assert.Equal(
            ["/3442/0/120 Opaque 000001"],
            Decode(Tlv, "/3442/0/120", Hex("c378000001"), new ContentContext(Models, Now) { KeepMistyped = true }));

    [Fact]
    public void What_TLV_cannot_carry_is_refused()
    {
        Assert.Contains("more than one Object", RefuseToEncode(Tlv, "/", "/3/0/9 Integer 1"));
        Assert.Contains("times", RefuseToEncode(Tlv, "/3/0", "/3/0/9 Integer 1 @1700000000"));
        Assert.Contains("null", RefuseToEncode(Tlv, "/3/0", "/3/0/4 null"));
        Assert.Contains("twice", RefuseToEncode(Tlv, "/3/0", "/3/0/9 Integer 1", "/3/0/9 Integer 2"));
        Assert.Contains("twice", RefuseToEncode(Tlv, "/3/0", "/3/0/6 Integer 1", "/3/0/6/0 Integer 2"));
        Assert.Contains("/4/0/1", RefuseToEncode(Tlv, "/3/0", "/4/0/1 Integer 1"));
        Assert.Contains("Resource", RefuseToEncode(Tlv, "/3", "/3/0 Integer 1"));
        Assert.NotEmpty(RefuseToEncode(Tlv, "/3/0", "/3/0/13 Time 1.5"));
        Assert.NotEmpty(RefuseToEncode(Tlv, "/3442/0", "/3442/0/150 Opaque " + new string('0', 2 << 24)));
    }
}
