using System.Buffers;
using System.Text;

namespace Surety.Coap.Tests.Links;

public sealed class LinkFormatTests
{
    [Theory]
    // Examples of RFC 6690, 5.
    [InlineData("</sensors>;ct=40")]
    [InlineData("</sensors/temp>;rt=\"temperature-c\";if=\"sensor\",</sensors/light>;rt=\"light-lux core.sen-light\";if=\"sensor\"")]
    [InlineData("</sensors>;ct=40;title=\"Sensor Index\",<http://www.example.com/sensors/t123>;anchor=\"/sensors/temp\";rel=\"describedby\"")]
    [InlineData("</t>;anchor=\"/sensors/temp\";rel=\"alternate\"")]
    [InlineData("</firmware/v2.1>;rt=\"firmware\";sz=262144")]
    // Leshan's tests: what belongs to a target, to an unquoted value, to a quoted one.
    [InlineData("</uri//>")]
    [InlineData("</%20>")]
    [InlineData("</-._~a-zA-Z0-9:@!$&'()*+,;=>")]
    [InlineData("</foo>;param=<,</bar>;param2=>")]
    [InlineData("</foo>;param=/")]
    [InlineData("</foo>;param=\",\",</bar>")]
    [InlineData("</foo>;param=\" \\\" \\\" \",</bar>")]
    [InlineData("</foo>;param=\" \\\\ \",</bar>")]
    [InlineData("</foo>;param=\"=\"")]
    [InlineData("</foo>;param=!#$%&'()*+-.:<=>?@[]^_`{|}~a1z9;param2=\"foo\";param3,</bar>")]
    [InlineData("</foo>;title*=UTF-8'en'x;obs")]
    [InlineData("</é>;title=\"été ☀\"")]
    [InlineData("<>")]
    [InlineData("")]
    public void A_document_is_read_and_written_as_it_was(string text)
    {
        IReadOnlyList<CoreLink> links = Parse(text);
        Assert.Equal(text, Write(links));
        Assert.Equal(links, Parse(Write(links)));
    }

    [Fact]
    public void Attributes_have_their_values()
    {
        CoreLink link = Assert.Single(Parse("</a>;rt=\"x y\";if=sensor;ct=\"0 40 x 70000\";sz=262144;title=\"a \\\"b\\\" \\\\ \\c\";obs;obs=1"));
        Assert.Equal("/a", link.Target);
        Assert.Equal("x y", link.ResourceTypes);
        Assert.Equal("sensor", link.Interfaces);
        Assert.Equal([ContentFormat.TextPlain, ContentFormat.LinkFormat], link.ContentFormats);
        Assert.Equal(262144u, link.Size);
        Assert.Equal("a \"b\" \\ c", link.Title);
        Assert.True(link.IsObservable);
        Assert.Equal(7, link.Attributes.Count);
        Assert.Equal(new LinkAttribute("obs", null), link.Find("obs"));
        Assert.Null(link.Find("none"));
    }

    [Fact]
    public void A_link_without_attributes_has_none()
    {
        CoreLink link = Assert.Single(Parse("</a>"));
        Assert.Null(link.ResourceTypes);
        Assert.Null(link.Interfaces);
        Assert.Null(link.Title);
        Assert.Null(link.Size);
        Assert.Empty(link.ContentFormats);
        Assert.False(link.IsObservable);
        Assert.Equal("</a>", link.ToString());
    }

    [Theory]
    // What peers write against the ABNF, and what the examples of LwM2M's specification contain.
    [InlineData("</1/0>, </3/0>", "</1/0>,</3/0>")]
    [InlineData(" </> ;\tparam = 123 \r\n,\n</b>; c = \"d\" ", "</>;param=123,</b>;c=\"d\"")]
    [InlineData("</>,,</a>,", "</>,</a>")]
    [InlineData("</>;;a;;", "</>;a")]
    [InlineData("</>;", "</>")]
    [InlineData(",", "")]
    [InlineData("</a>;x=\"\"", "</a>;x=\"\"")]
    public void White_space_and_empty_elements_are_skipped(string text, string meant) => Assert.Equal(meant, Write(Parse(text)));

