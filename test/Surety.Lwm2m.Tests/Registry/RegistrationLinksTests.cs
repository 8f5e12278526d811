using System.Buffers;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Tests.Registry;

public sealed class RegistrationLinksTests
{
    [Theory]
    // Core TS 1.2.2, 6.2.1 and 7.2.3; Transport TS 1.2.2, 6.4.1 and Figure 6.5-1.
    [InlineData("</1/0>,</1/1>,</2/0>,</3/0>,</4/0>,</5>", "/1 /1/0 /1/1 /2 /2/0 /3 /3/0 /4 /4/0 /5", "")]
    [InlineData("</1/0>, </3/0>, </5/0>", "/1 /1/0 /3 /3/0 /5 /5/0", "")]
    [InlineData("</lwm2m>;rt=\"oma.lwm2m\", </lwm2m/1/0>,</lwm2m/1/1>,</lwm2m/5>", "/1 /1/0 /1/1 /5", "/lwm2m")]
    // The root link at the end, without quotes, among other types, with a slash at its end.
    [InlineData("</a/b/1/0>,</a/b>;rt=oma.lwm2m", "/1 /1/0", "/a/b")]
    [InlineData("</x/>;rt=\"core.rd oma.lwm2m\";ct=110,</x/3/0>", "/3 /3/0", "/x")]
    [InlineData("</>;rt=\"oma.lwm2m\";ct=110,</1>;ver=1.1,</1/0>,</31024/10>", "/1 /1/0 /31024 /31024/10", "")]
    // What Anjay sends: no root link, objects without instances, several versions.
    [InlineData("</1/1>,</2>,</3/0>,</4/0>,</10>;ver=1.1,</10/0>", "/1 /1/1 /2 /3 /3/0 /4 /4/0 /10 /10/0", "")]
    // Links out of order and twice, resources, a trailing slash, a relative reference, an end without link.
    [InlineData("</3/0>,</1/0>,</3/0>,</3>,</3/0/1>,</5/0/>,<6/0>,", "/1 /1/0 /3 /3/0 /5 /5/0 /6 /6/0", "")]
    // Links that are no LwM2M paths.
    [InlineData("</.well-known/core>,</sensors/temp>;rt=t,<coap://h/3/0>,</3/0>,</65535/0>,</>", "/3 /3/0", "")]
    [InlineData("</lwm2m>;rt=\"oma.lwm2m\",</3/0>,</lwm2m2/4/0>,</lwm2m/6/0>", "/6 /6/0", "/lwm2m")]
    [InlineData("", "", "")]
    public void An_object_list_is_read(string payload, string paths, string root)
    {
        RegistrationLinks links = Parse(payload);
        Assert.Equal(paths, string.Join(' ', links.Paths.ToArray()));
        Assert.Equal(root, links.RootPath);
    }

    [Fact]
    public void Objects_and_instances_are_looked_up()
    {
        RegistrationLinks links = Parse("</1/0>,</2>,</3/0>,</12/0>,</12/2>");
        Assert.True(links.Contains(Lwm2mPath.Root));
        Assert.True(links.Contains(new Lwm2mPath(1)));
        Assert.True(links.Contains(new Lwm2mPath(12, 2)));
        Assert.True(links.Contains(new Lwm2mPath(3, 0, 9, 1)));
        Assert.False(links.Contains(new Lwm2mPath(12, 1)));
        Assert.False(links.Contains(new Lwm2mPath(2, 0, 1)));
        Assert.False(links.Contains(new Lwm2mPath(13)));
        Assert.Equal([new Lwm2mPath(12, 0), new Lwm2mPath(12, 2)], links.InstancesOf(12).ToArray());
        Assert.Empty(links.InstancesOf(2).ToArray());
        Assert.Empty(links.InstancesOf(13).ToArray());
        Assert.Empty(links.InstancesOf(65535).ToArray());
        Assert.False(RegistrationLinks.Empty.Contains(new Lwm2mPath(3)));
    }

    [Theory]
    [InlineData("</1>;ver=1.1,</1/0>", "1.1")]
    [InlineData("</1>;ver=\"1.1\",</1/0>", "1.1")]
    [InlineData("</1/0>;ver=2.2", "2.2")]
    [InlineData("</1>;ver=1.1,</1/0>;ver=1.2", "1.1")]
    [InlineData("</1/0>,</3/0>;ver=1.2", null)]
    [InlineData("</1>;ver=one", null)]
    [InlineData("</1>;ver", null)]
    [InlineData("</1>;ver1.1", null)]
    public void Versions_stand_on_objects_and_instances(string payload, string? version) =>
        Assert.Equal(version, Parse(payload).VersionOf(1)?.ToString());

    [Theory]
    [InlineData("</>;ct=110,</1/0>", "110")]
    [InlineData("</>;ct=\"110 112 60\",</1/0>", "110 112 60")]
    [InlineData("</lwm2m>;ct=\"112  x 112 70000 11544\";rt=\"oma.lwm2m\",</lwm2m/1/0>", "112 11544")]
    [InlineData("</1/0>;ct=110", "")]
    public void The_root_link_announces_content_formats(string payload, string formats) =>
        Assert.Equal(formats, string.Join(' ', Parse(payload).ContentFormats.ToArray()));

