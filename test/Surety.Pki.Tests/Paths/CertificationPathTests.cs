using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Testing;

namespace Surety.Pki.Tests;

public sealed class CertificationPathTests
{
    private static readonly ManualTime Time = new();
    private static readonly ValidityPeriod Years = ValidityPeriod.FromNow(Time, TimeSpan.FromDays(3650));

    private readonly CertificateAuthority _root = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("Root"), Years), KeyCurve.P384);

    [Fact]
    public void A_path_over_intermediates_in_any_order_is_found()
    {
        using CertificateAuthority first = _root.IssueAuthority(CertificateProfile.Authority(new("First"), Years, 1)), second = first.IssueAuthority(CertificateProfile.Intermediate(new("Second"), Years));
        using X509Certificate2 device = second.IssueWithNewKey(CertificateProfile.Device(new("device"), Years));
        CertificationPath path = Validate(device, [second.Certificate, first.Certificate]);
        Assert.True(path.IsValid, path.Reason);
        Assert.Equal([device.RawData, second.Certificate.RawData, first.Certificate.RawData, _root.Certificate.RawData], path.Certificates.Select(c => c.ToArray()));
        Assert.Empty(path.Reason);
        AssertRefused(Validate(device, [second.Certificate]), "CN=Second", "neither trusted nor part of the chain");
        AssertRefused(Validate(device, []), "CN=device", "issuer 'CN=Second'");
    }

    [Fact]
    public void Length_and_loops_are_bounded()
    {
        using CertificateAuthority narrow = _root.IssueAuthority(CertificateProfile.Intermediate(new("Narrow"), Years)), below = narrow.IssueAuthority(CertificateProfile.Authority(new("Below"), Years));
        using X509Certificate2 device = below.IssueWithNewKey(CertificateProfile.Device(new("device"), Years));
        AssertRefused(Validate(device, [below.Certificate, narrow.Certificate]), "CN=Below", "path length");

        // Two that certify each other, and no way out.
        using CertificateAuthority a = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("A"), Years)), b = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("B"), Years));
        using X509Certificate2 ab = a.CrossSign(b.Certificate, Years), ba = b.CrossSign(a.Certificate, Years), lost = a.IssueWithNewKey(CertificateProfile.Device(new("lost"), Years));
        AssertRefused(Validate(lost, [ab, ba]), "", "circles");

        List<CertificateAuthority> chain = [_root];
        for (int i = 0; i < 8; i++)
            chain.Add(chain[^1].IssueAuthority(CertificateProfile.Authority(new($"Level {i}"), Years)));
        using X509Certificate2 deep = chain[^1].IssueWithNewKey(CertificateProfile.Device(new("deep"), Years));
        AssertRefused(Validate(deep, chain.Skip(1).Select(c => c.Certificate)), "", "longer than 8");
        using X509Certificate2 fits = chain[6].IssueWithNewKey(CertificateProfile.Device(new("fits"), Years));
        Assert.True(Validate(fits, chain.Skip(1).Select(c => c.Certificate)).IsValid);
    }

    [Fact]
    public void Every_member_is_valid_at_the_time_that_is_asked_for()
    {
        DateTimeOffset now = Time.GetUtcNow();
        using CertificateAuthority old = _root.IssueAuthority(CertificateProfile.Intermediate(new("Old"), new(now.AddDays(-20), now.AddDays(-10))));
        // A device's certificate that outlives its issuer comes from a foreign authority.
        using CertificateAuthority sameKey = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("Old"), Years), old.Key);
        using X509Certificate2 device = sameKey.Issue(NewKey(), CertificateProfile.Device(new("device"), Years));
        AssertRefused(Validate(device, [old.Certificate]), "CN=Old", "expired on 2025-12-22");
        CertificationPath then = new CertificationPathValidator([_root.Certificate]).Validate(device, [old.Certificate], now.AddDays(-15), CertificatePurpose.Client);
        AssertRefused(then, "CN=device", "valid from");
        using X509Certificate2 early = _root.Issue(NewKey(), CertificateProfile.Device(new("early"), new(now.AddDays(1), now.AddDays(2))));
        AssertRefused(Validate(early, []), "CN=early", "valid from 2026-01-02");
    }

    [Fact]
    public void Usage_and_purpose_are_checked()
    {
        using X509Certificate2 server = _root.IssueWithNewKey(CertificateProfile.Server(["host"], Years)), device = _root.IssueWithNewKey(CertificateProfile.Device(new("device"), Years));
        AssertRefused(Validate(server, []), "CN=host", "not meant for clients");
        Assert.True(new CertificationPathValidator([_root.Certificate]).Validate(server, [], Time.GetUtcNow(), CertificatePurpose.Server).IsValid);
        using X509Certificate2 agreement = _root.Issue(NewKey(), CertificateProfile.Device(new("agreement"), Years) with { KeyUsage = X509KeyUsageFlags.KeyAgreement });
        AssertRefused(Validate(agreement, []), "CN=agreement", "may not sign");
        AssertRefused(new CertificationPathValidator([_root.Certificate]).Validate(device, [], Time.GetUtcNow(), CertificatePurpose.Authority), "CN=device", "not the certificate of an authority");
        AssertRefused(new CertificationPathValidator([_root.Certificate]).Validate(device, [], Time.GetUtcNow(), CertificatePurpose.OcspResponder), "CN=device", "OCSP");

        // A device that plays authority.
        using CertificateAuthority impostor = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("device"), Years), SigningKey.From(device.GetECDsaPrivateKey()!));
        using X509Certificate2 child = impostor.IssueWithNewKey(CertificateProfile.Device(new("child"), Years));
        AssertRefused(Validate(child, [device]), "CN=device", "not the certificate of an authority");
    }

    [Fact]
    public void Names_stay_within_the_constraints_of_their_factory()
    {
        NameConstraints constraints = NameConstraints.Within("Acme", "Meters") with { DnsNames = ["example.org"], Addresses = [IPNetwork.Parse("10.0.0.0/8")] };
        using CertificateAuthority factory = _root.IssueAuthority(CertificateProfile.DeviceFactory(new("Acme Factory"), Years, constraints));
        Assert.True(Check(new("d1", "Acme", "Meters")).IsValid);
        Assert.True(Check(new("d1", "ACME", "meters")).IsValid); // RFC 5280, 7.1: case does not count
        AssertRefused(Check(new("d1", "Acme", "Pumps")), "CN=d1", "outside of what its issuer may give");
        AssertRefused(Check(new("d1")), "CN=d1", "subject is outside");
        Assert.True(Check(new("d1", "Acme", "Meters"), p => p with { DnsNames = ["a.example.org", "example.org"], Addresses = [IPAddress.Parse("10.1.2.3")] }).IsValid);
        AssertRefused(Check(new("d1", "Acme", "Meters"), p => p with { DnsNames = ["badexample.org"] }), "CN=d1", "DNS name 'badexample.org'");
        AssertRefused(Check(new("d1", "Acme", "Meters"), p => p with { Addresses = [IPAddress.Parse("11.1.2.3")] }), "CN=d1", "address 11.1.2.3");
        AssertRefused(Check(new("d1", "Acme", "Meters"), p => p with { Addresses = [IPAddress.Parse("::1")] }), "CN=d1", "address ::1");

        CertificationPath Check(CertificateSubject subject, Func<CertificateProfile, CertificateProfile>? change = null)
        {
            CertificateProfile profile = CertificateProfile.Device(subject, Years);
            using X509Certificate2 device = factory.Issue(NewKey(), change?.Invoke(profile) ?? profile);
            return Validate(device, [factory.Certificate]);
        }
    }

    [Fact]
    public void Forged_foreign_and_broken_certificates_are_refused()
    {
        using CertificateAuthority impostor = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("Root"), Years));
        using X509Certificate2 forged = impostor.IssueWithNewKey(CertificateProfile.Device(new("device"), Years));
        AssertRefused(Validate(forged, [impostor.Certificate]), "", "signed by itself");
        using X509Certificate2 alone = new CertificateRequest("CN=alone", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256).CreateSelfSigned(Years.NotBefore, Years.NotAfter);
        AssertRefused(Validate(alone, []), "CN=alone", "signed by itself and not trusted");

        var critical = new CertificateRequest("CN=critical", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        critical.CertificateExtensions.Add(new X509Extension("1.2.3.4", [0x05, 0x00], critical: true));
        using X509Certificate2 unknown = critical.CreateSelfSigned(Years.NotBefore, Years.NotAfter);
        AssertRefused(new CertificationPathValidator([unknown]).Validate(unknown, [], Time.GetUtcNow(), CertificatePurpose.Any), "CN=critical", "1.2.3.4 is not understood");

        byte[] good = _root.IssueEncoded(NewKey(), CertificateProfile.Device(new("device"), Years));
        var validator = new CertificationPathValidator([_root.Certificate]);
        Assert.True(validator.Validate(good, [], Time.GetUtcNow(), CertificatePurpose.Client).IsValid);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] mutated = (byte[])good.Clone();
            mutated[i] ^= 0x55;
            Assert.False(validator.Validate(mutated, [], Time.GetUtcNow(), CertificatePurpose.Client).IsValid);
            Assert.False(validator.Validate(good.AsMemory(0, i), [good.AsMemory(i)], Time.GetUtcNow(), CertificatePurpose.Client).IsValid);
        }
    }

    private static PublicKey NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new PublicKey(key);
    }

    private static void AssertRefused(CertificationPath path, string subject, string reason)
    {
        Assert.False(path.IsValid);
        Assert.Contains(path.Faults, fault => fault.Subject.StartsWith(subject, StringComparison.Ordinal) && fault.Reason.Contains(reason, StringComparison.Ordinal));
    }

    private CertificationPath Validate(X509Certificate2 certificate, IEnumerable<X509Certificate2> offered) =>
        new CertificationPathValidator([_root.Certificate]).Validate(certificate, offered, Time.GetUtcNow(), CertificatePurpose.Client);
}
