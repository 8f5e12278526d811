using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>
/// ETS 1.2, 6.3.31 to 6.3.34: Discover and Write-Attributes. Beyond what the ETS prints, the client tells Manufacturer, which DEV-MIN has, and the
/// dimension of Error Code, which 261 prints and 260 does not.
/// </summary>
public sealed class DiscoverTests
{
    private const string Resources = "</3/0/0>,</3/0/1>,</3/0/2>,</3/0/3>,</3/0/4>,</3/0/6>;dim=2,</3/0/7>;dim=2{0},</3/0/8>;dim=2,</3/0/9>,</3/0/11>;dim=1,</3/0/16>";

    private static readonly NotificationAttributes Periods = new() { MinimumPeriod = 10, MaximumPeriod = 200 };
    private static readonly NotificationAttributes Thresholds = new() { LessThan = 1, GreaterThan = 6, Step = 1 };

    [Fact]
    public void Int260_Discover()
    {
        using Bench bench = new Bench(device: Configurations.DeviceC4(Lwm2mVersion.V11)).Register();

        IReadOnlyList<DiscoveredLink> links = Discover(bench, "/3", "</3>,</3/0>," + With(""));
        Assert.Equal<ushort?>(2, links.Single(link => link.Path == Lwm2mPath.Parse("/3/0/7")).Dimension);
        bench.Exchange(ServerBench.WriteAttributes("/3", Periods), "PUT /3?pmin=10&pmax=200", "2.04");
        links = Discover(bench, "/3/0", "</3/0>;pmin=10;pmax=200," + With(""));
        Assert.Equal(Periods, links[0].Attributes);
        bench.Exchange(ServerBench.WriteAttributes("/3/0/7", Thresholds), "PUT /3/0/7?gt=6&lt=1&st=1", "2.04");
        Discover(bench, "/3/0", "</3/0>;pmin=10;pmax=200," + With(";gt=6;lt=1;st=1"));

        // The periods of the object are inherited. LwM2M 1.1 tells the resource instances besides.
        links = Discover(bench, "/3/0/7", "</3/0/7>;dim=2;pmin=10;pmax=200;gt=6;lt=1;st=1,</3/0/7/0>,</3/0/7/1>");
        Assert.Equal(Thresholds.Over(Periods), links[0].Attributes);
        bench.AssertNothingElse();
    }

    [Fact]
    public void Int261_WriteAttributesOnMultipleResource()
    {
        using Bench bench = new Bench().Register();

        Discover(bench, "/3/0/11", "</3/0/11>;dim=1,</3/0/11/0>");
        bench.Exchange(ServerBench.WriteAttributes("/3", Periods), "PUT /3?pmin=10&pmax=200", "2.04");
        bench.Exchange(ServerBench.WriteAttributes("/3/0", new NotificationAttributes { MaximumPeriod = 320 }), "PUT /3/0?pmax=320", "2.04");
        var ofInstance = new NotificationAttributes { MaximumPeriod = 100, MinimumEvaluationPeriod = 1, MaximumEvaluationPeriod = 20 };
        bench.Exchange(ServerBench.WriteAttributes("/3/0/11/0", ofInstance), "PUT /3/0/11/0?pmax=100&epmin=1&epmax=20", "2.04");

        // The ETS prints ampersands for semicolons.
        IReadOnlyList<DiscoveredLink> links = Discover(bench, "/3/0/11", "</3/0/11>;dim=1;pmin=10;pmax=320,</3/0/11/0>;pmax=100;epmin=1;epmax=20");
        Assert.Equal(new NotificationAttributes { MinimumPeriod = 10, MaximumPeriod = 320 }, links[0].Attributes);
        Assert.Equal(ofInstance, links[1].Attributes);
    }

    [Fact]
    public void Int264_DiscoverToDepth1()
    {
        using Bench bench = new Bench(Configurations.C3, Configurations.DeviceC4(Lwm2mVersion.V12), Lwm2mVersion.V12).Register();

        IReadOnlyList<DiscoveredLink> links = Discover(bench, "/3", "</3>;pmin=1;pmax=10,</3/0>", depth: 1);
        Assert.Equal(new NotificationAttributes { MinimumPeriod = 1, MaximumPeriod = 10 }, links[0].Attributes);
        bench.Exchange(ServerBench.WriteAttributes("/3/0", new NotificationAttributes { MaximumPeriod = 200 }), "PUT /3/0?pmax=200", "2.04");
        Discover(bench, "/3", "</3>;pmin=1;pmax=10,</3/0>;pmax=200", depth: 1);
    }

    [Fact]
    public void Int266_DiscoverToDepth3()
    {
        using Bench bench = new Bench(Configurations.C3, Configurations.DeviceC4(Lwm2mVersion.V12), Lwm2mVersion.V12).Register();

        Discover(bench, "/3", "</3>;pmin=1;pmax=10,</3/0>," + With(""), depth: 2);
        bench.Exchange(ServerBench.WriteAttributes("/3", Periods), "PUT /3?pmin=10&pmax=200", "2.04");
        bench.Exchange(ServerBench.WriteAttributes("/3/0/7", Thresholds), "PUT /3/0/7?gt=6&lt=1&st=1", "2.04");
        bench.Exchange(ServerBench.WriteAttributes("/3/0/7/1", new NotificationAttributes { GreaterThan = 8 }), "PUT /3/0/7/1?gt=8", "2.04");

        // The ETS leaves the link of the object out here, and has its attributes at the instance; 264 shows where they belong.
        IReadOnlyList<DiscoveredLink> links = Discover(
            bench, "/3",
            "</3>;pmin=10;pmax=200,</3/0>,</3/0/0>,</3/0/1>,</3/0/2>,</3/0/3>,</3/0/4>,</3/0/6>;dim=2,</3/0/6/0>,</3/0/6/1>,"
            + "</3/0/7>;dim=2;gt=6;lt=1;st=1,</3/0/7/0>,</3/0/7/1>;gt=8,</3/0/8>;dim=2,</3/0/8/0>,</3/0/8/1>,</3/0/9>,</3/0/11>;dim=1,</3/0/11/0>,</3/0/16>",
            depth: 3);
        Assert.Equal(8, links.Single(link => link.Path == Lwm2mPath.Parse("/3/0/7/1")).Attributes.GreaterThan);
    }

    private static string With(string attributes) => Resources.Replace("{0}", attributes);

    private static IReadOnlyList<DiscoveredLink> Discover(Bench bench, string path, string expected, int? depth = null)
    {
        string query = depth is null ? "" : $"?depth={depth}";
        DeviceResponse response = bench.Exchange(ServerBench.Discover(path, depth), $"GET {path}{query} Accept=40", $"2.05 Content-Format=40 | {expected}");
        IReadOnlyList<DiscoveredLink> links = bench.DecodeLinks(response);
        Assert.Equal(expected.Split(',').Length, links.Count);
        return links;
    }
}
