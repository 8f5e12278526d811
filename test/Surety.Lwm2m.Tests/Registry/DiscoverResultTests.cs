using System.Buffers;
using System.Text;

namespace Surety.Lwm2m.Tests.Registry;

public sealed class DiscoverResultTests
{
    [Fact]
    public void A_discover_of_an_instance_is_read()
    {
        // Core TS 1.2.2, 6.3.2.
        DiscoverResult result = Parse(
            "</3/0>;pmin=10;pmax=60, </3/0/1>, </3/0/4>, </3/0/6>;dim=2, </3/0/6/0>, </3/0/7>;dim=2;gt=50;lt=42.2, </3/0/7/1>;lt=45");
        Assert.Equal(
            ["/3/0 ;pmin=10;pmax=60", "/3/0/1 ", "/3/0/4 ", "/3/0/6 2", "/3/0/6/0 ", "/3/0/7 2;gt=50;lt=42.2", "/3/0/7/1 ;lt=45"],
            result.Links.Select(l => $"{l.Path} {l.Dimension}{l.Attributes}"));
        Assert.Null(result.EnablerVersion);
    }

    [Theory]
    // Core TS 1.2.2, 6.1.7.3, with the slashes and spaces that it has; Zephyr's quotes; the form of TS 1.0 and 1.1 without a link.
    [InlineData("</>;lwm2m=1.2,</0/0>;ssid=101;uri=\"coaps://s1\", </0/1/>, </0/2>;ssid=102", "1.2")]
    [InlineData("</>;lwm2m=\"1.0\",</0/0>;ssid=101;uri=\"coaps://s1\",</0/1>,</0/2>;ssid=102", "1.0")]
    [InlineData("lwm2m=1.0,</0/0>;ssid=101;uri=\"coaps://s1\",</0/1/>,</0/2>;ssid=102", "1.0")]
    public void A_bootstrap_discover_is_read(string payload, string version)
    {
        DiscoverResult result = Parse(payload);
        Assert.Equal(version, result.EnablerVersion?.ToString());
        Assert.Equal(["/0/0 101 coaps://s1", "/0/1  ", "/0/2 102 "], result.Links.Select(l => $"{l.Path} {l.ShortServerId} {l.ServerUri}"));
    }

    [Fact]
    public void Versions_are_read_with_and_without_quotes()
    {
        // ETS 1201, and Core TS 1.2.2, 6.1.7.3.
        Assert.Equal(new ObjectVersion(1, 1), Parse("</10>;ver=\"1.1\",</10/0>").Links[0].Version);
        Assert.Equal(new ObjectVersion(1, 9), Parse("</55>;ver=1.9,</55/0>").Links[0].Version);
    }

    [Fact]
    public void Targets_come_with_and_without_the_alternate_path()
    {
        string[] paths = ["/3", "/3/0"];
        Assert.Equal(paths, Parse("</rp/3>,</rp/3/0>", "/rp").Links.Select(l => l.Path.ToString()));
        Assert.Equal(paths, Parse("</3>,</3/0>", "/rp").Links.Select(l => l.Path.ToString()));
        Assert.Equal(["/16/0/0"], Parse("</16/0/0/>;dim=4,</x/y>").Links.Select(l => l.Path.ToString()));
    }

    [Fact]
    public void Values_of_the_wrong_form_are_kept_as_they_are()
    {
        DiscoveredLink link = Assert.Single(Parse("</3/0/11>;dim=70000;ssid=0;pmin;gt=x;vendor=\"a b\"").Links);
        Assert.Null(link.Dimension);
        Assert.True(link.Attributes.IsEmpty);
        Assert.Equal(
            [new("dim", "70000"), new("ssid", "0"), new("pmin", null), new("gt", "x"), new("vendor", "a b", true)],
            link.Others);
    }

    [Fact]
    public void A_result_is_written()
    {
        DiscoverResult discover = new(
            [
                new(new Lwm2mPath(3, 0)) { Attributes = new NotificationAttributes { MinimumPeriod = 10, MaximumPeriod = 60 } },
                new(new Lwm2mPath(3, 0, 7)) { Dimension = 2, Attributes = new NotificationAttributes { GreaterThan = 50, LessThan = 42.2 } },
                new(new Lwm2mPath(3, 0, 7, 0)),
            ],
            null);
        Assert.Equal("</rp/3/0>;pmin=10;pmax=60,</rp/3/0/7>;dim=2;gt=50;lt=42.2,</rp/3/0/7/0>", Write(discover, "/rp"));

        // Leshan's client, Bootstrap-Discover of the root.
        const string bootstrap =
            "</>;lwm2m=1.0,</0/0>;ssid=111;uri=\"coap://localhost:11\",</0/1>;uri=\"coap://localhost:1\",</1>;ver=2.0,</1/0>;ssid=333,</2>;ver=2.0,</3/0>";
        Assert.Equal(bootstrap, Write(Parse(bootstrap), ""));
    }

    [Theory]
    [InlineData("</3/0>;pmin=")]
    [InlineData("</3/0> </3/1>")]
    [InlineData("</3>;pmin=60\n</4>;pmax=300")]
    public void Malformed_results_are_refused(string payload)
    {
        Assert.False(DiscoverResult.TryParse(Encoding.UTF8.GetBytes(payload), "", out DiscoverResult? result, out string? reason));
        Assert.Null(result);
        Assert.Contains("offset", reason);
    }

    private static DiscoverResult Parse(string payload, string alternatePath = "")
    {
        Assert.True(DiscoverResult.TryParse(Encoding.UTF8.GetBytes(payload), alternatePath, out DiscoverResult? result, out string? reason), reason);
        return result;
    }

    private static string Write(DiscoverResult result, string alternatePath)
    {
        ArrayBufferWriter<byte> output = new();
        result.Write(alternatePath, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
