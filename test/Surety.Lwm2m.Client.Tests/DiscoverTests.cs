using Surety.Coap;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>Expected payloads: ETS 1.2, cases 260 to 266, and the examples of LwM2M Core 1.2.2, 6.3.2.</summary>
public sealed class DiscoverTests
{
    private const string Resources = "</3/0/1>,</3/0/2>,</3/0/3>,</3/0/4>,</3/0/6>;dim=2,</3/0/7>;dim=2{0},</3/0/8>;dim=2,</3/0/9>,</3/0/11>;dim=1,</3/0/16>";

    private readonly World _world = new();
    private readonly ScriptedServer _server;

    public DiscoverTests() => _server = new ScriptedServer(_world);

    [Fact]
    public void Shows_what_is_there_and_what_attributes_it_has()
    {
        // ETS 1.1-int-260.
        Start(Lwm2mVersion.V11);
        Assert.Equal("</3>,</3/0>," + WithAttributes(""), Discover("/3"));

        Assert.Equal(CoapCode.Changed, _server.WriteAttributes("/3?pmin=10&pmax=200").Code);
        Assert.Equal("</3/0>;pmin=10;pmax=200," + WithAttributes(""), Discover("/3/0"));
        Assert.Equal(CoapCode.Changed, _server.WriteAttributes("/3/0/7?lt=1&gt=6&st=1").Code);

        Assert.Equal("</3/0>;pmin=10;pmax=200," + WithAttributes(";gt=6;lt=1;st=1"), Discover("/3/0"));
        Assert.Equal("</3/0/7>;dim=2;pmin=10;pmax=200;gt=6;lt=1;st=1,</3/0/7/0>,</3/0/7/1>", Discover("/3/0/7"));
    }

    [Fact]
    public void Attributes_stand_at_four_levels()
    {
        // ETS 1.1-int-261.
        Start(Lwm2mVersion.V11);
        Assert.Equal("</3/0/11>;dim=1,</3/0/11/0>", Discover("/3/0/11"));

        _server.WriteAttributes("/3?pmin=10&pmax=200");
        _server.WriteAttributes("/3/0?pmax=320");
        _server.WriteAttributes("/3/0/11/0?pmax=100&epmin=1&epmax=20");

        Assert.Equal("</3/0/11>;dim=1;pmin=10;pmax=320,</3/0/11/0>;pmax=100;epmin=1;epmax=20", Discover("/3/0/11"));
    }

    [Fact]
    public void Since_1_2_a_server_says_how_deep_it_wants_to_look_and_sees_its_defaults()
    {
        // ETS 1.2-int-264.
        Start(Lwm2mVersion.V12, a => a with { DefaultMinimumPeriod = 1, DefaultMaximumPeriod = 10 });
        Assert.Equal("</3>;pmin=1;pmax=10,</3/0>", Discover("/3?depth=1"));

        _server.WriteAttributes("/3/0?pmax=200");

        Assert.Equal("</3>;pmin=1;pmax=10,</3/0>;pmax=200", Discover("/3?depth=1"));
        Assert.Equal("</3/0>;pmin=1;pmax=200", Discover("/3/0?depth=0"));
        Assert.Equal("</3>;pmin=1;pmax=10", Discover("/3?depth=0"));
    }

    [Fact]
    public void Depth_three_shows_instances_of_resources()
    {
        // ETS 1.2-int-266, whose expectation leaves the first link out.
        Start(Lwm2mVersion.V12);
        Assert.Equal("</3>,</3/0>," + WithAttributes(""), Discover("/3?depth=2"));

        _server.WriteAttributes("/3?pmin=10&pmax=200");
        _server.WriteAttributes("/3/0/7?lt=1&gt=6&st=1");
        _server.WriteAttributes("/3/0/7/1?gt=8");

        Assert.Equal(
            "</3>;pmin=10;pmax=200,</3/0>,</3/0/1>,</3/0/2>,</3/0/3>,</3/0/4>,</3/0/6>;dim=2,</3/0/6/0>,</3/0/6/1>,</3/0/7>;dim=2;gt=6;lt=1;st=1,</3/0/7/0>,</3/0/7/1>;gt=8,"
            + "</3/0/8>;dim=2,</3/0/8/0>,</3/0/8/1>,</3/0/9>,</3/0/11>;dim=1,</3/0/11/0>,</3/0/16>",
            Discover("/3?depth=3"));
    }

    [Fact]
    public void The_first_release_shows_no_instances_of_resources()
    {
        Start(Lwm2mVersion.V10);

        Assert.Equal("</3/0/7>;dim=2", Discover("/3/0/7"));
    }

