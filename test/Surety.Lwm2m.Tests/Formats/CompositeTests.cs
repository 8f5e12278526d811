using System.Buffers;
using System.Text;
using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

/// <summary>Path lists, SenML-ETCH (RFC 8790) and alternate paths.</summary>
public sealed class CompositeTests
{
    [Theory]
    // Core TS 1.2.2, Tables 7.5.6-6, -8, -10, -11 and -12.
    [InlineData("""[{"n":"/3/0/0"},{"n":"/3/0/9"},{"n":"/1/0/1"}]""", "/3/0/0", "/3/0/9", "/1/0/1")]
    [InlineData("""[{"bn":"/4/0/", "n":"0"},{"n":"1"},{"n":"2"},{"bn":"/6/", "n":"0"}]""", "/4/0/0", "/4/0/1", "/4/0/2", "/6/0")]
    [InlineData("""[{"n":"/"}]""", "/")]
    [InlineData("""[{"n":"/1"}]""", "/1")]
    [InlineData("""[{"n":"/1/0"},{"n":"/1/2"}]""", "/1/0", "/1/2")]
    [InlineData("""[{"bn":"/3/0/9"},{"bn":"/3/0/11/0"}]""", "/3/0/9", "/3/0/11/0")]
    public void A_path_list_is_decoded(string text, params string[] paths)
    {
        Assert.Equal(paths, DecodePaths(ContentFormat.SenmlJson, Utf8(text)));
        Assert.Equal(paths, DecodePaths(ContentFormat.SenmlEtchJson, Utf8(text)));
    }

    [Fact]
    public void A_path_list_is_encoded()
    {
        string[] paths = ["/4/0/0", "/4/0/1", "/"];
        Assert.Equal("""[{"n":"/4/0/0"},{"n":"/4/0/1"},{"n":"/"}]""", Encoding.UTF8.GetString(EncodePaths(ContentFormat.SenmlJson, paths)));
        Assert.Equal("""[{"n":"/4/0/0"},{"n":"/4/0/1"},{"n":"/"}]""", Encoding.UTF8.GetString(EncodePaths(ContentFormat.SenmlEtchJson, paths)));
        byte[] cbor = Hex("83 a100662f342f302f30 a100662f342f302f31 a100612f");
        Assert.Equal(cbor, EncodePaths(ContentFormat.SenmlCbor, paths));
        Assert.Equal(cbor, EncodePaths(ContentFormat.SenmlEtchCbor, paths));
        Assert.Equal(paths, DecodePaths(ContentFormat.SenmlCbor, cbor));
        Assert.Equal(paths, DecodePaths(ContentFormat.SenmlEtchCbor, cbor));
    }

    [Theory]
    [InlineData(110, """[{"bn":"/4/0/", "n":"0"},{"n":"1", "v":200}]""")]
    [InlineData(110, """[{"bn":"/4/0/", "n":"0"},{"n":"1", "t":20000000}]""")]
    [InlineData(110, "[]")]
    [InlineData(110, "")]
    [InlineData(110, "[{}]")]
    [InlineData(110, """[{"n":"/x"}]""")]
    [InlineData(110, """[{"n":"/1/2/3/4/5"}]""")]
    [InlineData(320, """[{"n":"/4/0/0","v":null}]""")]
    [InlineData(320, """[{"n":"/4/0/0","x":1}]""")]
    [InlineData(11543, """{"e":[{"n":"/4/0/0"}]}""")]
    [InlineData(0, "/4/0/0")]
    public void What_is_no_path_list_is_refused(int format, string text)
    {
        List<Lwm2mPath> paths = [new(9)];
        Assert.False(Lwm2mContent.TryDecodePaths(new ContentFormat((ushort)format), Utf8(text), Context, paths, out string? reason));
        Assert.NotEmpty(reason!);
        Assert.Equal([new Lwm2mPath(9)], paths);
    }

    [Fact]
    public void Path_lists_exist_in_SenML_only()
    {
        Assert.False(Lwm2mContent.TryEncodePaths(ContentFormat.Lwm2mCbor, [new Lwm2mPath(3)], Context, new ArrayBufferWriter<byte>(), out string? reason));
        Assert.Contains("11544", reason);
        Assert.False(Lwm2mContent.TryEncodePaths(ContentFormat.SenmlCbor, [], Context, new ArrayBufferWriter<byte>(), out reason));
        Assert.Contains("empty", reason);
    }

    [Fact]
    public void Null_removes_in_SenML_ETCH()
    {
        string[] patch = ["/16/0/0/1 null", "/1/0/1 Integer 61"];
        const string json = """[{"bn":"/","n":"16/0/0/1","v":null},{"n":"1/0/1","v":61}]""";
        byte[] cbor = Hex("82 a321612f006831362f302f302f3102f6 a20065312f302f3102183d");
        Assert.Equal(json, EncodeText(ContentFormat.SenmlEtchJson, "/", patch));
        Assert.Equal(cbor, Encode(ContentFormat.SenmlEtchCbor, "/", patch));
        Assert.Equal(patch, Decode(ContentFormat.SenmlEtchJson, "/", Utf8(json)));
        Assert.Equal(patch, Decode(ContentFormat.SenmlEtchCbor, "/", cbor));
        Refuse(ContentFormat.SenmlJson, "/", Utf8(json));
        Refuse(ContentFormat.SenmlCbor, "/", cbor);
    }

