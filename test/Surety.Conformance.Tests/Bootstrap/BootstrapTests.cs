using Surety.Coap;
using Surety.Lwm2m.Server;
using static Surety.Lwm2m.Server.BootstrapOperation;

namespace Surety.Conformance.Tests;

/// <summary>ETS 1.2, 6.1. The client's configuration is C.13: a bootstrap account in instance 1 of Security, and no server's.</summary>
public sealed class BootstrapTests
{
    private const string Uri = "coaps://server.example.com";
    private const string Changed = "2.04";

    // PSK-SA and SRV-MIN (appendix C).
    private static readonly SecurityAccount PskAccount = new(Uri, SecurityMode.PreSharedKey)
    {
        ShortServerId = 1, PublicKeyOrIdentity = "node"u8.ToArray(), SecretKey = new byte[] { 0xde, 0xad, 0xbe, 0xef },
    };

    private static readonly ServerAccountSettings SrvMin = new(1, 86_400) { StoresNotifications = false };

    private static readonly Write WriteSecurity = new(Lwm2mPath.Parse("/0"), PskAccount.ToEntries(0, Lwm2mVersion.V11));
    private static readonly Write WriteServer = new(Lwm2mPath.Parse("/1"), SrvMin.ToEntries(0, Lwm2mVersion.V11));

    // Opaque values are base64url in SenML JSON (RFC 8428, 4.3).
    private const string PutSecurity =
        "PUT /0 Content-Format=110 | /0/0/0=\"coaps://server.example.com\" /0/0/1=false /0/0/2=0 /0/0/3=\"bm9kZQ\" /0/0/5=\"3q2-7w\" /0/0/10=1";

    private const string PutServer = "PUT /1 Content-Format=110 | /1/0/0=1 /1/0/1=86400 /1/0/6=false /1/0/7=\"U\"";
    private const string Discovered = "</>;lwm2m=\"1.1\",</0/0>;ssid=1,</0/1>,</1/0>;ssid=1,</3/0>";

    [Fact]
    public void Int0_ClientInitiatedBootstrap_RawPeer()
    {
        using var bench = new BootstrapBench(WriteSecurity, WriteServer, new Discover(), new Finish());
        Bootstrap(bench);
        Assert.Equal(["started", "finished"], bench.End());
        DiscoverResult found = bench.Answers[2].Discovered!;
        Assert.Equal(new ObjectVersion(1, 1), found.EnablerVersion);
        Assert.Equal([("/0/0", (ushort?)1), ("/0/1", null), ("/1/0", 1), ("/3/0", null)], found.Links.Select(link => (link.Path.ToString(), link.ShortServerId)));
    }

    [Fact]
    public void Int1_ClientInitiatedBootstrapFullWithPsk_RawPeer()
    {
        using var bench = new BootstrapBench(WriteSecurity, WriteServer, new Discover(), new Finish());
        Bootstrap(bench);
        Assert.Equal(["started", "finished"], bench.End());
        // The client comes with the identity that it was given, without naming itself otherwise.
        Assert.Equal("2.01 Location=/rd/{loc}", new RawClient(bench, isSecure: true).Register("lt=86400&lwm2m=1.1&b=U"));
        Assert.Equal(("node", 86_400u), (bench.Registration.Endpoint, bench.Registration.Lifetime));
    }

    [Fact]
    public void Int2_ClientInitiatedBootstrapFullWithCertificate_RawPeer()
    {
        // Whatever is in the files goes unchanged.
        byte[] client = [0x30, 0x82, 0x01, 0x00, 0xff], server = [0x30, 0x03, 0x02, 0x01, 0x00], key = [0x30, 0x01, 0x04];
        var account = new SecurityAccount(Uri, SecurityMode.Certificate) { ShortServerId = 1, PublicKeyOrIdentity = client, ServerPublicKey = server, SecretKey = key };
        using var bench = new BootstrapBench(new Write(Lwm2mPath.Parse("/0"), account.ToEntries(0, Lwm2mVersion.V11)), WriteServer, new Discover(), new Finish());

        Assert.Equal(Changed, bench.Ask("/bs?ep=node&pct=112"));
        bench.Serve(
            "PUT /0 Content-Format=112 | /0/0/0=\"coaps://server.example.com\" /0/0/1=false /0/0/2=2 /0/0/3=h'30820100FF' /0/0/4=h'3003020100' /0/0/5=h'300104' /0/0/10=1",
            CoapCode.Changed);
        bench.Serve(PutServer.Replace("110", "112", StringComparison.Ordinal), CoapCode.Changed);
        bench.Serve("GET / Accept=40", CoapCode.Content, Discovered, ContentFormat.LinkFormat);
        bench.Serve("POST /bs", CoapCode.Changed);
        Assert.Equal(["started", "finished"], bench.End());
    }

