using System.Text;
using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

public sealed class SenmlJsonTests
{
    private static readonly ContentFormat Senml = ContentFormat.SenmlJson;

    [Theory]
    // Examples of Core TS 1.2.2, 7.5.6 and 6.4.6.
    [InlineData("/3/0/0", """[{"bn":"/3/0/0","vs":"Open Mobile Alliance"}]""", "/3/0/0 String Open Mobile Alliance")]
    [InlineData("/", """[{"n":"/3/0/0", "vs":"a"},{"n" :"/3/0/9", "v":95},{"n":"/1/0/1", "v":86400}]""", "/3/0/0 String a", "/3/0/9 Integer 95", "/1/0/1 Integer 86400")]
    [InlineData("/", """[{"n":"/3311/0/5850", "vb":false},{"n":"/3311/2/5851", "v":20},{"n":"/3308/0/5900", "v":18}]""", "/3311/0/5850 Boolean false", "/3311/2/5851 Integer 20", "/3308/0/5900 Float 18")]
    [InlineData("/2", """[{"bn":"/2/","n":"0/0","v":1},{"n":"0/2/127","v":7},{"n":"2/2/310","v":7}]""", "/2/0/0 Integer 1", "/2/0/2/127 Integer 7", "/2/2/2/310 Integer 7")]
    [InlineData("/", """[{"n":"/6/0/0", "v":43.61092},{"n":"/6/0/1", "v":3.87723},{"n":"/4/0/2", "v":-49}]""", "/6/0/0 Float 43.61092", "/6/0/1 Float 3.87723", "/4/0/2 Integer -49")]
    [InlineData("/0/1", """[{"bn":"/0/1/", "n":"3","vd":"YjMxM2NjMjItZjk2OS00MmVjLWFkNDI"},{"n":"4","vd":""},{"n":"5","vd":"HKICjXGXx3jprvXvaQgr6g"}]""", "/0/1/3 Opaque 62333133636332322d663936392d343265632d61643432", "/0/1/4 Opaque ", "/0/1/5 Opaque 1ca2028d7197c778e9aef5ef69082bea")]
    // Leshan's tests.
    [InlineData("/2", """[{"bn":"/2/3/","n":"0","v":3},{"n":"1","v":1},{"bn":"/2/2/","n":"0","v":4}]""", "/2/3/0 Integer 3", "/2/3/1 Integer 1", "/2/2/0 Integer 4")]
    [InlineData("/3/0/13", """[{"bn":"/3/0/13","v":1.638435E9}]""", "/3/0/13 Time 1638435000")]
    [InlineData("/1/0/2", """[{"n":"/1/0/2","v":9223372036854775800}]""", "/1/0/2 Integer 9223372036854775800")]
    [InlineData("/0/0/16/0", """[{"n":"/0/0/16/0","v":18446744073709551615}]""", "/0/0/16/0 UnsignedInteger 18446744073709551615")]
    [InlineData("/1024/0/1", """[{"bn":"/1024/0/1","v":22.9,"bt":268500000},{"v":22.4,"t":-5},{"v":24.1,"t":-50}]""", "/1024/0/1 Float 22.9 @268500000", "/1024/0/1 Float 22.4 @268499995", "/1024/0/1 Float 24.1 @268499950")]
    [InlineData("/", """[{"bn":"/4/0/","bt":268600000,"n":"0","v":1,"t":1},{"n":"1/0","v":2,"t":2},{"bn":"/3/0/7/","n":"0","v":3800}]""", "/4/0/0 Integer 1 @268600001", "/4/0/1/0 Integer 2 @268600002", "/3/0/7/0 Integer 3800 @268600000")]
    // Escapes in names and values, white space, a trailing comma, a base record of its own.
    [InlineData("/3/0", """ [ {"bn":"\/3\/0\/","n":"\u0030","vs":"a\"\\\n\u00e9\ud83d\ude00"} , ] """, "/3/0/0 String a\"\\\né😀")]
    [InlineData("/3/0", """[{"bn":"/3/0/"},{"n":"9","v":1}]""", "/3/0/9 Integer 1")]
    // Names without the first slash, and with one at the end.
    [InlineData("/3/0", """[{"bn":"3/0/","n":"9","v":1}]""", "/3/0/9 Integer 1")]
    [InlineData("/3/0", """[{"bn":"/3/0/9/","v":1}]""", "/3/0/9 Integer 1")]
    // Fields that nobody knows.
    [InlineData("/3/0", """[{"n":"/3/0/9","v":1,"u":"%","x":{"y":[1,2]},"s":5,"ut":3}]""", "/3/0/9 Integer 1")]
    // The null link as the specification's Table 4 has it, and base64 of the other alphabet.
    [InlineData("/66/1/2", """[{"n":"/66/1/2","vlo":"FFFF:FFFF"}]""", "/66/1/2 ObjectLink 65535:65535")]
    [InlineData("/3442/0/150", """[{"n":"/3442/0/150","vd":"+/8="}]""", "/3442/0/150 Opaque fbff")]
    public void Content_is_decoded(string path, string text, params string[] expected) => Assert.Equal(expected, Decode(Senml, path, Utf8(text)));

