using System.Security.Cryptography.X509Certificates;
using Surety.Server.Features.Certificates;
using Surety.Server.Hosting;

namespace Surety.Server.Tests.Certificates;

/// <summary>The platform's root and intermediate, over starts.</summary>
public sealed class PlatformAuthorityTests
{
    [Fact]
    public async Task The_roots_key_may_be_taken_away_after_the_first_start()
    {
        await using var server = await TestServer.StartAsync();
        var authority = server.Service<PlatformAuthority>();
        var (root, intermediate) = (authority.Thumbprint, authority.Authority.Certificate.Thumbprint);
        var key = Path.Combine(server.DataDirectory, "ca", "ca.key");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.DataDirectory, "ca", "intermediate.key")));
        File.Delete(key);
        await server.RestartAsync();
        Assert.Equal(root, server.Service<PlatformAuthority>().Thumbprint);
        Assert.Equal(intermediate, server.Service<PlatformAuthority>().Authority.Certificate.Thumbprint);
        Assert.False(File.Exists(key));
    }

    [Fact]
    public async Task An_intermediate_in_its_last_year_is_followed_by_another_and_stays_known()
    {
        var time = new ShiftedTime();
        await using var server = await TestServer.StartAsync(time);
        var first = server.Service<PlatformAuthority>().Authority.Certificate.Thumbprint;
        var older = PlatformAuthority.KeyIdOf(server.Service<PlatformAuthority>().Authority.Certificate);
        time.PutForward(TimeSpan.FromDays(366));
        await server.RestartAsync();
        var authority = server.Service<PlatformAuthority>();
        Assert.NotEqual(first, authority.Authority.Certificate.Thumbprint);
        Assert.Equal([authority.Authority.Certificate.Thumbprint, first], authority.Intermediates.Select(certificate => certificate.Thumbprint));

        // The older one still signs what is known of its certificates, and no longer when they have all ended.
        var list = await server.Anonymous.GetByteArrayAsync($"/.well-known/surety/crl/{older}.crl", TestContext.Current.CancellationToken);
        CertificateRevocationListBuilder.Load(list, out System.Numerics.BigInteger _);
        var key = Path.Combine(server.DataDirectory, "ca", $"intermediate-{older}.key");
        Assert.True(File.Exists(key));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        time.PutForward(TimeSpan.FromDays(366));
        await server.RestartAsync();
        Assert.False(File.Exists(key));
        await server.Anonymous.GetErrorAsync($"/.well-known/surety/crl/{older}.crl", System.Net.HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task An_expired_intermediate_and_no_key_of_the_root_end_the_start_with_words()
    {
        var time = new ShiftedTime();
        var directory = Directory.CreateTempSubdirectory("surety-");
        await (await TestServer.StartInAsync(directory.FullName, time)).DisposeAsync();
        File.Delete(Path.Combine(directory.FullName, "ca", "ca.key"));
        time.PutForward(TimeSpan.FromDays(731));
        var error = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartInAsync(directory.FullName, time));
        Assert.Contains("needs the root's key", error.Message, StringComparison.Ordinal);
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Half_an_intermediate_that_a_power_cut_left_is_made_anew()
    {
        await using var server = await TestServer.StartAsync();
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(Path.Combine(server.DataDirectory, "ca", "intermediate.key"), other.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await server.RestartAsync();
        Assert.Equal(2, server.Service<PlatformAuthority>().Intermediates.Count);
    }

    [Fact]
    public async Task The_servers_certificate_is_sent_with_the_intermediate_and_ends_in_the_root()
    {
        await using var server = await TestServer.StartAsync("--Surety:PublicHost=iot.example.com");
        var authority = server.Service<PlatformAuthority>();
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority.Root);
        chain.ChainPolicy.ExtraStore.Add(authority.ServerCertificate.Intermediates.Single());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(chain.Build(authority.ServerCertificate.Certificate));
        Assert.True(authority.ServerCertificate.Certificate.MatchesHostname("iot.example.com"));
    }

    [Fact]
    public async Task The_servers_key_stays_when_its_certificate_is_made_anew()
    {
        var directory = Directory.CreateTempSubdirectory("surety-").FullName;
        string certificate, key;
        await using (var server = await TestServer.StartInAsync(directory, "--Surety:PublicHost=old.example.com"))
            (certificate, key) = Read(server);
        await using (var server = await TestServer.StartInAsync(directory, "--Surety:PublicHost=new.example.com"))
        {
            Assert.NotEqual(certificate, Read(server).Certificate);
            Assert.Equal(key, Read(server).Key);
            Assert.True(server.Service<PlatformAuthority>().ServerCertificate.Certificate.MatchesHostname("new.example.com"));
        }

        static (string Certificate, string Key) Read(TestServer server)
        {
            var own = server.Service<PlatformAuthority>().ServerCertificate.Certificate;
            return (own.Thumbprint, Convert.ToHexString(own.PublicKey.ExportSubjectPublicKeyInfo()));
        }
    }
}