    [Fact]
    public void Other_attributes_are_kept()
    {
        RegistrationLinks links = Parse("</>;rt=\"oma.lwm2m\";ct=110;sn=\"a\\\"b\",</3/0>;x;y=1;ver=1.1,</5>;ver=bad");
        Assert.Equal("sn=\"a\\\"b\"", links.AttributesOf(Lwm2mPath.Root));
        Assert.Equal("x;y=1", links.AttributesOf(new Lwm2mPath(3, 0)));
        Assert.Equal("ver=bad", links.AttributesOf(new Lwm2mPath(5)));
        Assert.Equal("", links.AttributesOf(new Lwm2mPath(3)));
    }

    [Theory]
    // Transport TS 1.2.2, Figure 6.4.3-1 as printed lacks a comma.
    [InlineData("</1/1>,</1/2>,</2/0></2/1>,</3/0>", "link format: expected ',' or ';' at offset 20")]
    [InlineData("</1/0", "link format: '<' without '>' at offset 1")]
    [InlineData("1/0", "link format: expected '<' at offset 0")]
    [InlineData("</1/0>;ver=\"1.1", "link format: quoted string without end at offset 11")]
    [InlineData("</1/0>;=1", "link format: expected the name of an attribute at offset 7")]
    [InlineData("</1/0>;ver=,</3/0>", "link format: expected a value after '=' at offset 11")]
    [InlineData("</ 1>", "link format: white space or control character in a target at offset 2")]
    [InlineData("</été>;rt=\"oma.lwm2m\"", "the alternate path is not an absolute path in ASCII")]
    [InlineData("<a>;rt=\"oma.lwm2m\"", "the alternate path is not an absolute path in ASCII")]
    public void Malformed_lists_are_refused_with_the_offset(string payload, string reason)
    {
        Assert.False(RegistrationLinks.TryParse(Encoding.UTF8.GetBytes(payload), out RegistrationLinks? links, out string? actual));
        Assert.Null(links);
        Assert.Equal(reason, actual);
    }

    [Fact]
    public void Sizes_are_bounded()
    {
        string path = "/" + new string('a', RegistrationLinks.MaxRootPath);
        Assert.False(RegistrationLinks.TryParse(Encoding.UTF8.GetBytes($"<{path}>;rt=\"oma.lwm2m\""), out _, out string? reason));
        Assert.Contains("alternate path", reason);
        string many = string.Join(',', Enumerable.Range(0, LinkFormat.MaxLinks + 1).Select(i => $"</3/{i}>"));
        Assert.False(RegistrationLinks.TryParse(Encoding.UTF8.GetBytes(many), out _, out reason));
        Assert.Contains("links", reason);
        Assert.False(RegistrationLinks.TryParse(new byte[RegistrationLinks.MaxPayload + 1], out _, out reason));
        Assert.Contains("octets", reason);
        Assert.Equal(1 + LinkFormat.MaxLinks, Parse(many[..many.LastIndexOf(',')]).Paths.Length);
    }

    [Fact]
    public void A_payload_is_written_as_servers_expect_it()
    {
        // Leshan's client, same Objects.
        RegisteredObject[] objects = [new(6, new ObjectVersion(2, 0), [0, 1]), new(5, null, []), new(3, null, [0])];
        Assert.Equal("</>;rt=\"oma.lwm2m\",</6>;ver=2.0,</6/0>,</6/1>,</5>,</3/0>", Write("", [], objects));
        Assert.Equal("</>;rt=\"oma.lwm2m\";ct=11542,</6>;ver=2.0", Write("", [ContentFormat.Lwm2mTlv], [new(6, new ObjectVersion(2, 0), [])]));
        Assert.Equal(
            "</lwm2m>;rt=\"oma.lwm2m\";ct=\"11542 11543 42\",</lwm2m/6>",
            Write("/lwm2m", [ContentFormat.Lwm2mTlv, ContentFormat.Lwm2mJson, ContentFormat.OctetStream], [new(6, null, [])]));

        RegistrationLinks links = Parse(Write("/lwm2m", [ContentFormat.SenmlCbor], objects));
        Assert.Equal("/3 /3/0 /5 /6 /6/0 /6/1", string.Join(' ', links.Paths.ToArray()));
        Assert.Equal(new ObjectVersion(2, 0), links.VersionOf(6));
        Assert.Equal([ContentFormat.SenmlCbor], links.ContentFormats.ToArray());
    }

    private static string Write(string root, ContentFormat[] formats, RegisteredObject[] objects)
    {
        ArrayBufferWriter<byte> output = new();
        RegisteredObject.WritePayload(root, formats, objects, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static RegistrationLinks Parse(string payload)
    {
        Assert.True(RegistrationLinks.TryParse(Encoding.UTF8.GetBytes(payload), out RegistrationLinks? links, out string? reason), reason);
        return links;
    }
}
