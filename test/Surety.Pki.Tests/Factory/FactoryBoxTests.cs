using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Surety.Testing;

namespace Surety.Pki.Tests;

public sealed class FactoryBoxTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("surety-factory").FullName;
    private readonly CertificateAuthority _root, _factory;

    public FactoryBoxTests()
    {
        ValidityPeriod years = ValidityPeriod.FromNow(_time, TimeSpan.FromDays(3650));
        _root = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("Root"), years));
        _factory = _root.IssueAuthority(CertificateProfile.DeviceFactory(new("Factory"), years, NameConstraints.Within("Acme", "Meters")));
        Directory.CreateDirectory(Box);
        Directory.CreateDirectory(Output);
        _factory.Key.Save(Path.Combine(Box, "ca.key"), "secret");
        FactoryBox.Create(Box, new("hall-3", "ca.key", "Acme", "Meters"), [_factory.Certificate], _root.Certificate);
    }

    private string Box => Path.Combine(_folder, "box");

    private string Output => Path.Combine(_folder, "out");

    private CertificationPathValidator Trusted => new([_root.Certificate]);

    public void Dispose()
    {
        _root.Dispose();
        _factory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_batch_is_made_under_a_quota_and_its_manifest_is_believed()
    {
        Grant(limit: 3);
        using FactoryBox box = FactoryBox.Open(Box, "secret", _time);
        box.Make("b1", ["urn:dev:1", "urn:dev:2"], Output);
        FactoryManifest manifest = Read("b1");
        Assert.Equal(["urn:dev:1", "urn:dev:2"], manifest.Devices.Select(d => d.EndpointName));
        Assert.Equal((2, 0, 2), (manifest.Requested, manifest.LogStart, manifest.LogSize));
        using X509Certificate2 device = PemFiles.ReadCertificates(Path.Combine(Output, "urn_dev_1.pem"))[0];
        Assert.Equal(manifest.Devices[0].Sha256, Convert.ToHexStringLower(SHA256.HashData(device.RawData)));
        Assert.Equal("CN=urn:dev:1, OU=Meters, O=Acme", device.Subject);
        Assert.True(Trusted.Validate(device, [_factory.Certificate], _time.GetUtcNow(), CertificatePurpose.Client).IsValid);
        using ECDsa key = PemFiles.ReadPrivateKey(Path.Combine(Output, "urn_dev_1.key"));
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), device.PublicKey.ExportSubjectPublicKeyInfo());

        // The next one does not fit any more, and nothing is made.
        FactoryException e = Assert.Throws<FactoryException>(() => box.Make("b2", ["urn:dev:3", "urn:dev:4"], Output));
        Assert.Contains("allows 3 devices, 2 were made", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, box.Made);
        Assert.Throws<FactoryException>(() => box.Make("b1", ["urn:dev:3"], Output));
    }

    [Fact]
    public void Requests_of_a_line_are_signed_and_bad_ones_are_named()
    {
        Grant(limit: 10);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] good = new CertificateRequest("CN=line-1", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        File.WriteAllBytes(Path.Combine(_folder, "1.csr"), good);
        File.WriteAllText(Path.Combine(_folder, "2.csr"), "rubbish");
        File.WriteAllText(Path.Combine(_folder, "3.csr"), new CertificateRequest("CN=line-3", key, HashAlgorithmName.SHA256).CreateSigningRequestPem());
        File.WriteAllBytes(Path.Combine(_folder, "4.csr"), good);
        using FactoryBox box = FactoryBox.Open(Box, "secret", _time);
        box.SignRequests("b1", [.. Enumerable.Range(1, 4).Select(i => Path.Combine(_folder, $"{i}.csr"))], Output);
        FactoryManifest manifest = Read("b1");
        Assert.Equal(["line-1", "line-3"], manifest.Devices.Select(d => d.EndpointName));
        Assert.Equal(["2.csr", "4.csr"], manifest.Failures.Select(f => f.Item));
        Assert.Contains("twice", manifest.Failures[1].Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Output, "line-1.key")));
        FactoryImportReport report = manifest.Compare(fingerprint => fingerprint == manifest.Devices[1].Sha256);
        Assert.Equal(0.5, report.Yield);
        Assert.Equal("line-1", Assert.Single(report.New).EndpointName);
        Assert.Equal("line-3", Assert.Single(report.Known).EndpointName);
        FactoryManifest cloned = manifest with { Devices = [manifest.Devices[0], manifest.Devices[0]] };
        Assert.Single(cloned.Compare(_ => false).Repeated);
    }

    [Fact]
    public void A_quota_must_be_there_be_signed_name_the_factory_and_not_have_ended()
    {
        using FactoryBox box = FactoryBox.Open(Box, "secret", _time);
        Assert.Contains("no quota", Refuse(), StringComparison.Ordinal);
        Grant(limit: 1, factory: "hall-4");
        Assert.Contains("'hall-4'", Refuse(), StringComparison.Ordinal);
        Grant(limit: 1, signer: CertificateAuthority.CreateRoot(CertificateProfile.Root(new("Root"), ValidityPeriod.FromNow(_time, TimeSpan.FromDays(1)))));
        Assert.Contains("not trusted", Refuse(), StringComparison.Ordinal);
        Grant(limit: 1);
        string text = File.ReadAllText(Path.Combine(Box, "quota.json"));
        File.WriteAllText(Path.Combine(Box, "quota.json"), text.Replace("\"signature\":\"", "\"signature\":\"AAAA", StringComparison.Ordinal));
        Assert.Contains("signature is wrong", Refuse(), StringComparison.Ordinal);
        Grant(limit: 1);
        _time.Advance(TimeSpan.FromDays(40));
        Assert.Contains("ended", Refuse(), StringComparison.Ordinal);

        string Refuse() => Assert.Throws<FactoryException>(() => box.Make("b", ["d"], Output)).Message;
    }

    [Fact]
    public void A_manifest_that_was_changed_is_refused()
    {
        Grant(limit: 1);
        using (FactoryBox box = FactoryBox.Open(Box, "secret", _time))
            box.Make("b1", ["d1"], Output);
        byte[] good = File.ReadAllBytes(Path.Combine(Output, "b1.manifest.json"));
        for (int i = 0; i < good.Length; i++)
        {
            byte[] changed = (byte[])good.Clone();
            changed[i] ^= 0x01;
            bool isRead = FactoryManifest.TryRead(changed, Trusted, _time.GetUtcNow(), out FactoryManifest? manifest, out _);
            // The final line feed and the last bits of base64 carry nothing.
            Assert.True(!isRead || manifest!.Devices.Single() == Read("b1").Devices.Single());
            Assert.False(FactoryManifest.TryRead(good.AsSpan(0, Math.Min(i, good.Length - 2)), Trusted, _time.GetUtcNow(), out _, out _));
        }

        Assert.False(FactoryManifest.TryRead(File.ReadAllBytes(Path.Combine(Box, "quota.json")), Trusted, _time.GetUtcNow(), out _, out string? problem));
        Assert.Contains("is no surety-factory-manifest+json", problem, StringComparison.Ordinal);
        Assert.False(FactoryManifest.TryRead(Encoding.UTF8.GetBytes("{}"), Trusted, _time.GetUtcNow(), out _, out _));
        Assert.False(FactoryManifest.TryRead("[]"u8, Trusted, _time.GetUtcNow(), out _, out _));
    }

    private void Grant(int limit, string factory = "hall-3", CertificateAuthority? signer = null) => File.WriteAllBytes(
        Path.Combine(Box, "quota.json"), new FactoryQuota("q1", factory, limit, _time.GetUtcNow().AddDays(30)).Sign(signer ?? _root));

    private FactoryManifest Read(string batch)
    {
        Assert.True(FactoryManifest.TryRead(File.ReadAllBytes(Path.Combine(Output, batch + ".manifest.json")), Trusted, _time.GetUtcNow(), out FactoryManifest? manifest, out string? problem), problem);
        return manifest;
    }
}
