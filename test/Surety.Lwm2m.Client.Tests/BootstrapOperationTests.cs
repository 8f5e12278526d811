using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

public sealed class BootstrapOperationTests : BootstrapFixture
{
    [Fact]
    public void Discover_tells_instances_and_whose_they_are()
    {
        Begin();
        Assert.Equal("</>;lwm2m=1.1,</0/1>,</1>,</3/0>,</3303>;ver=1.1,</3303/0>", Discover("/"));
        WriteAccount();

        Assert.Equal($"""</>;lwm2m=1.1,</0/0>;ssid=101;uri="{_server.Uri}",</0/1>,</1/0>;ssid=101,</3/0>,</3303>;ver=1.1,</3303/0>""", Discover("/"));
        Assert.Equal("</>;lwm2m=1.1,</1/0>;ssid=101", Discover("/1"));
        Assert.Equal(CoapCode.NotFound, _bootstrap.Get("/4711", ContentFormat.LinkFormat).Code);
        Assert.Equal(CoapCode.BadRequest, _bootstrap.Get("/1/0", ContentFormat.LinkFormat).Code);
    }

    [Fact]
    public void Servers_and_rights_can_be_read_and_nothing_else()
    {
        Begin();
        WriteAccount();

        CoapResponse read = _bootstrap.Get("/1", ContentFormat.SenmlJson);
        Assert.Equal(CoapCode.Content, read.Code);
        Assert.Equal(
            ServerJson,
            read.Text);
        Assert.Equal(CoapCode.Content, _bootstrap.Get("/1/0", ContentFormat.Lwm2mTlv).Code);
        Assert.Equal(CoapCode.NotFound, _bootstrap.Get("/1/7").Code);
        Assert.Equal(CoapCode.NotFound, _bootstrap.Get("/2").Code);
        Assert.Equal(CoapCode.NotAcceptable, _bootstrap.Get("/1/0", ContentFormat.TextPlain).Code);
        foreach (string path in new[] { "/0", "/0/0", "/0/1/0", "/3", "/3/0/0", "/1/0/1", "/" })
            Assert.Equal(CoapCode.MethodNotAllowed, _bootstrap.Get(path).Code);
    }

    [Fact]
    public void Accounts_come_as_objects_in_TLV()
    {
        TestDevice device = Begin();
        byte[] uri = Encoding.UTF8.GetBytes(_server.Uri);
        // 0: string of one length byte; 1 false; 2 NoSec; 10: 101. Within instance 0 of the object.
        byte[] security = [0xC8, 0x00, (byte)uri.Length, .. uri, 0xC1, 0x01, 0x00, 0xC1, 0x02, 0x03, 0xC1, 0x0A, 0x65];
        byte[] server = [0xC1, 0x00, 0x65, 0xC2, 0x01, 0x01, 0x2C, 0xC1, 0x06, 0x01, 0xC1, 0x07, 0x55];

        Assert.Equal(CoapCode.Changed, _bootstrap.Put("/0", ContentFormat.Lwm2mTlv, [0x08, 0x00, (byte)security.Length, .. security]).Code);
        Assert.Equal(CoapCode.Changed, _bootstrap.Put("/1", ContentFormat.Lwm2mTlv, [0x08, 0x00, (byte)server.Length, .. server]).Code);
        Assert.Equal(CoapCode.Changed, Finish().Code);

        UntilRegistered(device);
        Assert.Contains("lt=300", _server.Registers.Single().Queries);
    }

    [Fact]
    public void Accounts_come_in_LwM2M_CBOR_and_SenML_CBOR()
    {
        TestDevice device = Begin(o => o with { Version = Lwm2mVersion.V12 });
        byte[] uri = Encoding.UTF8.GetBytes(_server.Uri);
        // {0: {0: {0: uri, 1: false, 2: 3, 10: 101}}}
        byte[] security = [0xA1, 0x00, 0xA1, 0x00, 0xA4, 0x00, 0x78, (byte)uri.Length, .. uri, 0x01, 0xF4, 0x02, 0x03, 0x0A, 0x18, 0x65];
        // [{-2: "/1/0/", 0: "0", 2: 101}, {0: "1", 2: 300}]
        byte[] server = [0x82, 0xA3, 0x21, 0x65, .. "/1/0/"u8, 0x00, 0x61, 0x30, 0x02, 0x18, 0x65, 0xA2, 0x00, 0x61, 0x31, 0x02, 0x19, 0x01, 0x2C];

        Assert.Equal(CoapCode.Changed, _bootstrap.Put("/0", ContentFormat.Lwm2mCbor, security).Code);
        Assert.Equal(CoapCode.Changed, _bootstrap.Put("/1/0", ContentFormat.SenmlCbor, server).Code);
        Assert.Equal(CoapCode.Changed, Finish().Code);

        UntilRegistered(device);
    }

    [Fact]
    public void Resources_are_written_one_by_one()
    {
        TestDevice device = Begin();
        WriteAccount();

        Assert.Equal(CoapCode.Changed, _bootstrap.Put("/1/0/1", "77").Code);
        Assert.Equal(CoapCode.Changed, _bootstrap.Put("/3/0/13", "1700000000").Code);
        Assert.NotEqual(1700000000, device.Device[13].AsTime());
        Finish();
        UntilRegistered(device);

        Assert.Contains("lt=77", _server.Registers.Single().Queries);
        Assert.InRange(device.Device[13].AsTime(), 1700000000, 1700000100);
        Assert.Equal("Open Mobile Alliance", device.Device[0].AsString());
    }

