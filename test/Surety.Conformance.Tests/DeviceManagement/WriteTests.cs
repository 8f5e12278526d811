using Surety.Coap;
using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>ETS 1.2, 6.3: writing, and what comes of it.</summary>
public sealed class WriteTests
{
    private static readonly (string, ResourceValue)[] Set215 = [("/1/0/2", 101), ("/1/0/3", 1010), ("/1/0/5", 2000), ("/1/0/6", true), ("/1/0/7", "U")];

    private static readonly (string, ResourceValue)[] InitialC3 =
        [("/1/0/1", 86_400), ("/1/0/2", 1), ("/1/0/3", 10), ("/1/0/5", 86_400), ("/1/0/6", false), ("/1/0/7", "U"), ("/1/0/23", false)];

    [Fact]
    public void Int205_SetBasicInformationInPlainText()
    {
        using Bench bench = new Bench(Configurations.C3).Register();

        Write(101, 1010, 2000);
        DeviceResponse read = bench.Exchange(
            ServerBench.Read("/1/0", ContentFormat.Lwm2mTlv), "GET /1/0 Accept=11542",
            "2.05 Content-Format=11542 | C10001C40100015180C10265C20303F2C20507D0C10600C10755C11700");
        Assert.Equal("/1/0/0=1 /1/0/1=86400 /1/0/2=101 /1/0/3=1010 /1/0/5=2000 /1/0/6=0 /1/0/7=U /1/0/23=0", bench.Decode(read, "/1/0"));
        Write(1, 10, 86_400);
        bench.Exchange(
            ServerBench.Read("/1/0", ContentFormat.Lwm2mTlv), "GET /1/0 Accept=11542",
            "2.05 Content-Format=11542 | C10001C40100015180C10201C1030AC40500015180C10600C10755C11700");
        bench.AssertNothingElse();

        void Write(int pmin, int pmax, int disableTimeout)
        {
            foreach ((string path, int value) in new[] { ("/1/0/2", pmin), ("/1/0/3", pmax), ("/1/0/5", disableTimeout) })
                bench.Exchange(bench.Write(path, ContentFormat.TextPlain, value), $"PUT {path} Content-Format=0 | {value}", "2.04");
        }
    }

    [Fact]
    public void Int212_SetBasicInformationInCbor()
    {
        using Bench bench = new Bench(Configurations.C3).Register();

        bench.Exchange(bench.Write("/1/0/2", ContentFormat.Cbor, 101), "PUT /1/0/2 Content-Format=60 | 1865", "2.04");
        bench.Exchange(bench.Write("/1/0/3", ContentFormat.Cbor, 1010), "PUT /1/0/3 Content-Format=60 | 1903F2", "2.04");
        bench.Exchange(bench.Write("/1/0/6", ContentFormat.Cbor, true), "PUT /1/0/6 Content-Format=60 | F5", "2.04");

        DeviceResponse read = bench.Exchange(
            ServerBench.Read("/1/0"), "GET /1/0",
            """2.05 Content-Format=112 | /1/0/0=1 /1/0/1=86400 /1/0/2=101 /1/0/3=1010 /1/0/5=86400 /1/0/6=true /1/0/7="U" /1/0/23=false""");
        Assert.Equal("/1/0/0=1 /1/0/1=86400 /1/0/2=101 /1/0/3=1010 /1/0/5=86400 /1/0/6=1 /1/0/7=U /1/0/23=0", bench.Decode(read, "/1/0"));
    }

    [Fact]
    public void Int215_SetBasicInformationInTlv() => SetAndRestore(
        ContentFormat.Lwm2mTlv, "C10265C20303F2C20507D0C10601C10755", "C40100015180C10201C1030AC40500015180C10600C10755C11700");

    /// <summary>The ETS prints SenML-like records with "bv" and a number 0101: what goes is the JSON of LwM2M 1.0, which 11543 stands for.</summary>
    [Fact]
    public void Int220_SetBasicInformationInJson() => SetAndRestore(
        ContentFormat.Lwm2mJson,
        """{"bn":"/1/0/","e":[{"n":"2","v":101},{"n":"3","v":1010},{"n":"5","v":2000},{"n":"6","bv":true},{"n":"7","sv":"U"}]}""",
        """{"bn":"/1/0/","e":[{"n":"1","v":86400},{"n":"2","v":1},{"n":"3","v":10},{"n":"5","v":86400},{"n":"6","bv":false},{"n":"7","sv":"U"},{"n":"23","bv":false}]}""");