    [Fact]
    public void An_object_tells_a_version_that_is_not_implied()
    {
        Start(Lwm2mVersion.V11);

        Assert.StartsWith("</3303>;ver=1.1,</3303/0>,</3303/0/5601>", Discover("/3303"), StringComparison.Ordinal);
        Assert.StartsWith("</1>,</1/0>,", Discover("/1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_server_sees_its_own_attributes()
    {
        // ETS 1.0-int-951.
        var second = new ScriptedServer(_world);
        new TestDevice(_world, [_server.Endpoint, second.Endpoint]).Start();
        _server.WriteAttributes("/3/0?pmin=2&pmax=10");
        second.WriteAttributes("/3/0?pmin=15&pmax=50");

        Assert.StartsWith("</3/0>;pmin=2;pmax=10,", _server.Get("/3/0", ContentFormat.LinkFormat).Text, StringComparison.Ordinal);
        Assert.StartsWith("</3/0>;pmin=15;pmax=50,", second.Get("/3/0", ContentFormat.LinkFormat).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_without_a_value_are_taken_back()
    {
        Start(Lwm2mVersion.V11);
        _server.WriteAttributes("/3/0/9?pmin=10&pmax=60");

        Assert.Equal(CoapCode.Changed, _server.WriteAttributes("/3/0/9?pmin").Code);

        Assert.Equal("</3/0/9>;pmax=60", Discover("/3/0/9"));
    }

    [Theory]
    [InlineData("/3/0/9?lt=10&gt=5")]
    [InlineData("/3/0/9?lt=10&gt=20&st=5")]
    [InlineData("/3/0/9?pmin=x")]
    [InlineData("/3/0/9?nonsense=1")]
    [InlineData("/3/0/9?pmin=1&pmin=2")]
    [InlineData("/3/0?gt=5")]
    [InlineData("/3/0/1?gt=5")]
    [InlineData("/3/0/9?edge=1")]
    [InlineData("/3/0/9?epmin=10&epmax=5")]
    [InlineData("/3/0/9")]
    public void Attributes_that_make_no_sense_are_a_bad_request(string pathAndQuery)
    {
        Start(Lwm2mVersion.V12);

        Assert.Equal(CoapCode.BadRequest, _server.WriteAttributes(pathAndQuery).Code);
        Assert.Equal("</3/0/9>", Discover("/3/0/9"));
    }

    [Fact]
    public void Attributes_that_contradict_earlier_ones_are_refused()
    {
        Start(Lwm2mVersion.V11);
        _server.WriteAttributes("/3/0/9?gt=50");

        Assert.Equal(CoapCode.BadRequest, _server.WriteAttributes("/3/0/9?lt=60").Code);
        Assert.Equal("</3/0/9>;gt=50", Discover("/3/0/9"));
    }

    [Theory]
    [InlineData("/3/0/22?pmin=1")]
    [InlineData("/9?pmin=1")]
    [InlineData("/3/0/11/4?pmin=1")]
    public void Attributes_of_what_is_not_there_are_not_found(string pathAndQuery)
    {
        Start(Lwm2mVersion.V11);

        Assert.Equal(CoapCode.NotFound, _server.WriteAttributes(pathAndQuery).Code);
    }

    [Fact]
    public void The_attributes_of_an_instance_go_with_it()
    {
        TestDevice device = Start(Lwm2mVersion.V11);
        _server.WriteAttributes("/3303/0/5700?pmin=7");

        device.Client.Objects.Find(3303)!.Remove(0);
        device.Client.Objects.Find(3303)!.Add(new ObjectInstance(3303) { [5700] = 1.0 });

        Assert.Equal("</3303/0/5700>", Discover("/3303/0/5700"));
    }

    [Theory]
    [InlineData("/3?depth=4")]
    [InlineData("/3?depth=x")]
    public void A_depth_that_does_not_exist_is_a_bad_request(string pathAndQuery)
    {
        Start(Lwm2mVersion.V12);

        Assert.Equal(CoapCode.BadRequest, _server.Get(pathAndQuery, ContentFormat.LinkFormat).Code);
    }

    [Fact]
    public void What_is_not_there_cannot_be_discovered()
    {
        Start(Lwm2mVersion.V11);

        Assert.Equal(CoapCode.NotFound, _server.Get("/9", ContentFormat.LinkFormat).Code);
        Assert.Equal(CoapCode.MethodNotAllowed, _server.Get("/", ContentFormat.LinkFormat).Code);
    }

    private static string WithAttributes(string ofVoltage) => Resources.Replace("{0}", ofVoltage, StringComparison.Ordinal);

    private TestDevice Start(Lwm2mVersion version, Func<ServerAccount, ServerAccount>? account = null)
    {
        var device = new TestDevice(_world, _server, o => o with { Version = version }, account);
        // Configuration C.4.
        device.Client.Objects.Remove(3);
        ObjectModel model = ObjectModelRegistry.Default.Find(3, CoreObjects.ImpliedVersion(version, 3))!;
        var instance = new ObjectInstance(model)
        {
            [1] = "model", [2] = "serial", [3] = "1.0", [6, 0] = 1, [6, 1] = 2, [7, 0] = 3800, [7, 1] = 5000, [8, 0] = 125, [8, 1] = 900, [9] = 100, [11, 0] = 0, [16] = "U",
        };
        device.Client.Objects.Add(instance.OnExecute(4, () => { }));
        return device.Start();
    }

    private string Discover(string pathAndQuery)
    {
        CoapResponse response = _server.Get(pathAndQuery, ContentFormat.LinkFormat);
        Assert.Equal("2.05", response.ToString());
        Assert.Equal(ContentFormat.LinkFormat, response.ContentFormat);
        return response.Text;
    }
}