    [Fact]
    public void Int4_BootstrapDelete_RawPeer()
    {
        using var bench = new BootstrapBench(
            new Discover(), new Read(Lwm2mPath.Parse("/1")), new Delete(Lwm2mPath.Parse("/0")), new Delete(Lwm2mPath.Parse("/1")), new Discover(),
            new Read(Lwm2mPath.Parse("/1")) { IsRequired = false }, WriteSecurity, WriteServer, new Finish());

        Assert.Equal(Changed, bench.Ask());
        bench.Serve("GET / Accept=40", CoapCode.Content, Discovered, ContentFormat.LinkFormat);
        bench.Serve("GET /1 Accept=110", CoapCode.Content, """[{"bn":"/1/0/","n":"0","v":1},{"n":"1","v":60}]""", ContentFormat.SenmlJson);
        bench.Serve("DELETE /0", CoapCode.Deleted);
        bench.Serve("DELETE /1", CoapCode.Deleted);
        // The client keeps the bootstrap account, whose instance has no ssid.
        bench.Serve("GET / Accept=40", CoapCode.Content, "</>;lwm2m=1.1,</0/1>,</1>,</3/0>", ContentFormat.LinkFormat);
        bench.Serve("GET /1 Accept=110", CoapCode.NotFound);
        bench.Serve(PutSecurity, CoapCode.Changed);
        bench.Serve(PutServer, CoapCode.Changed);
        bench.Serve("POST /bs", CoapCode.Changed);

        Assert.Equal(["started", "finished"], bench.End());
        Assert.Equal("/0/1", Assert.Single(bench.Answers[4].Discovered!.Links, link => link.Path.ObjectId == 0).Path.ToString());
    }

    [Fact]
    public void Int5_ServerInitiatedBootstrap_RawPeer()
    {
        using var bench = new BootstrapBench(WriteSecurity, WriteServer, new Discover(), new Finish());
        var client = new RawClient(bench, isSecure: true);
        client.Register();

        client.Serve(ServerBench.Execute("/1/0/9"), "POST /1/0/9", CoapCode.Changed);
        Bootstrap(bench);
        Assert.Equal(["started", "finished"], bench.End());
        Assert.Equal("2.01 Location=/rd/{loc}", client.Register("lt=3600&lwm2m=1.1&b=U"));
        Assert.Equal(3600u, bench.Registration.Lifetime);
    }

    [Fact]
    public void Int7_FallbackToBootstrap_RawPeer()
    {
        // The server that the client was given cannot be reached, so it asks again, and is given another.
        using var bench = new BootstrapBench(new Write(Lwm2mPath.Parse("/0"), (PskAccount with { ServerUri = "coaps://gone.example.com" }).ToEntries(0, Lwm2mVersion.V11)));
        Assert.Equal(Changed, bench.Ask());
        bench.Serve(PutSecurity.Replace("server.example", "gone.example", StringComparison.Ordinal), CoapCode.Changed);
        bench.Serve("POST /bs", CoapCode.Changed);
        Assert.Equal(["started", "finished"], bench.End());

        bench.Run(600);
        bench.Plan = new BootstrapPlan([WriteSecurity, WriteServer, new Discover(), new Finish()]);
        Bootstrap(bench);
        Assert.Equal(["started", "finished"], bench.End());
    }

