using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Testing.Coap;

namespace Surety.Conformance.Tests;

/// <summary>ETS 1.2, 6.4.4, 6.4.5 and 6.4.8 to 6.4.10.</summary>
public sealed class ObserveCompositeTests
{
    private const string Links = """</>;rt="oma.lwm2m";ct="60 110 112 11542",</1/0>,</3/0>""";
    private const string First = """/16/0/0/0="aa" /16/0/0/1="bb" /16/0/0/2="cc" /16/0/0/3="dd" """;
    private const string Second = """ /16/1/0/0="11" /16/1/0/1="22" /16/1/0/2="33" /16/1/0/3="44" """;

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int304_ObserveComposite(ushort format)
    {
        using Bench bench = new Bench().Register();
        bench.Exchange(ServerBench.WriteAttributes("/1/0/1", Periods), "PUT /1/0/1?pmin=30&pmax=45", "2.04");
        Observe(bench, format, "/1/0/1 /3/0/11/0 /3/0/16", "/1/0/1=86400 /3/0/11/0=0 /3/0/16=\"U\"");
        double start = bench.Now;

        // Without change after pmax, with one after pmin: never sooner, never later.
        double first = bench.AssertNotification($"NON 2.05 Observe Content-Format={format} | /1/0/1=86400 /3/0/11/0=0 /3/0/16=\"U\"");
        Assert.Equal(start + 45, first, 0.5);
        bench.Device[11, 0] = 1;
        double second = bench.AssertNotification($"NON 2.05 Observe Content-Format={format} | /1/0/1=86400 /3/0/11/0=1 /3/0/16=\"U\"");
        Assert.Equal(first + 30, second, 0.5);

        Assert.Equal(["notified /1/0/1=86400 /3/0/11/0=0 /3/0/16=U", "notified /1/0/1=86400 /3/0/11/0=1 /3/0/16=U"], bench.Events.Take());
        bench.AssertNothingElse();
    }

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int305_CancelObserveComposite(ushort format)
    {
        using Bench bench = new Bench().Register();
        Observation observation = Observe(bench, format, "/1/0/1 /3/0/11/0 /3/0/16", "/1/0/1=86400 /3/0/11/0=0 /3/0/16=\"U\"");

        bench.Await(bench.BeginCancel(observation));

        bench.AssertFromServer(
            $"FETCH / Observe=1 Content-Format={format} Accept={format} | /1/0/1 /3/0/11/0 /3/0/16",
            $"2.05 Content-Format={format} | /1/0/1=86400 /3/0/11/0=0 /3/0/16=\"U\"");
        bench.Device[11, 0] = 1;
        bench.Run(300);
        bench.AssertNothingElse();
        Assert.Equal(0, bench.Session.ObservationCount);
    }

    [Theory]
    [InlineData(110)]
    [InlineData(112)]
    public void Int305_CancelObserveComposite_RawPeer(ushort number)
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        client.Register();
        var format = new ContentFormat(number);
        byte[] values = number == 110
            ? """[{"n":"/1/0/1","v":60},{"n":"/3/0/16","vs":"U"}]"""u8.ToArray()
            : Convert.FromHexString("82 A200662F312F302F3102183C A200672F332F302F3136036155".Replace(" ", ""));
        Task<ObserveResult> observing = bench.BeginObserveComposite(format, "/1/0/1", "/3/0/16");
        WireMessage observe = client.Serve(
            $"FETCH / Observe=0 Content-Format={number} Accept={number} | /1/0/1 /3/0/16", CoapCode.Content, format, values, observe: 1);
        Observation observation = Assert.IsType<Observation>(bench.Await(observing).Observation);
        bench.Events.Take();
        Assert.Equal(MessageType.Acknowledgement, client.Notify(observe.Token, 2, format, values));
        Assert.Equal(["notified /1/0/1=60 /3/0/16=U"], bench.Events.Take());