    [Fact]
    public void A_body_in_blocks_is_written_whole()
    {
        Begin();
        WriteAccount();
        string long_ = new('x', 2000);

        // A name that nobody defines is passed over, however long it is (Core 6.1.7.5).
        Assert.Equal(CoapCode.Changed, Write("/1/0", ServerJson[..^1] + $$""",{"n":"99","vs":"{{long_}}"}]"""));
        Assert.Equal(CoapCode.Changed, Finish().Code);
    }

    [Fact]
    public void What_cannot_be_written_changes_nothing()
    {
        TestDevice device = Begin();
        WriteAccount();
        string before = Discover("/");

        Assert.Equal(CoapCode.BadRequest, _bootstrap.Put("/1/0", ContentFormat.Lwm2mTlv, [0xC8, 0x01]).Code);
        Assert.Equal(CoapCode.BadRequest, _bootstrap.Put("/1/0", ContentFormat.SenmlCbor, [0x9F, 0x01]).Code);
        Assert.Equal(CoapCode.BadRequest, _bootstrap.Put("/1/0", ContentFormat.Lwm2mCbor, [0xFF]).Code);
        Assert.Equal(CoapCode.BadRequest, Write("/1/0", """[{"n":"/3/0/13","v":1}]"""));
        Assert.Equal(CoapCode.BadRequest, Write("/0/0", """[{"n":"/0/0/10","v":70000}]"""));
        Assert.Equal(CoapCode.BadRequest, Write("/0/0", """[{"n":"/0/0/0","v":3}]"""));
        Assert.Equal(CoapCode.BadRequest, Write("/4711/0", """[{"n":"/4711/0/0","v":3}]"""));
        Assert.Equal(CoapCode.BadRequest, Write("/3303/5", """[{"n":"/3303/5/5700","v":3}]"""));
        Assert.Equal(CoapCode.BadRequest, _bootstrap.Put("/1/0/99", "5").Code);
        Assert.Equal(CoapCode.UnsupportedContentFormat, _bootstrap.Put("/1/0", ContentFormat.TextPlain, [0x31]).Code);
        Assert.Equal(CoapCode.UnsupportedContentFormat, _bootstrap.Put("/1/0", ContentFormat.SenmlEtchJson, "[]"u8.ToArray()).Code);
        Assert.Equal(CoapCode.UnsupportedContentFormat, _bootstrap.Put("/1/0", new ContentFormat(4711), [0x31]).Code);
        Assert.Equal(CoapCode.BadRequest, Write("/", "[]"));
        Assert.Equal(CoapCode.MethodNotAllowed, _bootstrap.Post("/1", ContentFormat.SenmlJson, "[]"u8.ToArray()).Code);
        Assert.Equal(CoapCode.RequestEntityTooLarge, _bootstrap.Put("/1/0", ContentFormat.SenmlJson, new byte[3 * 1024 * 1024]).Code);

        Assert.Equal(before, Discover("/"));
        Assert.Equal(CoapCode.Changed, Finish().Code);
        UntilRegistered(device);
    }

    [Fact]
    public void An_application_may_refuse_values()
    {
        TestDevice device = Begin();
        device.Device.Writing = _ => throw new CoapException(CoapCode.BadRequest, "not that time");

        CoapResponse refusal = _bootstrap.Put("/3/0/13", "1700000000");

        Assert.Equal(CoapCode.BadRequest, refusal.Code);
        Assert.Equal("not that time", refusal.Text);
    }

    [Fact]
    public void Everything_can_be_deleted_but_the_bootstrap_account_and_the_device()
    {
        TestDevice device = Make();
        device.Client.Objects.Add(new Lwm2mObject(16) { AllowsDelete = true, AllowsCreate = true });
        device.Start(untilRegistered: false);
        _world.RunUntil(() => device.Client.Bootstrap.State == BootstrapState.Configuring);
        WriteAccount();
        Assert.Equal(CoapCode.Changed, Write("/16/0", """[{"n":"/16/0/0/0","vs":"p"}]"""));

        Assert.Equal(CoapCode.Deleted, _bootstrap.Delete("/16/0").Code);
        Assert.Equal(CoapCode.Deleted, _bootstrap.Delete("/0").Code);
        Assert.Equal(CoapCode.Deleted, _bootstrap.Delete("/1/0").Code);
        Assert.Equal("</>;lwm2m=1.1,</0/1>,</1>,</3/0>,</16>,</3303>;ver=1.1,</3303/0>", Discover("/"));
        WriteAccount();
        Assert.Equal(CoapCode.Deleted, _bootstrap.Delete("/").Code);
        Assert.Equal("</>;lwm2m=1.1,</0/1>,</1>,</3/0>,</16>,</3303>;ver=1.1,</3303/0>", Discover("/"));
        foreach (string path in new[] { "/0/1", "/3/0", "/3303/0", "/1/5", "/4711", "/1/0/1" })
            Assert.Equal(CoapCode.BadRequest, _bootstrap.Delete(path).Code);
    }

    [Fact]
    public void A_server_that_writes_over_the_bootstrap_account_moves_it()
    {
        TestDevice device = Begin();

        Assert.Equal(CoapCode.Changed, Write("/0/1", SecurityJson.Replace("/0/0/", "/0/1/", StringComparison.Ordinal)));
        Assert.Equal(CoapCode.Changed, Write("/1/0", ServerJson));
        Assert.Equal($"""</>;lwm2m=1.1,</0/1>;ssid=101;uri="{_server.Uri}",</0/2>""", Discover("/0"));
        Assert.Equal(CoapCode.Changed, Finish().Code);
        UntilRegistered(device);

        Assert.Equal(CoapUri.Parse(_bootstrap.Uri), device.Client.Bootstrap.Uri);
    }

    private string Discover(string path)
    {
        CoapResponse response = _bootstrap.Get(path, ContentFormat.LinkFormat);
        Assert.Equal(CoapCode.Content, response.Code);
        return response.Text;
    }
}