    [Fact]
    public void Int8_BootstrapRead_RawPeer()
    {
        var control = new AccessControlSettings(3, 0) { Rights = new Dictionary<ushort, AccessRights> { [0] = (AccessRights)31 } };
        using var bench = new BootstrapBench(
            WriteSecurity, WriteServer, new Write(Lwm2mPath.Parse("/2/0"), control.ToEntries(0)), new Read(Lwm2mPath.Parse("/1")), new Read(Lwm2mPath.Parse("/2")), new Finish());

        Assert.Equal(Changed, bench.Ask());
        bench.Serve(PutSecurity, CoapCode.Changed);
        bench.Serve(PutServer, CoapCode.Changed);
        bench.Serve("PUT /2/0 Content-Format=110 | /2/0/0=3 /2/0/1=0 /2/0/2/0=31 /2/0/3=65535", CoapCode.Changed);
        bench.Serve("GET /1 Accept=110", CoapCode.Content, """[{"bn":"/1/0/","n":"0","v":1},{"n":"1","v":86400},{"n":"6","vb":false},{"n":"7","vs":"U"}]""", ContentFormat.SenmlJson);
        bench.Serve("GET /2 Accept=110", CoapCode.Content, """[{"bn":"/2/0/","n":"0","v":3},{"n":"1","v":0},{"n":"2/0","v":31},{"n":"3","v":65535}]""", ContentFormat.SenmlJson);
        bench.Serve("POST /bs", CoapCode.Changed);

        Assert.Equal(["started", "finished"], bench.End());
        Assert.Equal("/1/0/0=1 /1/0/1=86400 /1/0/6=0 /1/0/7=U", string.Join(' ', bench.Answers[3].Entries));
        Assert.Equal("/2/0/0=3 /2/0/1=0 /2/0/2/0=31 /2/0/3=65535", string.Join(' ', bench.Answers[4].Entries));
    }

    [Fact]
    public void Int9_ConfigurationConsistency_RawPeer()
    {
        // Disable Timeout alone makes no account.
        var path = Lwm2mPath.Parse("/1/0/5");
        using var bench = new BootstrapBench(new Write(path, [new(path, 86_400L)]), new Finish());
        Assert.Equal(Changed, bench.Ask());
        bench.Serve("PUT /1/0/5 Content-Format=110 | /1/0/5=86400", CoapCode.Changed);
        bench.Serve("POST /bs", CoapCode.NotAcceptable);
        Assert.Equal(["started", "failed: finish: the device answered 4.06 (the device finds its configuration inconsistent)"], bench.End());
        bench.AssertNothingElse();
    }

    [Theory]
    [InlineData(112)]
    [InlineData(110)]
    public void Int12_BootstrapPack_RawPeer(int format)
    {
        using var bench = new BootstrapBench();
        bench.Pack = [.. WriteSecurity.Entries, .. WriteServer.Entries];
        string security = PutSecurity[(PutSecurity.IndexOf('|', StringComparison.Ordinal) + 2)..];
        if (format == 112)
            security = security.Replace("\"bm9kZQ\"", "h'6E6F6465'", StringComparison.Ordinal).Replace("\"3q2-7w\"", "h'DEADBEEF'", StringComparison.Ordinal);
        string server = PutServer[(PutServer.IndexOf('|', StringComparison.Ordinal) + 2)..];
        Assert.Equal($"2.05 Content-Format={format} | {security} {server}", bench.Ask("/bspack?ep=node&acc=</0/1>", CoapCode.Get, new ContentFormat((ushort)format)));
        Assert.Equal(["pack sent"], bench.End());
        bench.AssertNothingElse();
    }

    [Fact]
    public void Int12_BootstrapPack_Refused_RawPeer()
    {
        // Core TS 1.2.2, 6.1.7.7: a device that is refused falls back to a Bootstrap-Request.
        using var bench = new BootstrapBench(WriteSecurity, WriteServer, new Discover(), new Finish());
        Assert.Equal("4.05", bench.Ask("/bspack?ep=node", CoapCode.Get, ContentFormat.SenmlCbor));
        Bootstrap(bench);
        Assert.Equal(["refused 4.05", "started", "finished"], bench.End());
    }

    private static void Bootstrap(BootstrapBench bench)
    {
        // The answer comes before any write.
        Assert.Equal(Changed, bench.Ask());
        bench.Serve(PutSecurity, CoapCode.Changed);
        bench.Serve(PutServer, CoapCode.Changed);
        bench.Serve("GET / Accept=40", CoapCode.Content, Discovered, ContentFormat.LinkFormat);
        bench.Serve("POST /bs", CoapCode.Changed);
    }
}
