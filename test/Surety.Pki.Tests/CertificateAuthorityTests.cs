using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Testing;

namespace Surety.Pki.Tests;

public sealed class CertificateAuthorityTests
{
    private static readonly ManualTime Time = new();
    private static readonly ValidityPeriod TenYears = ValidityPeriod.FromNow(Time, TimeSpan.FromDays(3650));
    private static readonly ValidityPeriod OneYear = ValidityPeriod.FromNow(Time, TimeSpan.FromDays(365));

    [Fact]
    public void A_root_is_what_RFC_5280_wants_of_an_authority()
    {
        using CertificateAuthority root = NewRoot();
        X509Certificate2 certificate = root.Certificate;
        Assert.Equal("CN=Root, O=Surety", certificate.Subject);
        Assert.Equal(certificate.Subject, certificate.Issuer);
        Assert.Equal(3, certificate.Version);
        Assert.Equal("1.2.840.10045.4.3.2", certificate.SignatureAlgorithm.Value); // ecdsa-with-SHA256
        Assert.Equal("1.2.840.10045.3.1.7", certificate.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value); // secp256r1
        Assert.False(certificate.HasPrivateKey);

        var constraints = Assert.Single(certificate.Extensions.OfType<X509BasicConstraintsExtension>());
        Assert.True(constraints.CertificateAuthority && constraints.Critical && !constraints.HasPathLengthConstraint);
        var usage = Assert.Single(certificate.Extensions.OfType<X509KeyUsageExtension>());
        Assert.True(usage.Critical);
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, usage.KeyUsages);
        Assert.Empty(certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>());
        Assert.Equal(SubjectKey(certificate), AuthorityKey(certificate));
    }

    [Fact]
    public void Serial_numbers_are_positive_and_have_128_bits_of_which_none_repeat()
    {
        using CertificateAuthority root = NewRoot();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        HashSet<string> serials = [];
        for (int i = 0; i < 200; i++)
        {
            using X509Certificate2 certificate = root.Issue(new PublicKey(key), CertificateProfile.Device(new("device"), OneYear));
            Assert.Equal(16, certificate.SerialNumberBytes.Length);
            Assert.InRange(certificate.SerialNumberBytes.Span[0], 0x40, 0x7F);
            Assert.True(serials.Add(certificate.SerialNumber));
        }
    }

    [Fact]
    public void A_server_is_named_in_subjectAltName()
    {
        using CertificateAuthority root = NewRoot();
        using X509Certificate2 server = root.IssueWithNewKey(CertificateProfile.Server(["lwm2m.example.org", "192.0.2.1", "2001:db8::1"], OneYear));
        var names = Assert.Single(server.Extensions.OfType<X509SubjectAlternativeNameExtension>());
        Assert.Equal(["lwm2m.example.org"], names.EnumerateDnsNames());
        Assert.Equal([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")], names.EnumerateIPAddresses());
        Assert.Equal("CN=lwm2m.example.org", server.Subject);
        Assert.Equal([CertificateProfile.ServerAuthentication], Purposes(server));
        AssertEndCertificate(server, root);
        Assert.True(server.HasPrivateKey);
    }

    [Fact]
    public void A_device_has_its_endpoint_name_as_common_name()
    {
        using CertificateAuthority root = NewRoot();
        using X509Certificate2 device = root.IssueWithNewKey(CertificateProfile.Device(new("urn:dev:os:32473-1", "Acme", "Meters", "Hall 3"), OneYear));
        Assert.Equal("CN=urn:dev:os:32473-1, OU=Meters, L=Hall 3, O=Acme", device.Subject);
        Assert.Equal([CertificateProfile.ClientAuthentication], Purposes(device));
        Assert.Empty(device.Extensions.OfType<X509SubjectAlternativeNameExtension>());
        AssertEndCertificate(device, root);
    }

    [Fact]
    public void Validity_begins_a_little_before_now_or_in_1970()
    {
        using CertificateAuthority root = NewRoot();
        DateTimeOffset now = Time.GetUtcNow();
        using X509Certificate2 device = root.IssueWithNewKey(CertificateProfile.Device(new("device"), OneYear));
        Assert.Equal(now.AddHours(-1).UtcDateTime, device.NotBefore.ToUniversalTime());
        Assert.Equal(now.AddDays(365).UtcDateTime, device.NotAfter.ToUniversalTime());

        using X509Certificate2 server = root.IssueWithNewKey(CertificateProfile.Server(["host"], ValidityPeriod.FromEpoch(Time, TimeSpan.FromDays(365))));
        Assert.Equal(DateTime.UnixEpoch, server.NotBefore.ToUniversalTime());
        Assert.Equal(now.AddDays(365).UtcDateTime, server.NotAfter.ToUniversalTime());
    }

    [Fact]
    public void Nothing_outlives_its_issuer()
    {
        using CertificateAuthority root = NewRoot();
        using X509Certificate2 device = root.IssueWithNewKey(CertificateProfile.Device(new("device"), ValidityPeriod.FromNow(Time, TimeSpan.FromDays(36500))));
        Assert.Equal(root.Certificate.NotAfter, device.NotAfter);
    }

    [Fact]
    public void A_chain_over_an_intermediate_verifies()
    {
        using CertificateAuthority root = NewRoot();
        using CertificateAuthority intermediate = root.IssueAuthority(CertificateProfile.Authority(new("Intermediate"), TenYears, pathLength: 0));
        using X509Certificate2 device = intermediate.IssueWithNewKey(CertificateProfile.Device(new("device"), OneYear));
        Assert.Equal(0, Assert.Single(intermediate.Certificate.Extensions.OfType<X509BasicConstraintsExtension>()).PathLengthConstraint);
        Assert.True(IsTrusted(device, root, intermediate));

        // Three authorities are one too many under a path length of 0.
        using CertificateAuthority third = intermediate.IssueAuthority(CertificateProfile.Authority(new("Third"), TenYears));
        using X509Certificate2 child = third.IssueWithNewKey(CertificateProfile.Device(new("child"), OneYear));
        Assert.False(IsTrusted(child, root, intermediate, third));
    }

    [Fact]
    public void Certificates_are_issued_for_keys_that_never_leave_the_device()
    {
        using CertificateAuthority root = NewRoot();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] der = new CertificateRequest("CN=I am the administrator", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        Assert.True(CertificationRequest.TryParse(der, out CertificationRequest? request, out string? problem), problem);
        Assert.Equal("CN=I am the administrator", request.Subject.Name);
        using X509Certificate2 device = root.Issue(request.PublicKey, CertificateProfile.Device(new("device-7"), OneYear));
        Assert.Equal("CN=device-7", device.Subject);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), device.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.True(IsTrusted(device, root));
    }

    [Fact]
    public void Requests_without_proof_of_possession_or_with_unfit_keys_are_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        using var brainpool = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        using var rsa = RSA.Create(2048);
        using var weak = RSA.Create(1024);
        byte[] good = new CertificateRequest("CN=device", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        byte[] forged = (byte[])good.Clone();
        forged[^1] ^= 1;
        AssertRefused(forged, "signature");
        AssertRefused([.. good, 0], "behind");
        AssertRefused(new byte[CertificationRequest.MaxLength + 1], "longer");
        AssertRefused(new CertificateRequest("CN=device", curve, HashAlgorithmName.SHA256).CreateSigningRequest(), "curve");
        AssertRefused(new CertificateRequest("CN=device", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest(), "curve");
        AssertRefused(new CertificateRequest("CN=device", brainpool, HashAlgorithmName.SHA256).CreateSigningRequest(), "curve");
        AssertRefused(new CertificateRequest("CN=device", weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest(), "curve");
        for (int i = 0; i < good.Length; i++)
        {
            AssertRefused(good[..i], "");
            byte[] mutated = (byte[])good.Clone();
            mutated[i] ^= 0x55;
            AssertRefused(mutated, "");
        }

        static void AssertRefused(byte[] der, string reason)
        {
            Assert.False(CertificationRequest.TryParse(der, out _, out string? problem));
            Assert.Contains(reason, problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Common_names_out_of_bounds_are_refused(string name) => Assert.Throws<ArgumentException>(() => new CertificateSubject(name).ToDistinguishedName());

    [Fact]
    public void A_long_host_name_is_cut_in_the_common_name_alone()
    {
        string host = new string('a', 60) + ".example.org";
        using CertificateAuthority root = NewRoot();
        using X509Certificate2 server = root.IssueWithNewKey(CertificateProfile.Server([host], OneYear));
        Assert.Equal("CN=" + host[..64], server.Subject);
        Assert.True(server.MatchesHostname(host, allowWildcards: false, allowCommonName: false));
    }

    [Fact]
    public void Keys_elsewhere_can_sign()
    {
        using CertificateAuthority root = NewRoot();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using X509Certificate2 certificate = root.Issue(new PublicKey(key), CertificateProfile.Authority(new("In a module"), TenYears));
        using var authority = new CertificateAuthority(certificate, SigningKey.From(key));
        using X509Certificate2 device = authority.IssueWithNewKey(CertificateProfile.Device(new("device"), OneYear));
        Assert.True(IsTrusted(device, root, authority));

        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Throws<ArgumentException>(() => new CertificateAuthority(certificate, SigningKey.From(otherKey)));
        Assert.Throws<ArgumentException>(() => new CertificateAuthority(device, SigningKey.From(device.GetECDsaPrivateKey()!)));
    }

    private static CertificateAuthority NewRoot() => CertificateAuthority.CreateRoot(CertificateProfile.Authority(new("Root", "Surety"), TenYears));

    private static void AssertEndCertificate(X509Certificate2 certificate, CertificateAuthority issuer)
    {
        // RFC 7925, 4.4.4: basic constraints stand in the certificates of authorities alone.
        Assert.Empty(certificate.Extensions.OfType<X509BasicConstraintsExtension>());
        var usage = Assert.Single(certificate.Extensions.OfType<X509KeyUsageExtension>());
        Assert.Equal(X509KeyUsageFlags.DigitalSignature, usage.KeyUsages);
        Assert.Equal(SubjectKey(issuer.Certificate), AuthorityKey(certificate));
        Assert.NotEqual(SubjectKey(issuer.Certificate), SubjectKey(certificate));
        Assert.True(IsTrusted(certificate, issuer));
    }

    private static bool IsTrusted(X509Certificate2 certificate, CertificateAuthority root, params CertificateAuthority[] others)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.Add(root.Certificate);
        foreach (CertificateAuthority other in others)
            chain.ChainPolicy.ExtraStore.Add(other.Certificate);
        return chain.Build(certificate);
    }

    private static string SubjectKey(X509Certificate2 certificate) => Assert.Single(certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>()).SubjectKeyIdentifier!;

    private static string AuthorityKey(X509Certificate2 certificate) =>
        Convert.ToHexString(Assert.Single(certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>()).KeyIdentifier!.Value.Span);

    private static IEnumerable<string?> Purposes(X509Certificate2 certificate) =>
        Assert.Single(certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()).EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value);
}
