using System.Security.Cryptography.X509Certificates;
using Surety.Pki;

namespace Surety.Cli.Tests;

/// <summary>The command line as docs/certificate-authority.md uses it.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("surety-cli").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Two_tiers_are_set_up_and_used()
    {
        File.WriteAllText(In("root.pass"), "root secret\n");
        File.WriteAllText(In("ca.pass"), "ca secret\n");
        string[] init = ["ca", "init", "--directory", In("pki"), "--name", "Acme", "--organization", "Acme", "--root-passphrase-file", In("root.pass"), "--passphrase-file", In("ca.pass")];
        Assert.Contains("offline", Succeed(init), StringComparison.Ordinal);
        Assert.Contains("there already", Fail(init), StringComparison.Ordinal);
        string rootPath = In("pki/offline/root.pem"), rootKey = In("pki/offline/root.key");
        using CertificateAuthority root = CertificateAuthority.Load(rootPath, rootKey, "root secret");
        using CertificateAuthority issuing = CertificateAuthority.Load(In("pki/online/ca.pem"), In("pki/online/ca.key"), "ca secret");
        Assert.Equal(KeyCurve.P384, root.Key.Curve);
        Assert.Equal("CN=Acme Issuing 1, O=Acme", issuing.Certificate.Subject);
        AssertAuthority(root.Certificate, issuing.Certificate);

        string[] signer = ["--ca", rootPath, "--key", rootKey, "--passphrase-file", In("root.pass")];
        Succeed(["ca", "issue-intermediate", .. signer, "--name", "Acme Issuing 2", "--new-key", In("two.key"), "--no-passphrase", "--out", In("two.pem")]);
        AssertAuthority(root.Certificate, PemFiles.ReadCertificates(In("two.pem"))[0]);
        using SigningKey elsewhere = SigningKey.Generate();
        File.WriteAllBytes(In("three.csr"), CertificationRequest.Create(new("Elsewhere"), elsewhere));
        Succeed(["ca", "issue-intermediate", .. signer, "--name", "Acme Issuing 3", "--request", In("three.csr"), "--out", In("three.pem")]);
        Assert.Equal(elsewhere.PublicKey.ExportSubjectPublicKeyInfo(), PemFiles.ReadCertificates(In("three.pem"))[0].PublicKey.ExportSubjectPublicKeyInfo());

        Succeed("ca", "init", "--directory", In("next"), "--name", "Acme 2", "--no-passphrase");
        Succeed(["ca", "cross-sign", .. signer, "--certificate", In("next/offline/root.pem"), "--out", In("bridge.pem")]);
        CertificationPath path = new CertificationPathValidator([root.Certificate]).Validate(
            PemFiles.ReadCertificates(In("next/online/ca.pem"))[0], PemFiles.ReadCertificates(In("bridge.pem")), TimeProvider.System.GetUtcNow(), CertificatePurpose.Authority);
        Assert.True(path.IsValid, path.Reason);

        File.WriteAllText(In("revoked.csv"), $"# retired\n{issuing.Certificate.SerialNumber},2026-01-01T00:00:00Z,Superseded\n");
        Assert.Contains("1 revoked", Succeed(["ca", "crl", .. signer, "--revoked", In("revoked.csv"), "--number", "1", "--out", In("root.crl")]), StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN X509 CRL-----", File.ReadAllText(In("root.crl")), StringComparison.Ordinal);
        File.WriteAllText(In("revoked.csv"), "xyz,yesterday,Because\n");
        Assert.Contains("line 1", Fail(["ca", "crl", .. signer, "--revoked", In("revoked.csv"), "--number", "2", "--out", In("root.crl")]), StringComparison.Ordinal);

        File.WriteAllText(In("root.pass"), "wrong\n");
        Assert.Contains("passphrase is wrong", Fail(["ca", "cross-sign", .. signer, "--certificate", In("two.pem"), "--out", In("no.pem")]), StringComparison.Ordinal);
        Assert.False(File.Exists(In("no.pem")));
    }

    [Fact]
    public void A_factory_makes_batches_that_are_verified_elsewhere()
    {
        Succeed("ca", "init", "--directory", In("pki"), "--name", "Acme", "--no-passphrase");
        string[] signer = ["--ca", In("pki/offline/root.pem"), "--key", In("pki/offline/root.key")];
        Succeed(["ca", "issue-intermediate", .. signer, "--name", "Hall 3", "--factory", "--organization", "Acme", "--new-key", In("hall.key"), "--no-passphrase", "--out", In("hall.pem")]);
        Succeed("factory", "init", "--directory", In("box"), "--factory", "hall-3", "--certificate", In("hall.pem"), "--key", In("hall.key"), "--quota-authority", In("pki/offline/root.pem"), "--organization", "Acme");
        string[] make = ["factory", "make", "--directory", In("box"), "--prefix", "urn:dev:os:32473-M", "--out", In("out")];
        Assert.Contains("no quota", Fail([.. make, "--batch", "a", "--count", "2"]), StringComparison.Ordinal);
        Succeed(["factory", "quota", .. signer, "--factory", "hall-3", "--id", "q1", "--limit", "3", "--out", In("box/quota.json")]);
        Assert.Contains("2 of 2 made", Succeed([.. make, "--batch", "a", "--count", "2"]), StringComparison.Ordinal);
        Assert.Contains("too many", Fail([.. make, "--batch", "b", "--count", "2", "--first", "3"]), StringComparison.Ordinal);
        using SigningKey line = SigningKey.Generate();
        File.WriteAllBytes(In("1.csr"), CertificationRequest.Create(new("urn:dev:os:32473-L1"), line));
        Assert.Contains("1 of 1 made", Succeed("factory", "sign-csrs", "--directory", In("box"), "--batch", "c", "--out", In("out"), In("1.csr")), StringComparison.Ordinal);
        Assert.Contains("0 of 3 left", Succeed("factory", "report", "--directory", In("box")), StringComparison.Ordinal);
        string[] verify = ["factory", "report", "--trusted", In("pki/offline/root.pem"), "--manifest", In("out/a.manifest.json"), In("out/c.manifest.json")];
        Assert.Contains("a: 2 requested, 0 failed, yield 100.0 %, 2 new", Succeed(verify), StringComparison.Ordinal);
        (int code, string output, _) = Run([.. verify, In("out/a.manifest.json")]);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("twice: urn:dev:os:32473-M00000001", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ca init")]
    [InlineData("ca issue-intermediate")]
    [InlineData("ca cross-sign")]
    [InlineData("ca crl")]
    [InlineData("factory init")]
    [InlineData("factory quota")]
    [InlineData("factory make")]
    [InlineData("factory sign-csrs")]
    [InlineData("factory report")]
    public void Every_command_has_help_with_an_example_and_says_what_is_missing(string command)
    {
        Assert.Contains("surety " + command + " --", Succeed([.. command.Split(' '), "--help"]), StringComparison.Ordinal);
        (int code, _, string error) = Run([.. command.Split(' '), "--no-such-option"]);
        Assert.Equal(1, code);
        Assert.Contains("--", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void A_shell_gets_its_completion(string shell) => Assert.Contains("[suggest:", Succeed("completion", shell), StringComparison.Ordinal);

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = SuretyCommand.RunAsync(arguments, output, error, TimeProvider.System).GetAwaiter().GetResult();
        return (code, output.ToString(), error.ToString());
    }

    private static string Succeed(params string[] arguments)
    {
        (int code, string output, string error) = Run(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)} ended with {code}: {error}");
        return output;
    }

    private static string Fail(params string[] arguments)
    {
        (int code, _, string error) = Run(arguments);
        Assert.Equal(ExitCode.Failed, code);
        return error;
    }

    private static void AssertAuthority(X509Certificate2 root, X509Certificate2 certificate)
    {
        CertificationPath path = new CertificationPathValidator([root]).Validate(certificate, [], TimeProvider.System.GetUtcNow(), CertificatePurpose.Authority);
        Assert.True(path.IsValid, path.Reason);
    }

    private string In(string name) => Path.Combine(_folder, name);
}