    [Fact]
    public void Int221_OperationsOnSecurityObject()
    {
        using Bench bench = new Bench().Register();

        Assert.Equal(CoapCode.Unauthorized, bench.Exchange(ServerBench.Read("/0"), "GET /0", "4.01").Code);
        bench.Exchange(bench.Write("/0/0/0", ContentFormat.TextPlain, "coap://example.com"), "PUT /0/0/0 Content-Format=0 | coap://example.com", "4.01");
        bench.Exchange(
            ServerBench.WriteAttributes("/0", new NotificationAttributes { MinimumPeriod = 30, MaximumPeriod = 45 }), "PUT /0?pmin=30&pmax=45", "4.01");
    }

    [Fact]
    public void Int226_WritePartialUpdateOnObjectInstance()
    {
        using Bench bench = new Bench().Register();

        bench.Exchange(
            bench.Update("/1/0", ContentFormat.Lwm2mTlv, ("/1/0/1", 61), ("/1/0/6", true)), "POST /1/0 Content-Format=11542 | C1013DC10601", "2.04");
        bench.AssertFromClient("POST /rd/{loc}?lt=61", "2.04");
        Assert.Equal(61u, bench.Registration.Lifetime);
        bench.Exchange(
            ServerBench.Read("/1/0"), "GET /1/0", """2.05 Content-Format=112 | /1/0/0=1 /1/0/1=61 /1/0/6=true /1/0/7="U" /1/0/23=false""");
        bench.Exchange(
            bench.Update("/1/0", ContentFormat.Lwm2mTlv, ("/1/0/1", 86_400), ("/1/0/6", false)), "POST /1/0 Content-Format=11542 | C40100015180C10600", "2.04");
        bench.AssertFromClient("POST /rd/{loc}?lt=86400", "2.04");
        Assert.Equal(86_400u, bench.Registration.Lifetime);
    }

    [Fact]
    public void Int227_WriteReplaceOnResource()
    {
        using Bench bench = new Bench().Register();

        bench.Exchange(bench.Write("/1/0/1", ContentFormat.TextPlain, 63), "PUT /1/0/1 Content-Format=0 | 63", "2.04");
        bench.AssertFromClient("POST /rd/{loc}?lt=63", "2.04");
        Assert.Equal(63u, bench.Registration.Lifetime);
        bench.Exchange(ServerBench.Read("/1/0/1"), "GET /1/0/1", "2.05 Content-Format=0 | 63");
        bench.Exchange(bench.Write("/1/0/1", ContentFormat.TextPlain, 86_400), "PUT /1/0/1 Content-Format=0 | 86400", "2.04");
        bench.AssertFromClient("POST /rd/{loc}?lt=86400", "2.04");
        Assert.Equal(86_400u, bench.Registration.Lifetime);
    }

    /// <summary>The ETS prints POST; a write of a resource instance is PUT (LwM2M Transport 6.4.4).</summary>
    [Fact]
    public void Int228_WriteOnResourceInstance()
    {
        using Bench bench = WithPortfolio();

        bench.Exchange(bench.Write("/16/0/0/2", ContentFormat.TextPlain, "test"), "PUT /16/0/0/2 Content-Format=0 | test", "2.04");

        bench.Exchange(ServerBench.Read("/16/0/0/2"), "GET /16/0/0/2", "2.05 Content-Format=0 | test");
        bench.Exchange(ServerBench.Read("/16/0/0/1"), "GET /16/0/0/1", "2.05 Content-Format=0 | Host Device Model #1");
    }

    [Fact]
    public void Int233_SetInSenmlCbor() => SetAtEveryLevel(ContentFormat.SenmlCbor);

    [Fact]
    public void Int234_SetInSenmlJson() => SetAtEveryLevel(ContentFormat.SenmlJson);

