using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Testing;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>LwM2M Core 6.1.6: what does not fit is answered 4.06 with the reason, and can be mended.</summary>
public sealed class BootstrapConsistencyTests : BootstrapFixture
{
    [Theory]
    [InlineData("nothing", "there is no server account")]
    [InlineData("security", "no instance of object 1 has")]
    [InlineData("server", "no instance of object 0 has")]
    [InlineData("other ssid", "no instance of object 0 has")]
    [InlineData("same ssid", "the same Short Server ID")]
    [InlineData("uri", "the server URI is unusable")]
    [InlineData("no uri", "no server URI")]
    [InlineData("no mode", "no security mode")]
    [InlineData("no ssid", "no Short Server ID")]
    [InlineData("no lifetime", "no lifetime")]
    [InlineData("oscore", "OSCORE")]
    [InlineData("est", "EST")]
    public void What_does_not_fit_is_refused_in_words_and_can_be_mended(string fault, string reason)
    {
        TestDevice device = Begin(o => o with { Version = Lwm2mVersion.V12 });
        string security = fault switch
        {
            "uri" => SecurityJson.Replace(_server.Uri, "http://example.com", StringComparison.Ordinal),
            "no uri" => SecurityJson.Replace($$"""{"bn":"/0/0/","n":"0","vs":"{{_server.Uri}}"},{"n":"1",""", """{"bn":"/0/0/","n":"1",""", StringComparison.Ordinal),
            "no mode" => SecurityJson.Replace(""","v":3}""", "", StringComparison.Ordinal).Replace("""{"n":"2"},""", "", StringComparison.Ordinal).Replace("""{"n":"2",{""", "{", StringComparison.Ordinal),
            "no ssid" => SecurityJson.Replace(""",{"n":"10","v":101}""", "", StringComparison.Ordinal),
            "oscore" => SecurityJson.Replace("""{"n":"2",""", """{"n":"17","vlo":"1:65535"},{"n":"2",""", StringComparison.Ordinal),
            "est" => SecurityJson.Replace(_server.Uri, "coaps://example.com", StringComparison.Ordinal).Replace("\"v\":3", "\"v\":4", StringComparison.Ordinal),
            _ => SecurityJson,
        };
        if (fault == "no mode")
            security = $$"""[{"bn":"/0/0/","n":"0","vs":"{{_server.Uri}}"},{"n":"1","vb":false},{"n":"10","v":101}]""";
        string server = fault switch
        {
            "other ssid" => ServerJson.Replace("101", "102", StringComparison.Ordinal),
            "no lifetime" => ServerJson.Replace("""{"n":"1","v":300},""", "", StringComparison.Ordinal),
            _ => ServerJson,
        };
        if (fault is not ("nothing" or "server"))
            Assert.Equal(CoapCode.Changed, Write("/0/0", security));
        if (fault == "same ssid")
            Assert.Equal(CoapCode.Changed, Write("/0/5", security.Replace("/0/0/", "/0/5/", StringComparison.Ordinal)));
        if (fault is not ("nothing" or "security"))
            Assert.Equal(CoapCode.Changed, Write("/1/0", server));

        CoapResponse refusal = Finish();

        Assert.Equal(CoapCode.NotAcceptable, refusal.Code);
        Assert.Contains(reason, refusal.Text, StringComparison.Ordinal);
        Assert.Empty(device.Client.Servers);
        Assert.Equal(CoapCode.Deleted, _bootstrap.Delete("/0").Code);
        Assert.Equal(CoapCode.Deleted, _bootstrap.Delete("/1").Code);
        WriteAccount();
        Assert.Equal(CoapCode.Changed, Finish().Code);
        UntilRegistered(device);
    }

    [Fact]
    public void A_bootstrap_that_fails_leaves_the_servers_that_were_there()
    {
        TestDevice device = Begin();
        WriteAccount();
        Finish();
        UntilRegistered(device);
        _server.Execute("/1/0/9");
        _world.RunUntil(() => device.Client.Bootstrap.State == BootstrapState.Configuring);
        _bootstrap.Delete("/");
        Assert.Equal(CoapCode.NotAcceptable, Finish().Code);

        // Five attempts are made for a server that has ordered it, and then the client goes on as it is.
        _world.RunUntil(() => device.Client.Bootstrap.State == BootstrapState.Idle, TimeSpan.FromDays(1));

        Assert.Equal(RegistrationState.Registered, device.Session.State);
        Assert.Single(_server.Registers);
        Assert.Equal("101", _server.Get("/1/0/0").Text);
    }

    [Fact]
    public void A_server_account_that_is_replaced_means_a_new_registration()
    {
        TestDevice device = Begin();
        WriteAccount();
        Finish();
        UntilRegistered(device);
        var other = new ScriptedServer(_world);
        device.Know(other);
        _server.Execute("/1/0/9");
        _world.RunUntil(() => device.Client.Bootstrap.State == BootstrapState.Configuring);
        Assert.Equal(CoapCode.Changed, Write("/0/0", SecurityJson.Replace(_server.Uri, other.Uri, StringComparison.Ordinal)));
        Finish();
        _world.RunUntil(() => other.Registers.Any());

        Assert.Single(device.Client.Servers);
        Assert.Empty(_server.Deregisters);
        Assert.Equal(CoapCode.ServiceUnavailable, _server.Get("/3/0/0").Code);
    }