    [Fact]
    public void Fractions_of_seconds_are_kept()
    {
        List<ResourceEntry> entries = [];
        byte[] payload = Utf8("""[{"bn":"/3303/0/5700","bt":1699877805.766,"v":-128.8},{"bn":"/6/0/0","t":0.101,"v":-39.0}]""");
        Assert.True(Lwm2mContent.TryDecode(Senml, payload, Lwm2mPath.Root, Context, entries, out string? reason), reason);
        Assert.Equal(1699877805.766, entries[0].Timestamp!.Value, 1e-6);
        Assert.Equal(1699877805.867, entries[1].Timestamp!.Value, 1e-6);
    }

    [Fact]
    public void Times_below_2_to_the_28_are_relative_to_the_present()
    {
        // RFC 8428, 4.5.3; the present of these tests is 1700000000. A time of 0 is the present and says nothing.
        Assert.Equal(
            ["/3/0/9 Integer 1 @1699999990", "/3/0/9 Integer 2 @1700000005", "/3/0/9 Integer 3", "/3/0/9 Integer 4 @268435456", "/3/0/9 Integer 5 @1968435455"],
            Decode(
                Senml,
                "/3/0/9",
                Utf8("""[{"bn":"/3/0/9","v":1,"t":-10},{"v":2,"t":5},{"v":3,"t":0},{"v":4,"t":268435456},{"v":5,"t":268435455}]""")));
    }

    [Fact]
    public void Content_of_the_objects_that_links_lead_to_is_taken_when_the_caller_allows_it()
    {
        byte[] payload = Utf8("""[{"bn":"/","n":"65/0/0/0","vlo":"66:0"},{"n":"65/0/2","v":1},{"n":"66/0/0","vs":"myService1"}]""");
        Assert.Contains("/66/0/0", Refuse(Senml, "/65/0", payload));
        Assert.Equal(
            ["/65/0/0/0 ObjectLink 66:0", "/65/0/2 Integer 1", "/66/0/0 String myService1"],
            Decode(Senml, "/65/0", payload, new ContentContext(Models, Now) { AllowsOtherObjects = true }));
    }

    [Theory]
    // Table 7.5.6-5 and Leshan's encoder.
    [InlineData("/3/0/0", """[{"bn":"/3/0/0","vs":"Open Mobile Alliance"}]""", "/3/0/0 String Open Mobile Alliance")]
    [InlineData("/3/0/7", """[{"bn":"/3/0/7/","n":"0","v":3800},{"n":"1","v":5000}]""", "/3/0/7/0 Integer 3800", "/3/0/7/1 Integer 5000")]
    [InlineData("/0/0/3", """[{"bn":"/0/0/3","vd":"q83v"}]""", "/0/0/3 Opaque abcdef")]
    [InlineData("/3442/0", """[{"bn":"/3442/0/","n":"130","v":3.0},{"n":"125","v":18446744073709551615},{"n":"120","v":-9223372036854775808}]""", "/3442/0/130 Float 3", "/3442/0/125 UnsignedInteger 18446744073709551615", "/3442/0/120 Integer -9223372036854775808")]
    [InlineData("/3442/0", """[{"bn":"/3442/0/","n":"140","vb":true},{"n":"170","vlo":"3:0"},{"n":"180","vs":"</3/0>;x=\"y\""}]""", "/3442/0/140 Boolean true", "/3442/0/170 ObjectLink 3:0", "/3442/0/180 CoreLink </3/0>;x=\"y\"")]
    [InlineData("/3442/0/110", """[{"bn":"/3442/0/110","vs":"\"\\\b\f\n\r\t\u0001\u001fé😀"}]""", "/3442/0/110 String \"\\\b\f\n\r\t\u0001\u001fé😀")]
    [InlineData("/3442/0/160", """[{"bn":"/3442/0/160","v":1.5}]""", "/3442/0/160 Time 1.5")]
    // Table 7.5.6-3 with a time after 1978.
    [InlineData("/72/1/2", """[{"bn":"/72/1/2","bt":425462634,"v":22.4},{"v":22.9,"t":-25},{"v":24.1,"t":-45}]""", "/72/1/2 Float 22.4 @425462634", "/72/1/2 Float 22.9 @425462609", "/72/1/2 Float 24.1 @425462589")]
    // A value with a time beside one without: no base time, which would be of both.
    [InlineData("/3/0", """[{"bn":"/3/0/","n":"9","v":1,"t":1700000000},{"n":"10","v":2}]""", "/3/0/9 Integer 1 @1700000000", "/3/0/10 Integer 2")]
    public void Content_is_encoded(string path, string text, params string[] entries)
    {
        Assert.Equal(text, EncodeText(Senml, path, entries));
        Assert.Equal(entries, Decode(Senml, path, Utf8(text)));
    }

