using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class WriteTests
{
    private readonly World _world = new();
    private readonly ScriptedServer _server;
    private readonly TestDevice _device;
    private readonly ObjectInstance _portfolio;
    private readonly ObjectInstance _actuator;

    public WriteTests()
    {
        _server = new ScriptedServer(_world);
        _device = new TestDevice(_world, _server);
        _portfolio = new ObjectInstance(16) { [0, 0] = "a", [0, 1] = "b" };
        _actuator = new ObjectInstance(3306) { [5850] = false, [5851] = 10, [5750] = "lamp" };
        _device.Client.Objects.Add(_portfolio);
        _device.Client.Objects.Add(_actuator);
        _device.Start();
    }

    private ServerInstance Account => _device.Session.Server;

    [Fact]
    public void Plain_text_replaces_a_value()
    {
        // ETS 1.1-int-205.
        Assert.Equal(CoapCode.Changed, _server.Put("/1/0/2", "101").Code);
        Assert.Equal(CoapCode.Changed, _server.Put("/1/0/3", "1010").Code);
        Assert.Equal(CoapCode.Changed, _server.Put("/1/0/5", "2000").Code);

        Assert.Equal([101, 1010, 2000], new ushort[] { 2, 3, 5 }.Select(id => (int)Account[id].AsInteger()));
    }

    [Fact]
    public void Cbor_replaces_a_value()
    {
        // ETS 1.1-int-212.
        Assert.Equal(CoapCode.Changed, _server.Put("/1/0/2", ContentFormat.Cbor, Convert.FromHexString("1865")).Code);
        Assert.Equal(CoapCode.Changed, _server.Put("/1/0/6", ContentFormat.Cbor, Convert.FromHexString("F4")).Code);

        Assert.Equal(101, Account[2].AsInteger());
        Assert.False(Account[6].AsBoolean());
    }

    [Fact]
    public void A_partial_update_of_an_instance_leaves_the_rest()
    {
        // The bytes of ETS 1.1-int-215.
        CoapResponse response = _server.Post("/1/0", ContentFormat.Lwm2mTlv, Convert.FromHexString("C10265C20303F2C20507D0C10601C10755"));

        Assert.Equal(CoapCode.Changed, response.Code);
        Assert.Equal([101, 1010, 2000], new ushort[] { 2, 3, 5 }.Select(id => (int)Account[id].AsInteger()));
        Assert.True(Account[6].AsBoolean());
        Assert.Equal("U", Account[7].AsString());
        Assert.Equal(86400, Account[1].AsInteger());
        Assert.False(Account[23].AsBoolean());
    }

    [Fact]
    public void A_replacement_of_an_instance_takes_optional_values_away()
    {
        _server.Post("/1/0", ContentFormat.Lwm2mTlv, Convert.FromHexString("C10265C20303F2"));

        Assert.Equal(CoapCode.Changed, _server.Put("/1/0", ContentFormat.Lwm2mTlv, Convert.FromHexString("C20507D0C10600C10755")).Code);

        Assert.True(Account[2].IsNone);
        Assert.True(Account[3].IsNone);
        Assert.Equal(2000, Account[5].AsInteger());
        Assert.False(Account[6].AsBoolean());
        // Mandatory, and read-only: those stay.
        Assert.Equal(86400, Account[1].AsInteger());
        Assert.Equal(1, Account[0].AsInteger());
    }

    [Fact]
    public void What_servers_may_not_write_is_refused_and_stays()
    {
        // ETS 1.1-int-256.
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Put("/1/0/0", "123").Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Post("/1/0", ContentFormat.Lwm2mTlv, Convert.FromHexString("C1007BC10265")).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Put("/3303/0/5700", "1").Code);

        Assert.Equal("1", _server.Get("/1/0/0").Text);
        Assert.True(Account[2].IsNone, "nothing of a refused write is taken");
    }

    [Theory]
    [InlineData("/3306/0/5851", "101")]
    [InlineData("/3306/0/5851", "-1")]
    [InlineData("/3306/0/5851", "x")]
    [InlineData("/3306/0/5851", "1.5")]
    [InlineData("/3306/0/5850", "2")]
    [InlineData("/3306/0/5850", "")]
    public void A_value_of_the_wrong_form_or_out_of_range_is_a_bad_request(string path, string text)
    {
        Assert.Equal(CoapCode.BadRequest, _server.Put(path, text).Code);
        Assert.Equal(10, _actuator[5851].AsInteger());
    }

    [Fact]
    public void All_values_are_taken_or_none()
    {
        // On/Off is fine, the dimmer is out of range.
        CoapResponse response = _server.Post("/3306/0", ContentFormat.SenmlJson, """[{"bn":"/3306/0/","n":"5850","vb":true},{"n":"5851","v":400}]"""u8.ToArray());

        Assert.Equal(CoapCode.BadRequest, response.Code);
        Assert.False(_actuator[5850].AsBoolean());
    }

    [Fact]
    public void What_the_client_does_not_know_in_an_instance_is_passed_over()
    {
        CoapResponse response = _server.Post("/3306/0", ContentFormat.SenmlJson, """[{"bn":"/3306/0/","n":"5850","vb":true},{"n":"5853","vs":"x"},{"n":"4711","v":1}]"""u8.ToArray());

        Assert.Equal(CoapCode.Changed, response.Code);
        Assert.True(_actuator[5850].AsBoolean());
        Assert.True(_actuator[5853].IsNone, "optional, and not supported here");
    }

    [Theory]
    [InlineData("/3306/0/5853")]
    [InlineData("/3306/0/4711")]
    [InlineData("/3306/1/5850")]
    [InlineData("/16/0/0/7")]
    public void A_target_that_is_not_there_is_not_found(string path) => Assert.Equal(CoapCode.NotFound, _server.Put(path, "1").Code);

    [Theory]
    [InlineData("/3306/0", 0)]
    [InlineData("/3306/0/5850", 41)]
    [InlineData("/3306/0/5850", 40)]
    [InlineData("/3306/0/5850", 320)]
    public void Another_format_is_not_supported(string path, ushort format) =>
        Assert.Equal(CoapCode.UnsupportedContentFormat, _server.Put(path, new ContentFormat(format), "1"u8.ToArray()).Code);

    [Fact]
    public void A_write_without_a_format_is_refused_but_by_clients_of_the_first_release()
    {
        var request = new CoapRequest(CoapCode.Put, "/3306/0/5850") { Payload = "1"u8.ToArray() };
        Assert.Equal(CoapCode.UnsupportedContentFormat, _server.Request(request).Code);

        TestDevice old = new(_world, _server, o => o with { Version = Lwm2mVersion.V10 });
        var actuator = new ObjectInstance(3306) { [5850] = false };
        old.Client.Objects.Add(actuator);
        old.Start();

        Assert.Equal(CoapCode.Changed, _server.Request(request).Code);
        Assert.True(actuator[5850].AsBoolean());
    }

    [Fact]
    public void A_whole_object_is_not_written() => Assert.Equal(CoapCode.MethodNotAllowed, _server.Put("/3306", ContentFormat.Lwm2mTlv, [0x08, 0x00, 0x00]).Code);

    [Fact]
    public void One_instance_of_a_resource_is_written()
    {
        // ETS 1.1-int-228.
        Assert.Equal(CoapCode.Changed, _server.Put("/16/0/0/1", "test").Code);

        Assert.Equal("test", _server.Get("/16/0/0/1").Text);
        Assert.Equal("a", _portfolio[0, 0].AsString());
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Put("/3306/0/5850/0", "1").Code);
    }

    [Fact]
    public void A_multiple_resource_is_replaced_whole_or_updated_in_part()
    {
        Assert.Equal(CoapCode.Changed, _server.Post("/16/0/0", ContentFormat.SenmlJson, """[{"bn":"/16/0/0/","n":"1","vs":"B"},{"n":"5","vs":"F"}]"""u8.ToArray()).Code);
        Assert.Equal(["a", "B", "F"], Identities());

        Assert.Equal(CoapCode.Changed, _server.Put("/16/0/0", ContentFormat.SenmlJson, """[{"bn":"/16/0/0/","n":"2","vs":"only"}]"""u8.ToArray()).Code);
        Assert.Equal(["only"], Identities());
    }

    [Fact]
    public void An_object_link_must_point_to_something()
    {
        var container = new ObjectModel(
            32_000, ObjectVersion.Default, new ObjectVersion(1, 0), "Links", isMultiple: false, isMandatory: false,
            [new ResourceModel(0, "Link", ResourceOperations.Read | ResourceOperations.Write, false, true, ResourceType.ObjectLink, "", "")]);
        var instance = new ObjectInstance(container) { [0] = ResourceValue.FromObjectLink(ObjectLink.Null) };
        _device.Client.Objects.Add(instance);

        Assert.Equal(CoapCode.BadRequest, _server.Put("/32000/0/0", "3303:9").Code);
        Assert.Equal(CoapCode.BadRequest, _server.Put("/32000/0/0", "9:0").Code);
        foreach (string link in new[] { "3303:0", "3303:65535", "65535:65535" })
            Assert.Equal(CoapCode.Changed, _server.Put("/32000/0/0", link).Code);
    }

    [Fact]
    public void The_application_may_refuse_and_is_told()
    {
        var written = new List<string>();
        _actuator.Writing = entries =>
        {
            if (entries.Any(entry => entry.Path.ResourceId == 5851 && entry.Value.AsInteger() == 13))
                throw new CoapException(CoapCode.Forbidden, "not on my watch");
        };
        _actuator.Written = entries => written.AddRange(entries.Select(entry => entry.ToString()));

        CoapResponse refused = _server.Put("/3306/0/5851", "13");
        _server.Put("/3306/0/5851", "14");

        Assert.Equal("4.03 not on my watch", refused.ToString());
        Assert.Equal(["/3306/0/5851=14"], written);
    }

    [Fact]
    public void An_application_that_fails_is_an_internal_error_and_changes_nothing()
    {
        _actuator.Writing = _ => throw new InvalidOperationException("no");

        Assert.Equal(CoapCode.InternalServerError, _server.Put("/3306/0/5850", "1").Code);
        Assert.False(_actuator[5850].AsBoolean());
    }

    [Fact]
    public void A_composite_write_reaches_several_objects()
    {
        // The bytes of ETS 1.1-int-257.
        byte[] payload = Convert.FromHexString("83A321612F0065312F302F32021865A20065312F302F3604F5A20066332F302F31330200");

        Assert.Equal(CoapCode.Changed, _server.IPatch(ContentFormat.SenmlCbor, payload).Code);

        Assert.Equal(101, Account[2].AsInteger());
        Assert.True(Account[6].AsBoolean());
        Assert.InRange(long.Parse(_server.Get("/3/0/13").Text), 0, 1);
    }

    [Fact]
    public void A_composite_write_adds_instances_of_resources()
    {
        // ETS 1.1-int-230.
        byte[] payload = """[{"bn":"/","n":"1/0/1","v":61},{"n":"16/0/0/0","vs":"aa"},{"n":"16/0/0/1","vs":"bb"},{"n":"16/0/0/2","vs":"cc"},{"n":"16/0/0/3","vs":"dd"}]"""u8.ToArray();

        Assert.Equal(CoapCode.Changed, _server.IPatch(ContentFormat.SenmlJson, payload).Code);

        Assert.Equal(["aa", "bb", "cc", "dd"], Identities());
        _world.RunUntil(() => _server.Updates.Any());
        Assert.Equal(["lt=61"], _server.Updates.Single().Queries);
    }

    [Theory]
    [InlineData("""[{"n":"/3306/0/5850","vb":true},{"n":"/3306/0/5853","vs":"x"}]""", "4.04")]
    [InlineData("""[{"n":"/3306/0/5850","vb":true},{"n":"/3306/4/5850","vb":true}]""", "4.04")]
    [InlineData("""[{"n":"/3306/0/5850","vb":true},{"n":"/1/0/0","v":3}]""", "4.05")]
    [InlineData("""[{"n":"/3306/0/5850","vb":true},{"n":"/0/0/0","vs":"coap://x"}]""", "4.01")]
    [InlineData("""[{"n":"/3306/0/5850","vb":true},{"n":"/3306/0/5851","v":101}]""", "4.00")]
    [InlineData("""[{"n":"/3306/0/5850","vb":true},""", "4.00")]
    public void A_composite_write_that_cannot_be_done_whole_is_not_done(string payload, string code)
    {
        Assert.Equal(code, _server.IPatch(ContentFormat.SenmlJson, Encoding.UTF8.GetBytes(payload)).Code.ToString());
        Assert.False(_actuator[5850].AsBoolean());
    }

    [Fact]
    public void A_null_takes_an_instance_of_a_resource_away()
    {
        Assert.Equal(CoapCode.Changed, _server.IPatch(ContentFormat.SenmlEtchJson, """[{"n":"/16/0/0/1","v":null}]"""u8.ToArray()).Code);
        Assert.Equal(["a"], Identities());
        Assert.Equal(CoapCode.BadRequest, _server.IPatch(ContentFormat.SenmlEtchJson, """[{"n":"/16/0/0/1","v":null}]"""u8.ToArray()).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11542)]
    [InlineData(11543)]
    public void A_composite_write_in_another_format_is_not_supported(ushort format) =>
        Assert.Equal(CoapCode.UnsupportedContentFormat, _server.IPatch(new ContentFormat(format), "1"u8.ToArray()).Code);

    [Fact]
    public void A_long_value_is_written_in_blocks()
    {
        byte[] image = new byte[100_000];
        new Random(1).NextBytes(image);
        var container = new ObjectInstance(19) { [0, 0] = ResourceValue.FromOpaque(ReadOnlyMemory<byte>.Empty) };
        _device.Client.Objects.Add(container);

        Assert.Equal(CoapCode.Changed, _server.Put("/19/0/0/0", ContentFormat.OctetStream, image).Code);

        Assert.Equal(image, container[0, 0].AsOpaque().ToArray());
    }

    [Fact]
    public void Resource_instances_are_not_added_without_end()
    {
        string Many(int from) => "[" + string.Join(',', Enumerable.Range(from, 1000).Select(i => $$"""{"n":"/16/0/0/{{i}}","vs":"x"}""")) + "]";

        Assert.Equal(CoapCode.Changed, _server.IPatch(ContentFormat.SenmlJson, Encoding.UTF8.GetBytes(Many(0))).Code);
        Assert.Equal(CoapCode.Changed, _server.IPatch(ContentFormat.SenmlJson, Encoding.UTF8.GetBytes(Many(1000))).Code);
        Assert.Equal(CoapCode.BadRequest, _server.IPatch(ContentFormat.SenmlJson, Encoding.UTF8.GetBytes(Many(2000))).Code);
        Assert.Equal(CoapCode.BadRequest, _server.IPatch(ContentFormat.SenmlJson, Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 2001).Select(_ => """{"n":"/16/0/0/1","vs":"x"}""")) + "]")).Code);
    }

    private IEnumerable<string> Identities() => Enumerable.Range(0, 10).Select(i => _portfolio[0, (ushort)i]).Where(value => !value.IsNone).Select(value => value.AsString());
}