    [Fact]
    public void A_bootstrap_server_may_send_the_device_to_another_one()
    {
        TestDevice device = Begin();
        var other = new ScriptedServer(_world);
        device.Know(other);
        Assert.Equal(CoapCode.Changed, Write("/0/7", $$"""[{"bn":"/0/7/","n":"0","vs":"{{other.Uri}}"},{"n":"1","vb":true},{"n":"2","v":3}]"""));

        Assert.Equal(CoapCode.Changed, Finish().Code);
        _world.RunUntil(() => other.Requests.Count > 0);

        Assert.Equal("/bs", other.Requests.Single().Path);
        Assert.Single(device.Client.Objects.Find(0)!.Instances);
        Assert.Equal(CoapUri.Parse(other.Uri), device.Client.Bootstrap.Uri);
    }

    [Fact]
    public void A_new_bootstrap_account_that_cannot_be_used_does_not_replace_the_old_one()
    {
        TestDevice device = Begin();
        WriteAccount();
        Write("/0/7", """[{"bn":"/0/7/","n":"0","vs":"nowhere"},{"n":"1","vb":true},{"n":"2","v":3}]""");

        Assert.Equal(CoapCode.NotAcceptable, Finish().Code);
        Assert.Equal(CoapCode.Deleted, _bootstrap.Delete("/0/7").Code);
        Assert.Equal(CoapCode.Changed, Finish().Code);
        Assert.Equal(CoapUri.Parse(_bootstrap.Uri), device.Client.Bootstrap.Uri);
    }

    [Theory]
    [InlineData("coap://h", 0, "ident", "", "key", null, "coap has no security")]
    [InlineData("coaps://h", 3, "", "", "", null, "NoSec")]
    [InlineData("coaps://h", 0, "ident", "", "key", null, null)]
    [InlineData("coaps://h", 0, "ident", "", "", null, "1 to 64")]
    [InlineData("coaps+tcp://h", 0, "ident", "", "key", null, "coaps")]
    [InlineData("coaps://h", 1, "spki", "server-spki", "private", null, null)]
    [InlineData("coaps://h", 1, "spki", "", "private", null, "resource 4")]
    [InlineData("coaps://h", 1, "other-spki", "server-spki", "private", null, "resource 5 is not the private key")]
    [InlineData("coaps://h", 1, "spki", "server-spki", "key", null, "no elliptic-curve private key")]
    [InlineData("coaps+tcp://h", 2, "certificate", "server-certificate", "private", null, null)]
    [InlineData("coaps://h", 2, "certificate", "server-certificate", "sec1", null, null)]
    [InlineData("coaps://h", 2, "certificate", "authority", "private", null, null)]
    [InlineData("coaps://h", 2, "certificate", "sha256", "private", 1, null)]
    [InlineData("coaps://h", 2, "certificate", "sha256", "private", 2, "48")]
    [InlineData("coaps://h", 2, "certificate", "sha256", "private", 4, "no matching type")]
    [InlineData("coaps://h", 2, "", "server-certificate", "private", null, "resource 3")]
    [InlineData("coaps://h", 2, "certificate", "server-certificate", "other-private", null, "not the private key of the certificate")]
    [InlineData("coaps://h", 2, "key", "server-certificate", "private", null, "resource 3 is no certificate")]
    [InlineData("coaps://h", 2, "certificate", "key", "private", null, "resource 4 is no certificate")]
    [InlineData("coaps://h", 4, "", "authority", "", null, null)]
    [InlineData("coaps://h", 4, "", "", "", null, "resource 4")]
    [InlineData("coaps+ws://h", 0, "ident", "", "key", null, "scheme")]
    public void Credentials_must_do_for_their_mode(string uri, int mode, string own, string server, string secret, int? matching, string? problem)
    {
        TestPki pki = TestPki.Shared;
        using var device = pki.Device("node");
        using ECDsa key = device.GetECDsaPrivateKey()!, otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Dictionary<string, byte[]> values = new()
        {
            [""] = [],
            ["ident"] = "node"u8.ToArray(),
            ["key"] = "0123456789abcdef"u8.ToArray(),
            ["spki"] = key.ExportSubjectPublicKeyInfo(),
            ["other-spki"] = otherKey.ExportSubjectPublicKeyInfo(),
            ["server-spki"] = pki.Server.PublicKey.ExportSubjectPublicKeyInfo(),
            ["private"] = key.ExportPkcs8PrivateKey(),
            ["sec1"] = key.ExportECPrivateKey(),
            ["other-private"] = otherKey.ExportPkcs8PrivateKey(),
            ["certificate"] = device.RawData,
            ["server-certificate"] = pki.Server.RawData,
            ["authority"] = pki.Root.Certificate.RawData,
            ["sha256"] = SHA256.HashData(pki.Server.RawData),
        };
        var security = new AccountSecurity
        {
            Mode = (SecurityMode)mode,
            PublicKeyOrIdentity = values[own],
            ServerPublicKey = values[server],
            SecretKey = values[secret],
            MatchingType = (ulong?)matching,
        };
        var connector = new CoapConnector(new CoapTransport());
        string? found = CoapUri.TryParse(uri, out CoapUri? parsed, out _) ? connector.FindProblem(parsed, security) : string.Create(CultureInfo.InvariantCulture, $"no scheme {uri}");

        if (problem is null)
            Assert.Null(found);
        else
            Assert.Contains(problem, found, StringComparison.Ordinal);
    }
}
