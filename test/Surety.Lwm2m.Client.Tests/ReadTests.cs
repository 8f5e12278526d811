using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class ReadTests
{
    private readonly World _world = new();
    private readonly ScriptedServer _server;
    private readonly TestDevice _device;

    public ReadTests()
    {
        _server = new ScriptedServer(_world);
        _device = new TestDevice(_world, _server).Start();
    }

    [Theory]
    [InlineData("/3/0/0", "Open Mobile Alliance")]
    [InlineData("/3/0/16", "U")]
    [InlineData("/3/0/11/0", "0")]
    [InlineData("/1/0/1", "86400")]
    [InlineData("/1/0/6", "1")]
    [InlineData("/3303/0/5700", "21.5")]
    public void A_value_is_plain_text_unless_something_else_is_wanted(string path, string expected)
    {
        CoapResponse response = _server.Get(path);

        Assert.Equal(CoapCode.Content, response.Code);
        Assert.Equal(ContentFormat.TextPlain, response.ContentFormat);
        Assert.Equal(expected, response.Text);
    }

    [Fact]
    public void Octets_go_as_they_are_or_in_base64()
    {
        _device.Client.Objects.Add(new ObjectInstance(19) { [0, 0] = ResourceValue.FromOpaque(new byte[] { 1, 2, 3, 4, 5 }) });

        Assert.Equal("0102030405", Convert.ToHexString(_server.Get("/19/0/0/0").Payload.Span));
        Assert.Equal(ContentFormat.OctetStream, _server.Get("/19/0/0/0").ContentFormat);
        // LwM2M Core, table C-2.
        Assert.Equal("AQIDBAU=", _server.Get("/19/0/0/0", ContentFormat.TextPlain).Text);
    }

    [Theory]
    [InlineData(11542)]
    [InlineData(11543)]
    [InlineData(11544)]
    [InlineData(110)]
    [InlineData(112)]
    public void An_instance_goes_in_every_format_that_holds_many_values(ushort number)
    {
        var format = new ContentFormat(number);

        CoapResponse response = _server.Get("/3/0", format);

        Assert.Equal(format, response.ContentFormat);
        var entries = new List<ResourceEntry>();
        Assert.True(Lwm2mContent.TryDecode(format, response.Payload.Span, Lwm2mPath.Parse("/3/0"), new ContentContext(ObjectModelRegistry.Default, _world.Clock.GetUtcNow()), entries, out string? reason), reason);
        Assert.Equal(
            ["/3/0/0", "/3/0/1", "/3/0/2", "/3/0/3", "/3/0/11/0", "/3/0/13", "/3/0/16"],
            entries.Select(entry => entry.Path.ToString()).Order(StringComparer.Ordinal).OrderBy(path => Lwm2mPath.Parse(path)));
        Assert.Equal("345000123", entries.Single(entry => entry.Path == Lwm2mPath.Parse("/3/0/2")).Value.AsString());
    }

    [Theory]
    [InlineData(Lwm2mVersion.V10, 11542)]
    [InlineData(Lwm2mVersion.V11, 112)]
    [InlineData(Lwm2mVersion.V12, 11544)]
    public void Without_a_wish_many_values_go_in_the_preferred_format_of_the_release(Lwm2mVersion version, int expected)
    {
        new TestDevice(_world, _server, o => o with { Version = version }).Start();

        Assert.Equal(expected, (int)_server.Get("/3/0").ContentFormat!.Value.Value);
        Assert.Equal(expected, (int)_server.Get("/1").ContentFormat!.Value.Value);
    }

    [Fact]
    public void The_old_numbers_of_formats_are_answered_with_the_same_numbers()
    {
        CoapResponse response = _server.Get("/3/0", new ContentFormat(1542));

        Assert.Equal(CoapCode.Content, response.Code);
        Assert.Equal(1542, (int)response.ContentFormat!.Value.Value);
    }

    [Theory]
    [InlineData("/3/0", 0)]
    [InlineData("/3/0", 42)]
    [InlineData("/3/0", 60)]
    [InlineData("/3/0/11", 0)]
    [InlineData("/3/0/0", 42)]
    [InlineData("/3/0", 41)]
    [InlineData("/3/0", 320)]
    public void A_format_that_cannot_carry_it_is_not_acceptable(string path, ushort format) =>
        Assert.Equal(CoapCode.NotAcceptable, _server.Get(path, new ContentFormat(format)).Code);

    [Theory]
    [InlineData("/0")]
    [InlineData("/0/0")]
    [InlineData("/0/0/0")]
    [InlineData("/0/0/99")]
    [InlineData("/21/0")]
    [InlineData("/23/0")]
    public void Secrets_are_nobodys_business(string path)
    {
        Assert.Equal(CoapCode.Unauthorized, _server.Get(path).Code);
        Assert.Equal(CoapCode.Unauthorized, _server.Get(path, ContentFormat.LinkFormat).Code);
        Assert.Equal(CoapCode.Unauthorized, _server.Put(path, "x").Code);
        Assert.Equal(CoapCode.Unauthorized, _server.Delete(path).Code);
        Assert.Equal(CoapCode.Unauthorized, _server.WriteAttributes(path + "?pmin=30&pmax=45").Code);
        Assert.Equal(CoapCode.Unauthorized, _server.Get(path, observe: 0).Code);
    }

    [Theory]
    [InlineData("/9")]
    [InlineData("/3303/5")]
    [InlineData("/3/0/9")]
    [InlineData("/3/0/4711")]
    [InlineData("/3/0/11/5")]
    [InlineData("/3/0/00")]
    [InlineData("/3/0/0x1")]
    [InlineData("/3/65535")]
    [InlineData("/3/0/11/0/1")]
    [InlineData("/bs")]
    [InlineData("/.well-known/core")]
    public void What_is_not_there_is_not_found(string path) => Assert.Equal(CoapCode.NotFound, _server.Get(path).Code);

    [Theory]
    [InlineData("/3/0/4")]
    [InlineData("/1/0/8")]
    [InlineData("/3/0/0/0")]
    [InlineData("/")]
    public void What_cannot_be_read_is_not_allowed(string path) => Assert.Equal(CoapCode.MethodNotAllowed, _server.Get(path).Code);

    [Fact]
    public void Methods_that_mean_nothing_are_not_allowed()
    {
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Request(new CoapRequest(CoapCode.Fetch, "/3")).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Request(new CoapRequest(CoapCode.Patch, "/")).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Request(new CoapRequest(CoapCode.Post, "/")).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Request(new CoapRequest(CoapCode.Delete, "/3/0")).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Request(new CoapRequest(CoapCode.Delete, "/3")).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Request(new CoapRequest(CoapCode.Delete, "/3/0/0")).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Post("/3/0/0", ContentFormat.TextPlain, "x"u8.ToArray()).Code);
    }

    [Fact]
    public void An_object_without_instances_is_an_empty_answer()
    {
        _device.Client.Objects.Add(new Lwm2mObject(16));

        CoapResponse response = _server.Get("/16", ContentFormat.SenmlJson);

        Assert.Equal(CoapCode.Content, response.Code);
        Assert.True(response.Payload.IsEmpty);
    }

    [Fact]
    public void The_time_goes_on_by_itself_and_can_be_set()
    {
        long before = long.Parse(_server.Get("/3/0/13").Text);
        Assert.Equal(_world.Clock.GetUtcNow().ToUnixTimeSeconds(), before);

        Assert.Equal(CoapCode.Changed, _server.Put("/3/0/13", "1367491215").Code);
        _world.Run(100);

        Assert.InRange(long.Parse(_server.Get("/3/0/13").Text), 1367491314, 1367491316);
    }

    [Fact]
    public void A_long_value_is_read_in_blocks()
    {
        string text = new('x', 5000);
        _device.Device[0] = text;

        Assert.Equal(text, _server.Get("/3/0/0").Text);
        Assert.Equal(text, _server.Request(new CoapRequest(CoapCode.Get, "/3/0/0") { PreferredBlockSize = 64 }).Text);
    }

    [Fact]
    public void Several_paths_are_read_at_once()
    {
        // ETS 1.1-int-280.
        CoapResponse response = _server.Fetch(ContentFormat.SenmlJson, """[{"n":"/3/0/16"},{"n":"/3/0/11/0"},{"n":"/1/0"}]"""u8.ToArray());

        Assert.Equal(CoapCode.Content, response.Code);
        Assert.Equal(ContentFormat.SenmlJson, response.ContentFormat);
        Assert.Equal(["/1/0/0=1", "/1/0/1=86400", "/1/0/23=0", "/1/0/6=1", "/1/0/7=U", "/3/0/11/0=0", "/3/0/16=U"], Values(response));
    }

    [Fact]
    public void What_is_not_there_is_left_out_of_a_composite_read()
    {
        // ETS 1.1-int-236 and 281: absent Objects, and an executable Resource.
        CoapResponse response = _server.Fetch(ContentFormat.SenmlJson, """[{"n":"/1/0/1"},{"n":"/1/0/8"},{"n":"/3339/0/5522"},{"n":"/3353/0/6030"}]"""u8.ToArray());

        Assert.Equal(["/1/0/1=86400"], Values(response));
    }

    [Fact]
    public void A_composite_read_of_nothing_that_is_there_is_empty()
    {
        CoapResponse response = _server.Fetch(ContentFormat.SenmlJson, """[{"n":"/3339/0"}]"""u8.ToArray());

        Assert.Equal(CoapCode.Content, response.Code);
        Assert.True(response.Payload.IsEmpty);
    }

    [Fact]
    public void A_node_that_is_asked_for_twice_is_told_once()
    {
        CoapResponse response = _server.Fetch(ContentFormat.SenmlJson, """[{"n":"/3/0/16"},{"n":"/3/0"},{"n":"/3/0/16"}]"""u8.ToArray());

        Assert.Single(Values(response), value => value == "/3/0/16=U");
    }

    [Fact]
    public void The_root_is_everything_but_secrets()
    {
        // ETS 1.1-int-235.
        CoapResponse response = _server.Fetch(ContentFormat.SenmlJson, """[{"n":"/"}]"""u8.ToArray());

        string[] values = Values(response);
        Assert.Contains("/1/0/1=86400", values);
        Assert.Contains("/3303/0/5700=21.5", values);
        Assert.DoesNotContain(values, value => value.StartsWith("/0/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_composite_read_of_secrets_is_refused() =>
        Assert.Equal(CoapCode.Unauthorized, _server.Fetch(ContentFormat.SenmlJson, """[{"n":"/3/0"},{"n":"/0/0/0"}]"""u8.ToArray()).Code);

    [Theory]
    [InlineData(112)]
    [InlineData(11544)]
    public void The_answer_to_a_composite_read_is_in_the_format_that_is_wanted(ushort format) =>
        Assert.Equal(format, _server.Fetch(new ContentFormat(320), """[{"n":"/3/0/16"}]"""u8.ToArray(), new ContentFormat(format)).ContentFormat!.Value.Value);

    [Theory]
    [InlineData(0)]
    [InlineData(11542)]
    public void A_list_of_paths_in_another_format_is_not_supported(ushort format) =>
        Assert.Equal(CoapCode.UnsupportedContentFormat, _server.Fetch(new ContentFormat(format), "/3/0"u8.ToArray()).Code);

    [Theory]
    [InlineData("[]")]
    [InlineData("[{]")]
    [InlineData("""[{"n":"/3/0/x"}]""")]
    public void A_broken_list_of_paths_is_a_bad_request(string list) =>
        Assert.Equal(CoapCode.BadRequest, _server.Fetch(ContentFormat.SenmlJson, Encoding.UTF8.GetBytes(list)).Code);

    private string[] Values(CoapResponse response)
    {
        var entries = new List<ResourceEntry>();
        Assert.True(
            Lwm2mContent.TryDecode(response.ContentFormat!.Value, response.Payload.Span, Lwm2mPath.Root, new ContentContext(ObjectModelRegistry.Default, _world.Clock.GetUtcNow()), entries, out string? reason),
            reason);
        return [.. entries.Select(entry => $"{entry.Path}={entry.Value}").Order(StringComparer.Ordinal)];
    }
}