    [Fact]
    public void Int241_Reboot()
    {
        Bench? running = null;
        using Bench bench = running = new Bench(device: Configurations.DeviceC1(Lwm2mVersion.V11, () => running!.Client.RegisterAgain())).Register();
        bench.Observe(bench.BeginObserve("/3/0/11/0"), "GET /3/0/11/0 Observe=0", "2.05 Observe Content-Format=0 | 0");
        Registration before = bench.Registration;

        bench.Exchange(ServerBench.Execute("/3/0/4"), "POST /3/0/4", "2.04");
        bench.AssertFromClient(
            """POST /rd?ep=node&lt=86400&lwm2m=1.1&b=U Content-Format=40 | </>;rt="oma.lwm2m";ct="60 110 112 11542",</1/0>,</3/0>""", "2.01 Location=/rd/{loc}");

        Assert.False(before.IsActive);
        Assert.NotEqual(before.Id, bench.Registration.Id);
        Assert.Equal(before.Device, bench.Registration.Device);
        Assert.Equal(["ended /3/0/11/0", "registered node in place of node"], bench.Events.Take());
        Assert.Equal(0, bench.Session.ObservationCount);
    }

    [Fact]
    public void Int256_WriteOperationFailure()
    {
        using Bench bench = new Bench().Register();

        Assert.Equal(
            CoapCode.MethodNotAllowed, bench.Exchange(bench.Write("/1/0/0", ContentFormat.TextPlain, 123), "PUT /1/0/0 Content-Format=0 | 123", "4.05").Code);

        bench.Exchange(ServerBench.Read("/1/0/0"), "GET /1/0/0", "2.05 Content-Format=0 | 1");
    }

    private static Bench WithPortfolio()
    {
        var bench = new Bench();
        bench.Client.Objects.Add(Configurations.PortfolioWithIdentity());
        return bench.Register();
    }

    /// <summary>POST is a partial update, PUT of the saved values replaces the instance.</summary>
    private static void SetAndRestore(ContentFormat format, string set, string saved)
    {
        using Bench bench = new Bench(Configurations.C3).Register();

        bench.Exchange(bench.Update("/1/0", format, Set215), $"POST /1/0 Content-Format={format.Value} | {set}", "2.04");
        bench.Exchange(
            ServerBench.Read("/1/0"), "GET /1/0",
            """2.05 Content-Format=112 | /1/0/0=1 /1/0/1=86400 /1/0/2=101 /1/0/3=1010 /1/0/5=2000 /1/0/6=true /1/0/7="U" /1/0/23=false""");
        bench.Exchange(bench.Write("/1/0", format, InitialC3), $"PUT /1/0 Content-Format={format.Value} | {saved}", "2.04");
        bench.Exchange(ServerBench.Read("/1/0"), "GET /1/0", $"2.05 Content-Format=112 | {Values.ServerC3}");
        bench.AssertNothingElse();
    }

    private static void SetAtEveryLevel(ContentFormat format)
    {
        using Bench bench = WithPortfolio();

        bench.Exchange(
            bench.Update("/1/0", format, ("/1/0/1", 61), ("/1/0/6", true)), $"POST /1/0 Content-Format={format.Value} | /1/0/1=61 /1/0/6=true", "2.04");
        bench.AssertFromClient("POST /rd/{loc}?lt=61", "2.04");
        bench.Exchange(
            ServerBench.Read("/1"), "GET /1", """2.05 Content-Format=112 | /1/0/0=1 /1/0/1=61 /1/0/6=true /1/0/7="U" /1/0/23=false""");

        bench.Exchange(
            bench.Write("/16/0/0/0", format, "test_value"), $"PUT /16/0/0/0 Content-Format={format.Value} | /16/0/0/0=\"test_value\"", "2.04");
        bench.Exchange(
            ServerBench.Read("/16"), "GET /16", """2.05 Content-Format=112 | /16/0/0/0="test_value" /16/0/0/1="Host Device Model #1" /16/0/0/2="" /16/0/0/3="" """.TrimEnd());

        bench.Exchange(bench.Write("/1/0/1", format, 63), $"PUT /1/0/1 Content-Format={format.Value} | /1/0/1=63", "2.04");
        bench.AssertFromClient("POST /rd/{loc}?lt=63", "2.04");
        bench.Exchange(ServerBench.Read("/1/0/1"), "GET /1/0/1", "2.05 Content-Format=0 | 63");
        Assert.Equal(63u, bench.Registration.Lifetime);
        bench.AssertNothingElse();
    }
}
