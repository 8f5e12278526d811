using System.Security.Cryptography.X509Certificates;
using Surety.Pki;

namespace Surety.Interop.Tests.Pki;

public sealed class SoftHsmTests(SoftHsm token) : IClassFixture<SoftHsm>
{
    private static readonly ValidityPeriod Year = ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(365));

    [Theory]
    [InlineData("p256", KeyCurve.P256)]
    [InlineData("p384", KeyCurve.P384)]
    public async Task An_authority_whose_key_is_in_a_token_issues_what_OpenSSL_verifies(string name, KeyCurve curve)
    {
        using SigningKey key = SigningKey.Open(SoftHsm.Uri(name));
        Assert.Equal(curve, key.Curve);
        using CertificateAuthority root = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("In a token"), Year), key);
        using X509Certificate2 device = root.IssueWithNewKey(CertificateProfile.Device(new("device"), Year));
        string folder = Directory.CreateTempSubdirectory("surety-hsm").FullName;
        PemFiles.WriteCertificates(Path.Combine(folder, "root.pem"), [root.Certificate]);
        PemFiles.WriteCertificates(Path.Combine(folder, "device.pem"), [device]);
        Assert.Contains("OK", await ForeignProcess.RunAsync("openssl", "openssl", "verify", "-x509_strict", "-check_ss_sig", "-CAfile", Path.Combine(folder, "root.pem"), Path.Combine(folder, "device.pem")), StringComparison.Ordinal);
        string objects = await SoftHsm.ListAsync();
        Assert.Contains("never extractable", objects, StringComparison.Ordinal);
        Assert.Throws<SigningKeyException>(() => key.Save(Path.Combine(folder, "key.pem")));
        Assert.Throws<InvalidOperationException>(() => root.Save(Path.Combine(folder, "a.pem"), Path.Combine(folder, "a.key")));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("p256")]
    [InlineData("p384")]
    public void A_token_may_go_and_come_back_while_the_process_lives(string name)
    {
        using SigningKey key = SigningKey.Open(SoftHsm.Uri(name));
        using SigningKey other = SigningKey.Open(SoftHsm.Uri("p256"));
        key.Sign([1]);
        token.TakeAway();
        try
        {
            for (int i = 0; i < 3; i++)
            {
                SigningKeyException gone = Assert.Throws<SigningKeyException>(() => key.Sign([1]));
                Assert.Contains("token", gone.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(SoftHsm.Pin, gone.Message, StringComparison.Ordinal);
            }

            Assert.Throws<SigningKeyException>(() => SigningKey.Open(SoftHsm.Uri(name)));
        }
        finally
        {
            token.PutBack();
        }

        foreach (SigningKey each in new[] { key, other, key })
        {
            using var verifier = each.PublicKey.GetECDsaPublicKey()!;
            Assert.True(verifier.VerifyData((byte[])[1], each.Sign([1]), each.HashAlgorithm, System.Security.Cryptography.DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        Assert.Contains("no private key 'nothing'", Fail(SoftHsm.Uri("nothing")), StringComparison.Ordinal);
        Assert.Contains("PIN is wrong", Fail(SoftHsm.Uri("p256", pin: "9999")), StringComparison.Ordinal);
        Assert.Contains("token 'other' is not there", Fail($"pkcs11:token=other;object=p256?module-path={SoftHsm.Module}"), StringComparison.Ordinal);
        Assert.Contains("cannot be loaded", Fail("pkcs11:token=surety;object=p256?module-path=/nowhere/module.so"), StringComparison.Ordinal);
        Assert.Contains("module-path", Fail("pkcs11:token=surety;object=p256"), StringComparison.Ordinal);
        Assert.Contains("names no key", Fail("pkcs11:token=surety"), StringComparison.Ordinal);
        Assert.Contains("not understood", Fail("pkcs11:token=surety;object=p256;colour=blue"), StringComparison.Ordinal);
        Assert.Contains("PIN cannot be read", Fail($"pkcs11:token=surety;object=p256?module-path={SoftHsm.Module}&pin-source=/nowhere/pin"), StringComparison.Ordinal);

        static string Fail(string uri) => Assert.Throws<SigningKeyException>(() => SigningKey.Open(uri)).Message;
    }
}
