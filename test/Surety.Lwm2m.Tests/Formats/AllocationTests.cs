using System.Buffers;
using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

/// <summary>The paths of notifications and Send, a hundred thousand a second: nothing is allocated but the strings and octets that are wanted.</summary>
public sealed class AllocationTests
{
    // [{bn: "/3303/0/", n: "5700", v: 20.5}], and with two more records and a base time.
    private static readonly byte[] One = Hex("81a321682f333330332f302f0064353730 3002f94d20");
    private static readonly byte[] Three = Hex("83a421682f333330332f302f221a68fa2f0400643537303002f94d20a20064353630 3102f94d00a300643536303206183c02f94d40");

    private readonly List<ResourceEntry> _entries = new(16);

    [Fact]
    public void SenML_CBOR_is_decoded_without_allocation()
    {
        Assert.Equal(["/3303/0/5700 Float 20.5"], Decode(ContentFormat.SenmlCbor, "/", One));
        Assert.Equal(
            ["/3303/0/5700 Float 20.5 @1761226500", "/3303/0/5601 Float 20 @1761226500", "/3303/0/5602 Float 21 @1761226560"],
            Decode(ContentFormat.SenmlCbor, "/", Three));
        Assert.Equal(0, AllocatedByDecoding(ContentFormat.SenmlCbor, "/", One));
        Assert.Equal(0, AllocatedByDecoding(ContentFormat.SenmlCbor, "/3303/0/5700", One));
        Assert.Equal(0, AllocatedByDecoding(ContentFormat.SenmlCbor, "/", Three));
    }

    [Fact]
    public void The_versions_and_the_alternate_path_of_a_registration_cost_no_allocation()
    {
        Assert.True(RegistrationLinks.TryParse("</a>;rt=oma.lwm2m,</a/3303>;ver=1.1,</a/3303/0>"u8, out RegistrationLinks? links, out _));
        ContentContext context = new(Models, Now, links, Lwm2mVersion.V12);
        Assert.Equal(0, AllocatedByDecoding(ContentFormat.SenmlCbor, "/", One, context));
    }

    [Theory]
    [InlineData(60, "/3/0/9", "1864")]
    [InlineData(0, "/3/0/9", "313030")]
    [InlineData(11542, "/3/0", "c10964c40d5182428f860641000141010 5")]
    [InlineData(11544, "/3/0", "a1820300a206a200010105091864")]
    public void Numbers_in_other_binary_formats_are_decoded_without_allocation(int format, string path, string hex) =>
        Assert.Equal(0, AllocatedByDecoding(new ContentFormat((ushort)format), path, Hex(hex)));

    [Fact]
    public void Numbers_in_JSON_are_decoded_without_allocation()
    {
        Assert.Equal(0, AllocatedByDecoding(ContentFormat.SenmlJson, "/", Utf8("""[{"bn":"/3303/0/","n":"5700","v":20.5},{"n":"5601","v":1}]""")));
        Assert.Equal(0, AllocatedByDecoding(ContentFormat.Lwm2mJson, "/3303/0", Utf8("""{"e":[{"n":"5700","v":20.5}]}""")));
    }

    [Fact]
    public void Text_costs_its_string_only()
    {
        byte[] payload = Hex("81a221662f332f302f300364414243 44");
        string expected = new('x', 4);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string copy = new(expected.AsSpan());
        long one = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(expected, copy);
        Assert.Equal(100 * one, AllocatedByDecoding(ContentFormat.SenmlCbor, "/", payload));
    }

    [Theory]
    [InlineData(112, "/")]
    [InlineData(112, "/3303/0")]
    [InlineData(110, "/")]
    [InlineData(11542, "/3303/0")]
    [InlineData(11544, "/")]
    public void Numbers_are_encoded_without_allocation(int number, string path)
    {
        ContentFormat format = new((ushort)number);
        ResourceEntry[] entries = [Parse("/3303/0/5601 Float 20.5"), Parse("/3303/0/5602 Integer 7"), Parse("/3303/0/5700 Float 0.1")];
        ArrayBufferWriter<byte> output = new(1_024);
        Lwm2mPath request = Lwm2mPath.Parse(path);
        bool isEncoded = true;
        for (int i = 0; i < 3; i++)
        {
            output.ResetWrittenCount();
            isEncoded &= Lwm2mContent.TryEncode(format, request, entries, Context, output, out _);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            output.ResetWrittenCount();
            isEncoded &= Lwm2mContent.TryEncode(format, request, entries, Context, output, out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(isEncoded);
    }

    private long AllocatedByDecoding(ContentFormat format, string path, byte[] payload, ContentContext? chosen = null)
    {
        ContentContext context = chosen ?? Context;
        Lwm2mPath request = Lwm2mPath.Parse(path);
        bool isDecoded = true;
        for (int i = 0; i < 3; i++)
        {
            _entries.Clear();
            isDecoded &= Lwm2mContent.TryDecode(format, payload, request, context, _entries, out _);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _entries.Clear();
            isDecoded &= Lwm2mContent.TryDecode(format, payload, request, context, _entries, out _);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(isDecoded);
        Assert.NotEmpty(_entries);
        return allocated;
    }
}