    [Theory]
    [InlineData("<", 1)]
    [InlineData("</", 1)]
    [InlineData("//>", 0)]
    [InlineData("</a>x", 4)]
    [InlineData("</a></b>", 4)]
    [InlineData("</a>;=", 5)]
    [InlineData("</a>;param=", 11)]
    [InlineData("</a>;param=,</b>", 11)]
    [InlineData("</a>;pąrąm", 6)]
    [InlineData("</a>;param=ą", 11)]
    [InlineData("</a>;param=\"bar", 11)]
    [InlineData("</a>;param=\"bar\\\"", 11)]
    [InlineData("</a>;param=\"bar\\", 11)]
    [InlineData("</a>;param=\"bar\"x", 16)]
    [InlineData("</a b>", 3)]
    [InlineData("</a\0>", 3)]
    [InlineData("</ok>,</a>;b c", 13)]
    public void Malformed_documents_are_refused_with_the_offset(string text, int offset)
    {
        Assert.False(LinkFormat.TryParse(Encoding.UTF8.GetBytes(text), out IReadOnlyList<CoreLink>? links, out string? reason));
        Assert.Null(links);
        Assert.EndsWith($" at offset {offset}", reason);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused() => Assert.False(LinkFormat.TryParse([.. "</a>;t=\""u8, 0xC3, 0x28, (byte)'"'], out _, out _));

    [Fact]
    public void Counts_are_bounded()
    {
        string many = string.Concat(Enumerable.Repeat("</>,", LinkFormat.MaxLinks + 1));
        Assert.False(LinkFormat.TryParse(Encoding.UTF8.GetBytes(many), out _, out string? reason));
        Assert.Contains("links", reason);
        string attributes = "</>" + string.Concat(Enumerable.Repeat(";a", LinkFormat.MaxAttributes + 1));
        Assert.False(LinkFormat.TryParse(Encoding.UTF8.GetBytes(attributes), out _, out reason));
        Assert.Contains("attributes", reason);
    }

    [Fact]
    public void A_value_that_is_no_token_is_written_in_quotes()
    {
        CoreLink link = new("/a", new LinkAttribute("t", "a b"), new LinkAttribute("e", ""), new LinkAttribute("q", "x", IsQuoted: true), new LinkAttribute("n", "1"));
        Assert.Equal("</a>;t=\"a b\";e=\"\";q=\"x\";n=1", link.ToString());
    }

    [Fact]
    public void Links_are_equal_by_target_and_attributes()
    {
        CoreLink link = Parse("</a>;b=1")[0];
        Assert.Equal(link, Parse("</a>;b=1")[0]);
        Assert.Equal(link.GetHashCode(), Parse("</a>;b=1")[0].GetHashCode());
        Assert.NotEqual(link, Parse("</a>;b=2")[0]);
        Assert.NotEqual(link, Parse("</b>;b=1")[0]);
        Assert.False(link.Equals(null));
    }

    [Fact]
    public void The_reader_skips_attributes_that_nobody_asks_for()
    {
        LinkFormatReader reader = new("</a>;x=1;y=\",</z>\",</b>;c"u8);
        Assert.True(reader.ReadLink(out ReadOnlySpan<byte> target));
        Assert.Equal("/a"u8, target);
        Assert.True(reader.ReadLink(out target));
        Assert.Equal("/b"u8, target);
        Assert.True(reader.ReadAttribute(out LinkAttributeToken attribute));
        Assert.Equal("c"u8, attribute.Name);
        Assert.False(attribute.HasValue);
        Assert.Null(attribute.GetValue());
        Assert.False(reader.ReadAttribute(out _));
        Assert.False(reader.ReadLink(out _));
        Assert.Null(reader.Error);
    }

    [Fact]
    public void A_fault_in_skipped_attributes_is_found()
    {
        LinkFormatReader reader = new("</a>;x=\"1,</b>"u8);
        Assert.True(reader.ReadLink(out _));
        Assert.False(reader.ReadLink(out _));
        Assert.NotNull(reader.Error);
        Assert.False(reader.ReadAttribute(out _));
        Assert.False(reader.ReadLink(out _));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        byte[] payload = Encoding.UTF8.GetBytes("</>;rt=\"oma.lwm2m\";ct=\"60 110\",</1>;ver=1.1,</1/0>,</3303/0>");
        int links = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            LinkFormatReader reader = new(payload);
            while (reader.ReadLink(out _))
            {
                links++;
                while (reader.ReadAttribute(out LinkAttributeToken attribute)) links += attribute.HasValue ? 0 : 1;
            }
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(400, links);
    }

    [Fact]
    public void Mutated_documents_never_throw_and_what_is_accepted_can_be_written_and_read_again()
    {
        byte[] seed = Encoding.UTF8.GetBytes("</>;rt=\"oma.lwm2m\";ct=\"110 112\",</a/b>;x;y=1;z=\"q\\\"\\\\\", </1/0>;ver=1.1,</é>;t=\"☀\"");
        Random random = new(6690);
        int accepted = 0;
        for (int round = 0; round < 50_000; round++)
        {
            byte[] payload = [.. seed];
            for (int i = random.Next(3); i >= 0; i--)
            {
                int at = random.Next(payload.Length);
                payload = random.Next(3) switch
                {
                    0 => [.. payload[..at], (byte)random.Next(256), .. payload[(at + 1)..]],
                    1 => [.. payload[..at], .. payload[random.Next(at, payload.Length)..], (byte)'>'],
                    _ => [.. payload[..at], "<>;,=\"\\ "u8[random.Next(8)], .. payload[at..]],
                };
            }

            bool isRead = LinkFormat.TryParse(payload, out IReadOnlyList<CoreLink>? links, out string? reason);
            Assert.Equal(isRead, reason is null);
            if (!isRead) continue;
            accepted++;
            Assert.Equal(links!, Parse(Write(links!)));
        }

        Assert.InRange(accepted, 5_000, 45_000);
    }

    private static IReadOnlyList<CoreLink> Parse(string text)
    {
        Assert.True(LinkFormat.TryParse(Encoding.UTF8.GetBytes(text), out IReadOnlyList<CoreLink>? links, out string? reason), reason);
        return links;
    }

    private static string Write(IReadOnlyList<CoreLink> links)
    {
        ArrayBufferWriter<byte> output = new();
        LinkFormat.Write(links, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