    [Theory]
    [InlineData("/3/0", "{}")]
    [InlineData("/3/0", "[")]
    [InlineData("/3/0", "[{]")]
    [InlineData("/3/0", "[1]")]
    [InlineData("/3/0", """[{"n":"/3/0/9","v":1}]x""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","v":1}][]""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","v":1,"v":2}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","v":1,"vs":"a"}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","v":"1"}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","v":0101}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","v":1e999}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","v":NaN}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","v":null}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","v":1,"t":"now"}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","vb":1}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/0","vs":5}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/0","vs":"\ud800"}]""")]
    [InlineData("/3/0", """[{"n":9,"v":1}]""")]
    [InlineData("/3442/0", """[{"n":"/3442/0/150","vd":"a"}]""")]
    [InlineData("/3442/0", """[{"n":"/3442/0/150","vd":"!"}]""")]
    [InlineData("/3442/0", """[{"n":"/3442/0/170","vlo":"1"}]""")]
    [InlineData("/3442/0", """[{"n":"/3442/0/120","v":9223372036854775808}]""")]
    [InlineData("/3442/0", """[{"n":"/3442/0/120","v":1.5}]""")]
    [InlineData("/3442/0", """[{"n":"/3442/0/120","vs":"a"}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","bver":11,"v":1}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","x_":1,"v":1}]""")]
    [InlineData("/3/0", """[{"bn":"urn:dev:mac:0024befffe804ff1/","n":"9","v":1}]""")]
    [InlineData("/3/0", """[{"bn":"/3/0/","n":"/9","v":1}]""")]
    [InlineData("/3/0", """[{"n":"/3/00/9","v":1}]""")]
    [InlineData("/3/0", """[{"n":"/3/0/65535","v":1}]""")]
    [InlineData("/3/0", """[{"n":"/3/0","v":1}]""")]
    [InlineData("/", """[{"bn":"/d01/3303/0/", "n":"5700", "v":22.1}]""")]
    public void Malformed_content_is_refused_with_a_reason(string path, string text) => Refuse(Senml, path, Utf8(text));

    [Fact]
    public void Text_that_is_not_UTF8_is_refused() =>
        Refuse(Senml, "/3/0", [.. """[{"n":"/3/0/0","vs":" """u8, 0xC3, 0x28, .. "\"}]"u8]);

    [Fact]
    public void Numbers_that_JSON_does_not_know_are_not_encoded()
    {
        Assert.Contains("NaN", RefuseToEncode(Senml, "/3442/0/130", "/3442/0/130 Float NaN"));
        Assert.NotEmpty(RefuseToEncode(Senml, "/3442/0/130", "/3442/0/130 Float -Infinity"));
        Assert.Contains("null", RefuseToEncode(Senml, "/3/0/4", "/3/0/4 null"));
    }

    /// <summary>RFC 8428, 4.5.3: numbers below 2^28 are relative to the present; a device whose clock was never set has no other times.</summary>
    [Fact]
    public void A_time_before_1978_is_told_relative_to_the_present()
    {
        string[] entries = ["/3/0/9 Integer 1 @100", "/3/0/10 Integer 2 @1700000000"];
        string json = Contents.EncodeText(ContentFormat.SenmlJson, "/3/0", entries);
        Assert.Contains("-1699999900", json, StringComparison.Ordinal);
        Assert.Equal(entries, Contents.Decode(ContentFormat.SenmlJson, "/3/0", Encoding.UTF8.GetBytes(json)));
    }
}
