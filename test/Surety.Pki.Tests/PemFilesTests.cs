using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Testing;

namespace Surety.Pki.Tests;

public sealed class PemFilesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("surety-pki-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void An_authority_that_was_saved_goes_on_after_a_restart()
    {
        byte[] certificate;
        using (CertificateAuthority root = NewRoot())
        {
            root.Save(PathOf("ca.pem"), PathOf("ca.key"));
            certificate = root.Certificate.RawData;
        }

        using CertificateAuthority loaded = CertificateAuthority.Load(PathOf("ca.pem"), PathOf("ca.key"));
        Assert.Equal(certificate, loaded.Certificate.RawData);
        using X509Certificate2 device = loaded.IssueWithNewKey(CertificateProfile.Device(new("device"), ValidityPeriod.FromNow(new ManualTime(), TimeSpan.FromDays(1))));
        Assert.Equal(loaded.Certificate.Subject, device.Issuer);
    }

    [Fact]
    public void Keys_are_for_their_owner_alone_also_when_they_replace_others()
    {
        // Windows has no file modes.
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllText(PathOf("ca.key"), "readable by all");
        File.SetUnixFileMode(PathOf("ca.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        using CertificateAuthority root = NewRoot();
        root.Save(PathOf("ca.pem"), PathOf("ca.key"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("ca.key")));
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", File.ReadAllText(PathOf("ca.key")), StringComparison.Ordinal);
        Assert.Equal(["ca.key", "ca.pem"], _directory.GetFiles().Select(f => f.Name).Order());
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        using CertificateAuthority root = NewRoot();
        Directory.CreateDirectory(PathOf("ca.pem"));
        File.WriteAllText(Path.Combine(PathOf("ca.pem"), "x"), "not to be replaced");
        Assert.ThrowsAny<Exception>(() => PemFiles.WriteCertificates(PathOf("ca.pem"), [root.Certificate]));
        Assert.Empty(_directory.GetFiles());
        Assert.Throws<DirectoryNotFoundException>(() => PemFiles.WriteCertificates(PathOf("nowhere/ca.pem"), [root.Certificate]));
    }

    [Fact]
    public void Chains_keep_their_order()
    {
        using CertificateAuthority root = NewRoot();
        using CertificateAuthority other = NewRoot();
        PemFiles.WriteCertificates(PathOf("chain.pem"), [other.Certificate, root.Certificate]);
        Assert.Equal([other.Certificate.Thumbprint, root.Certificate.Thumbprint], PemFiles.ReadCertificates(PathOf("chain.pem")).Select(c => c.Thumbprint));
    }

    [Fact]
    public void What_is_missing_or_mixed_up_is_said()
    {
        using CertificateAuthority root = NewRoot();
        using CertificateAuthority other = NewRoot();
        root.Save(PathOf("a.pem"), PathOf("a.key"));
        other.Save(PathOf("b.pem"), PathOf("b.key"));
        Assert.Throws<FileNotFoundException>(() => CertificateAuthority.Load(PathOf("c.pem"), PathOf("a.key")));
        Assert.Contains("does not belong", Assert.Throws<CryptographicException>(() => CertificateAuthority.Load(PathOf("a.pem"), PathOf("b.key"))).Message, StringComparison.Ordinal);
        Assert.Contains("BEGIN CERTIFICATE", Assert.Throws<CryptographicException>(() => CertificateAuthority.Load(PathOf("a.key"), PathOf("a.key"))).Message, StringComparison.Ordinal);
        Assert.Contains("BEGIN PRIVATE KEY", Assert.Throws<CryptographicException>(() => CertificateAuthority.Load(PathOf("a.pem"), PathOf("a.pem"))).Message, StringComparison.Ordinal);
        File.WriteAllText(PathOf("bad.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Assert.Contains("bad.pem", Assert.Throws<CryptographicException>(() => PemFiles.ReadCertificates(PathOf("bad.pem"))).Message, StringComparison.Ordinal);
    }

    private static CertificateAuthority NewRoot() =>
        CertificateAuthority.CreateRoot(CertificateProfile.Authority(new("Root"), ValidityPeriod.FromNow(new ManualTime(), TimeSpan.FromDays(3650))));

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);
}
