using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

/// <summary>The JSON of LwM2M 1.0 (TS 1.0.2, 6.4.4).</summary>
public sealed class OmaJsonTests
{
    private static readonly ContentFormat Json = ContentFormat.Lwm2mJson;

    [Theory]
    // What Zephyr's client writes.
    [InlineData("/3442/0/120", """{"bn":"/3442/0/","e":[{"n":"120","v":-128}]}""", "/3442/0/120 Integer -128")]
    [InlineData("/3442/0/120", """{"bn":"/3442/0/","e":[{"n":"120","v":9223372036854775807}]}""", "/3442/0/120 Integer 9223372036854775807")]
    [InlineData("/3442/0/110", """{"bn":"/3442/0/","e":[{"n":"110","sv":"test_string"}]}""", "/3442/0/110 String test_string")]
    [InlineData("/3442/0/130", """{"bn":"/3442/0/","e":[{"n":"130","v":-123.125}]}""", "/3442/0/130 Float -123.125")]
    [InlineData("/3442/0/140", """{"bn":"/3442/0/","e":[{"n":"140","bv":true}]}""", "/3442/0/140 Boolean true")]
    [InlineData("/3442/0/170", """{"bn":"/3442/0/","e":[{"n":"170","ov":"65535:65535"}]}""", "/3442/0/170 ObjectLink 65535:65535")]
    [InlineData("/3442/0/150", """{"bn":"/3442/0/","e":[{"n":"150","sv":"AQIDBAU="}]}""", "/3442/0/150 Opaque 0102030405")]
    [InlineData("/3442/0/180", """{"bn":"/3442/0/","e":[{"n":"180","sv":"</3/0>"}]}""", "/3442/0/180 CoreLink </3/0>")]
    // Base names of every cut, and none: relative names belong to the path of the request.
    [InlineData("/3/0", """{"bn":"/","e":[{"n":"3/0/0","sv":"a"},{"n":"3/0/6/0","v":1}]}""", "/3/0/0 String a", "/3/0/6/0 Integer 1")]
    [InlineData("/3/0", """{"e":[{"n":"/3/0/0","sv":"a"},{"n":"/3/0/6/0","v":1}]}""", "/3/0/0 String a", "/3/0/6/0 Integer 1")]
    [InlineData("/3/0", """{"e":[{"n":"0","sv":"a"},{"n":"6/0","v":1}]}""", "/3/0/0 String a", "/3/0/6/0 Integer 1")]
    [InlineData("/3/0/9", """{"e":[{"n":"","v":1}]}""", "/3/0/9 Integer 1")]
    [InlineData("/3/0/9", """{"e":[{"v":1}]}""", "/3/0/9 Integer 1")]
    [InlineData("/1024/0", """{"bn":"1024/0/", "e":[{"n":"0","sv":"a string"},{"n":"1","v":10.5},{"n":"2","bv":true}]}""", "/1024/0/0 String a string", "/1024/0/1 Float 10.5", "/1024/0/2 Boolean true")]
    [InlineData("/3/0/11", """{"bn":"3/0/1","e":[{"n":"1/0","v":0},{"n":"1/1","v":0}]}""", "/3/0/11/0 Integer 0", "/3/0/11/1 Integer 0")]
    // Times: the base may come last; positive ones are absolute however small, as Leshan and the examples of TS 1.0 have them.
    [InlineData("/1024/0/1", """{"bn":"/1024/0/1","e":[{"v":22.9,"t":-30},{"v":22.4,"t":-5},{"v":24.1,"t":-50}],"bt":25462634}""", "/1024/0/1 Float 22.9 @25462604", "/1024/0/1 Float 22.4 @25462629", "/1024/0/1 Float 24.1 @25462584")]
    [InlineData("/1024/0/1", """{"e":[{"v":1.5,"t":-30},{"v":2.5}]}""", "/1024/0/1 Float 1.5 @1699999970", "/1024/0/1 Float 2.5")]
    // Empty.
    [InlineData("/2", """{"e":[]}""")]
    [InlineData("/2", """{"bn":"2", "e":[]}""")]
    [InlineData("/2/0", """{"e":[]}""", "/2/0 -")]
    [InlineData("/2/0", """{"bn":"2/0", "e":[]}""", "/2/0 -")]
    [InlineData("/3/0/6", """{"bn":"3/0/6", "e":[],"x":{"y":[]}}""", "/3/0/6 -")]
    public void Content_is_decoded(string path, string text, params string[] expected) => Assert.Equal(expected, Decode(Json, path, Utf8(text)));