    [Fact]
    public void Records_of_SenML_ETCH_apply_one_after_the_other() => Assert.Equal(
        ["/16/0/0/1 null", "/16/0/0/1 String new"],
        Decode(ContentFormat.SenmlEtchJson, "/", Utf8("""[{"bn":"/16/0/0/1","v":null},{"vs":"new"}]""")));

    [Fact]
    public void Names_carry_the_alternate_path()
    {
        // Transport TS 1.2.2, 6.4.1.
        ContentContext context = new(Models, Now) { AlternatePath = "/lwm2m" };
        Assert.Equal(
            ["/3/0/0 String Open Mobile Alliance"],
            Decode(ContentFormat.SenmlJson, "/3/0/0", Utf8("""[{ "n":"/lwm2m/3/0/0", "vs":"Open Mobile Alliance" }]"""), context));
        Assert.Equal(
            """[{"bn":"/lwm2m/3/0/0","vs":"a"}]""",
            Encoding.UTF8.GetString(Encode(ContentFormat.SenmlJson, "/3/0/0", [Parse("/3/0/0 String a")], context)));
        Assert.Equal(
            """[{"bn":"/lwm2m/","n":"1/0/1","v":1},{"n":"3/0/9","v":2}]""",
            Encoding.UTF8.GetString(Encode(ContentFormat.SenmlJson, "/", [Parse("/1/0/1 Integer 1"), Parse("/3/0/9 Integer 2")], context)));
        Assert.Equal(
            Hex("81a2216c2f6c776d326d2f332f302f39021864"),
            Encode(ContentFormat.SenmlCbor, "/3/0/9", [Parse("/3/0/9 Integer 100")], context));
        Assert.Equal(["/3/0/9 Integer 100"], Decode(ContentFormat.SenmlCbor, "/3/0/9", Hex("81a2216c2f6c776d326d2f332f302f39021864"), context));

        ArrayBufferWriter<byte> output = new();
        Assert.True(Lwm2mContent.TryEncodePaths(ContentFormat.SenmlJson, [new Lwm2mPath(3, 0), Lwm2mPath.Root], context, output, out _));
        Assert.Equal("""[{"n":"/lwm2m/3/0"},{"n":"/lwm2m"}]""", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(["/3/0", "/"], DecodePaths(ContentFormat.SenmlJson, output.WrittenSpan.ToArray(), context));
    }

    [Fact]
    public void Names_without_the_alternate_path_are_accepted_and_those_of_others_are_not()
    {
        ContentContext context = new(Models, Now) { AlternatePath = "/lwm2m" };
        Assert.Equal(["/3/0/9 Integer 1"], Decode(ContentFormat.SenmlJson, "/3/0/9", Utf8("""[{"n":"/3/0/9","v":1}]"""), context));
        Refuse(ContentFormat.SenmlJson, "/3/0/9", Utf8("""[{"n":"/lwm2m2/3/0/9","v":1}]"""), context);
        Refuse(ContentFormat.SenmlJson, "/3/0/9", Utf8("""[{"n":"/other/3/0/9","v":1}]"""), context);
    }

    [Fact]
    public void The_registration_gives_the_alternate_path_and_the_versions()
    {
        Assert.True(RegistrationLinks.TryParse(
            "</lwm2m>;rt=\"oma.lwm2m\",</lwm2m/21>;ver=2.0,</lwm2m/3/0>"u8,
            out RegistrationLinks? links,
            out string? reason), reason);
        ContentContext context = new(Models, Now, links, Lwm2mVersion.V12);
        Assert.Equal("/lwm2m", context.AlternatePath);
        Assert.Equal(["/3/0/9 Integer 1"], Decode(ContentFormat.SenmlJson, "/3/0/9", Utf8("""[{"n":"/lwm2m/3/0/9","v":1}]"""), context));
    }

    [Fact]
    public void A_context_without_anything_takes_types_from_the_encoding()
    {
        Assert.Equal(["/3/0/13 Integer 5"], Decode(ContentFormat.SenmlJson, "/3/0/13", Utf8("""[{"n":"/3/0/13","v":5}]"""), default(ContentContext)));
        Assert.Equal(["/3/0/13 Opaque 05"], Decode(ContentFormat.Lwm2mTlv, "/3/0/13", Hex("c10d05"), default(ContentContext)));
        Assert.Equal(["/3/0/13 String 5"], Decode(ContentFormat.TextPlain, "/3/0/13", Utf8("5"), default(ContentContext)));
    }

    private static string[] DecodePaths(ContentFormat format, byte[] payload, ContentContext? context = null)
    {
        List<Lwm2mPath> paths = [];
        Assert.True(Lwm2mContent.TryDecodePaths(format, payload, context ?? Context, paths, out string? reason), reason);
        return [.. paths.Select(p => p.ToString())];
    }

    private static byte[] EncodePaths(ContentFormat format, string[] paths)
    {
        ArrayBufferWriter<byte> output = new();
        Lwm2mPath[] parsed = [.. paths.Select(p => Lwm2mPath.Parse(p))];
        Assert.True(Lwm2mContent.TryEncodePaths(format, parsed, Context, output, out string? reason), reason);
        return output.WrittenSpan.ToArray();
    }
}
