using Surety.Lwm2m.Server;

namespace Surety.Conformance.Tests;

/// <summary>ETS 1.2, 6.2.10 and 6.2.11: the server has configuration C.1 among its profiles.</summary>
public sealed class ProfileIdTests
{
    private const string Profile = "6:27354b9a";

    private static readonly Lwm2mServerOptions Options = new() { Profiles = new Dictionary<string, string> { [Profile] = "</1/0>,</3/0>" } };

    [Fact]
    public void Int110_InitialRegistrationUsingProfileId()
    {
        using Bench bench = CreateBench();

        bench.Client.Start();

        bench.AssertFromClient($"POST /rd?ep=node&lt=86400&lwm2m=1.2&b=U&pid={Profile}", "2.01 Location=/rd/{loc}");
        Assert.Equal("/1 /1/0 /3 /3/0", bench.RegisteredPaths);
        Assert.Equal(Lwm2mVersion.V12, bench.Registration.Version);
    }

    [Fact]
    public void Int110_InitialRegistrationUsingProfileId_RawPeer()
    {
        using var bench = new ServerBench(Options);

        Assert.Equal("2.01 Location=/rd/{loc}", new RawClient(bench).Register($"ep=node&lt=86400&lwm2m=1.2&b=U&pid={Profile}", ""));
        Assert.Equal("/1 /1/0 /3 /3/0", bench.RegisteredPaths);
        // LwM2M Transport 1.2.2, table 6.7-2: a profile that nobody knows.
        Assert.Equal("4.09", new RawClient(bench).Register("ep=other&lt=86400&lwm2m=1.2&b=U&pid=6:00000000", ""));
    }

    [Fact]
    public void Int111_RegistrationWithProfileIdAndObjectList()
    {
        using Bench bench = CreateBench();
        bench.Client.Objects.Add(Configurations.ConnectivityMonitoring(Lwm2mVersion.V12));

        bench.Client.Start();

        bench.AssertFromClient(
            $"""POST /rd?ep=node&lt=86400&lwm2m=1.2&b=U&pid={Profile} Content-Format=40 | </>;rt="oma.lwm2m";ct="60 110 112 320 322 11542 11544",</4/0>""",
            "2.01 Location=/rd/{loc}");
        Assert.Equal("/1 /1/0 /3 /3/0 /4 /4/0", bench.RegisteredPaths);
    }

    [Fact]
    public void Int111_RegistrationWithProfileIdAndObjectList_RawPeer()
    {
        using var bench = new ServerBench(Options);

        Assert.Equal("2.01 Location=/rd/{loc}", new RawClient(bench).Register($"ep=node&lt=86400&lwm2m=1.2&b=U&pid={Profile}", "</4/0>"));

        Assert.Equal("/1 /1/0 /3 /3/0 /4 /4/0", bench.RegisteredPaths);
    }

    private static Bench CreateBench() => new(
        version: Lwm2mVersion.V12,
        configure: o => o with { ProfileIds = Profile, ProfileObjects = new HashSet<ushort> { 1, 3 } },
        server: Options);
}