        Task<DeviceResponse> cancelling = bench.BeginCancel(observation);
        WireMessage cancel = client.Serve(
            $"FETCH / Observe=1 Content-Format={number} Accept={number} | /1/0/1 /3/0/16", CoapCode.Content, format, values);

        Assert.Equal("/1/0/1=60 /3/0/16=U", bench.Decode(bench.Await(cancelling), "/"));
        Assert.Equal(observe.Token, cancel.Token);
        Assert.Equal(observe.Payload, cancel.Payload);
        Assert.Equal(MessageType.Reset, client.Notify(observe.Token, 3, format, values));
    }

    [Fact]
    public void Int308_ObserveCompositeAndCreate()
    {
        using Bench bench = WithPortfolio();
        CreateFirst(bench);
        bench.Exchange(ServerBench.WriteAttributes("/16/0", Periods), "PUT /16/0?pmin=30&pmax=45", "2.04");
        // What is not there yet is left out.
        Observe(bench, 112, "/16/0 /16/1", First);
        double start = bench.Now;
        double first = bench.AssertNotification("NON 2.05 Observe Content-Format=112 | " + First.TrimEnd());
        Assert.InRange(first, start + 30, start + 45.5);

        CreateSecond(bench);

        double second = bench.AssertNotification("NON 2.05 Observe Content-Format=112 | " + (First + Second.TrimStart()).TrimEnd());
        Assert.InRange(second, first + 30, first + 45.5);
        bench.AssertNothingElse();
    }

    [Fact]
    public void Int309_ObserveCompositeAndDelete()
    {
        using Bench bench = WithPortfolio();
        CreateFirst(bench);
        CreateSecond(bench);
        bench.Exchange(ServerBench.WriteAttributes("/16/0", Periods), "PUT /16/0?pmin=30&pmax=45", "2.04");
        Observe(bench, 112, "/16/0 /16/1", First + Second.TrimStart());
        double start = bench.Now;
        double first = bench.AssertNotification("NON 2.05 Observe Content-Format=112 | " + (First + Second.TrimStart()).TrimEnd());
        Assert.InRange(first, start + 30, start + 45.5);

        // The ETS prints 2.04.
        bench.Exchange(DeviceRequest.Delete(Lwm2mPath.Parse("/16/1")), "DELETE /16/1", "2.02");
        bench.AssertFromClient($"POST /rd/{{loc}} Content-Format=40 | {Links},</16/0>", "2.04");

        double second = bench.AssertNotification("NON 2.05 Observe Content-Format=112 | " + First.TrimEnd());
        Assert.InRange(second, first + 30, first + 45.5);
        Assert.Equal("/1 /1/0 /3 /3/0 /16 /16/0", bench.RegisteredPaths);
        bench.AssertNothingElse();
    }

    [Fact]
    public void Int308_ObserveCompositeAndCreate_RawPeer() => NotifyInstances("""[{"n":"/16/0/0/0","vs":"aa"}]""", """[{"n":"/16/0/0/0","vs":"aa"},{"n":"/16/1/0/0","vs":"11"}]""",
        "/16/0/0/0=aa", "/16/0/0/0=aa /16/1/0/0=11");

    [Fact]
    public void Int309_ObserveCompositeAndDelete_RawPeer() => NotifyInstances("""[{"n":"/16/0/0/0","vs":"aa"},{"n":"/16/1/0/0","vs":"11"}]""", """[{"n":"/16/0/0/0","vs":"aa"}]""",
        "/16/0/0/0=aa /16/1/0/0=11", "/16/0/0/0=aa");

    [Fact]
    public void Int310_ObserveCompositeAndChangeOfAttributes()
    {
        using Bench bench = new Bench(Configurations.C3).Register();
        string values = $"/1/0/3=10 {Values.DeviceC1}";
        Observe(bench, 112, "/1/0/3 /3/0", values);
        double start = bench.Now;
        // The Default Maximum Period.
        Assert.Equal(start + 10, bench.AssertNotification($"NON 2.05 Observe Content-Format=112 | {values}"), 0.5);

        bench.Exchange(ServerBench.WriteAttributes("/3", new NotificationAttributes { MaximumPeriod = 5 }), "PUT /3?pmax=5", "2.04");

        for (int i = 1; i <= 5; i++)
            Assert.Equal(start + 10 + (5 * i), bench.AssertNotification($"NON 2.05 Observe Content-Format=112 | {values}"), 0.5);
        bench.AssertNothingElse();
    }

    /// <summary>What is observed comes and goes; the observation stays.</summary>
    private static void NotifyInstances(string answer, string notification, string answered, string notified)
    {
        using var bench = new ServerBench();
        var client = new RawClient(bench);
        client.Register(links: "</1/0>,</3/0>,</16/0>");
        Task<ObserveResult> observing = bench.BeginObserveComposite(ContentFormat.SenmlJson, "/16/0", "/16/1");
        byte[] token = client.Serve(
            "FETCH / Observe=0 Content-Format=110 Accept=110 | /16/0 /16/1", CoapCode.Content, ContentFormat.SenmlJson,
            System.Text.Encoding.UTF8.GetBytes(answer), observe: 1).Token;
        ObserveResult result = bench.Await(observing);
        Assert.Equal(answered, bench.Decode(result.Response, "/"));
        bench.Events.Take();

        Assert.Equal(MessageType.Acknowledgement, client.Notify(token, 2, ContentFormat.SenmlJson, System.Text.Encoding.UTF8.GetBytes(notification)));

        Assert.Equal([$"notified {notified}"], bench.Events.Take());
        Assert.True(result.Observation!.IsActive);
    }

    private static NotificationAttributes Periods => new() { MinimumPeriod = 30, MaximumPeriod = 45 };

    private static Bench WithPortfolio()
    {
        var bench = new Bench();
        bench.Client.Objects.Add(Configurations.Portfolio());
        return bench.Register();
    }

    private static Observation Observe(Bench bench, ushort format, string paths, string expected)
    {
        Observation observation = bench.Observe(
            bench.BeginObserveComposite(new ContentFormat(format), paths.Split(' ')),
            $"FETCH / Observe=0 Content-Format={format} Accept={format} | {paths}",
            $"2.05 Observe Content-Format={format} | {expected.TrimEnd()}");
        bench.Events.Take();
        return observation;
    }

    /// <summary>Instance 0 in TLV: 19 octets; multiple resource 0, 16 octets; four instances of 2.</summary>
    private static void CreateFirst(Bench bench)
    {
        bench.Exchange(
            bench.Create(16, 0, ("/16/0/0/0", "aa"), ("/16/0/0/1", "bb"), ("/16/0/0/2", "cc"), ("/16/0/0/3", "dd")),
            "POST /16 Content-Format=11542 | 08001388001042006161420162624202636342036464", "2.01 Location=/16/0");
        bench.AssertFromClient($"POST /rd/{{loc}} Content-Format=40 | {Links},</16/0>", "2.04");
        Assert.Equal("/1 /1/0 /3 /3/0 /16 /16/0", bench.RegisteredPaths);
    }

    /// <summary>The ETS prints the paths of instance 0 here.</summary>
    private static void CreateSecond(Bench bench)
    {
        bench.Exchange(
            bench.Create(16, 1, ("/16/1/0/0", "11"), ("/16/1/0/1", "22"), ("/16/1/0/2", "33"), ("/16/1/0/3", "44")),
            "POST /16 Content-Format=11542 | 08011388001042003131420132324202333342033434", "2.01 Location=/16/1");
        bench.AssertFromClient($"POST /rd/{{loc}} Content-Format=40 | {Links},</16/0>,</16/1>", "2.04");
        Assert.Equal("/1 /1/0 /3 /3/0 /16 /16/0 /16/1", bench.RegisteredPaths);
    }
}