    [Theory]
    // What Leshan writes.
    [InlineData("/1024/0/1", """{"bn":"/1024/0/1","e":[{"v":22.9,"t":500},{"v":22.4,"t":510}]}""", "/1024/0/1 Float 22.9 @500", "/1024/0/1 Float 22.4 @510")]
    [InlineData("/1024/0/1/0", """{"bn":"/1024/0/1/0","e":[{"v":22.9,"t":500},{"v":22.4,"t":510}]}""", "/1024/0/1/0 Float 22.9 @500", "/1024/0/1/0 Float 22.4 @510")]
    [InlineData("/1024", """{"bn":"/1024/","e":[{"n":"0/1","v":22.9,"t":210},{"n":"0/0","sv":"a string","t":220},{"n":"1/1","v":23.0,"t":220}]}""", "/1024/0/1 Float 22.9 @210", "/1024/0/0 String a string @220", "/1024/1/1 Float 23 @220")]
    [InlineData("/3442/0", """{"bn":"/3442/0/","e":[{"n":"140","bv":false},{"n":"150","sv":"+/8="},{"n":"160","v":1367491215},{"n":"170","ov":"1:2"}]}""", "/3442/0/140 Boolean false", "/3442/0/150 Opaque fbff", "/3442/0/160 Time 1367491215", "/3442/0/170 ObjectLink 1:2")]
    [InlineData("/2", """{"bn":"/2","e":[]}""")]
    public void Content_is_encoded(string path, string text, params string[] entries)
    {
        Assert.Equal(text, EncodeText(Json, path, entries));
        Assert.Equal(entries, Decode(Json, path, Utf8(text)));
    }

    [Theory]
    [InlineData("/2", "{}")]
    [InlineData("/2/0", """{"bn":"/2/0/"}""")]
    [InlineData("/3/0/6", "{}")]
    [InlineData("/2/0/0", """{"bn":"2/0/0", "e":[]}""")]
    [InlineData("/2/0/0", """{"bn":"2/0/","e":[{"n":"0"}]}""")]
    [InlineData("/3/0", """{"bn":"3/0/","e":[{"n":"1","sv":"client1"},{"n":"1","sv":"client2"}]}""")]
    [InlineData("/3/0/11", """{"bn":"3/0/11/","e":[{"n":"1","v":2},{"n":"1","v":0}]}""")]
    [InlineData("/3/0", """{"e":[],"e":[]}""")]
    [InlineData("/3/0", """{"e":{}}""")]
    [InlineData("/3/0", """{"bn":5,"e":[]}""")]
    [InlineData("/3/0", """{"bt":"x","e":[]}""")]
    [InlineData("/3/0", """{"e":[{"n":"9","v":1}]}x""")]
    [InlineData("/3/0", """{"e":[{"n":"9","v":1}]""")]
    [InlineData("/3/0", """{"e":[{"n":"9","v":1,"sv":"x"}]}""")]
    [InlineData("/3/0", """{"e":[{"n":"9","v":null}]}""")]
    [InlineData("/3/0", """[{"n":"/3/0/9","v":1}]""")]
    // Contiki-NG's Device: a record without value, then a stray brace.
    [InlineData("/3/0", """{"bn":"/3/0/","e":[{"n":"0","sv":"Contiki-NG"},{"n":"9"},}]}""")]
    [InlineData("/3442/0/120", """{"bn":"/3442/0/","e":[{"n":"120","v":9223372036854775808}]}""")]
    [InlineData("/3442/0/120", """{"bn":"/3442/0/","e":[{"n":"120","v":-9223372036854775809}]}""")]
    [InlineData("/3442/0/150", """{"bn":"/3442/0/","e":[{"n":"150","sv":"?"}]}""")]
    [InlineData("/", """{"bn":"/","e":[{"n":"A/0/0/0","ov":"B:0"}]}""")]
    public void Malformed_content_is_refused_with_a_reason(string path, string text) => Refuse(Json, path, Utf8(text));
}
