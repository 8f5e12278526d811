using System.Security.Cryptography.X509Certificates;
using Surety.Testing;

namespace Surety.Pki.Tests;

/// <summary>The roll-over of docs/certificate-authority.md, step by step: nobody is locked out at any of them.</summary>
public sealed class CrossSigningTests
{
    private static readonly ManualTime Time = new();
    private static readonly ValidityPeriod Years = ValidityPeriod.FromNow(Time, TimeSpan.FromDays(3650));

    [Fact]
    public void A_roll_over_locks_out_nobody()
    {
        using CertificateAuthority oldRoot = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("Root 1"), Years)), oldIssuing = oldRoot.IssueAuthority(CertificateProfile.Intermediate(new("Issuing 1"), Years));
        using X509Certificate2 oldDevice = oldIssuing.IssueWithNewKey(CertificateProfile.Device(new("device"), Years)), oldServer = oldIssuing.IssueWithNewKey(CertificateProfile.Server(["server"], Years));

        // 1, 2: a new root and intermediate; each root certifies the other.
        using CertificateAuthority newRoot = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("Root 2"), Years), KeyCurve.P384), newIssuing = newRoot.IssueAuthority(CertificateProfile.Intermediate(new("Issuing 2"), Years));
        using X509Certificate2 newByOld = oldRoot.CrossSign(newRoot.Certificate, Years), oldByNew = newRoot.CrossSign(oldRoot.Certificate, Years);

        // 5: a server with the new chain and the bridge, before devices that trust the old root alone and those that trust the new one alone.
        using X509Certificate2 newServer = newIssuing.IssueWithNewKey(CertificateProfile.Server(["server"], Years));
        X509Certificate2[] dualChain = [newIssuing.Certificate, newByOld];
        AssertTrusted(oldRoot, newServer, dualChain, CertificatePurpose.Server);
        AssertTrusted(newRoot, newServer, dualChain, CertificatePurpose.Server);
        // Rollback: the old server for devices that have the new root alone.
        AssertTrusted(newRoot, oldServer, [oldIssuing.Certificate, oldByNew], CertificatePurpose.Server);

        // 6: devices renew under the new intermediate; both kinds are believed by a platform with either root.
        using X509Certificate2 newDevice = newIssuing.IssueWithNewKey(CertificateProfile.Device(new("device"), Years));
        AssertTrusted(oldRoot, newDevice, dualChain, CertificatePurpose.Client);
        AssertTrusted(newRoot, oldDevice, [oldIssuing.Certificate, oldByNew], CertificatePurpose.Client);

        // 7: the old root goes; without the bridge nothing of it is believed any more.
        AssertTrusted(newRoot, newDevice, [newIssuing.Certificate], CertificatePurpose.Client);
        Assert.False(new CertificationPathValidator([newRoot.Certificate]).Validate(oldDevice, [oldIssuing.Certificate], Time.GetUtcNow(), CertificatePurpose.Client).IsValid);
    }

    [Fact]
    public void What_is_certified_again_keeps_its_bounds()
    {
        using CertificateAuthority root = CertificateAuthority.CreateRoot(CertificateProfile.Root(new("Root"), Years)), oem = CertificateAuthority.CreateRoot(
            CertificateProfile.DeviceFactory(new("OEM"), Years, NameConstraints.Within("Acme")));
        using X509Certificate2 cross = root.CrossSign(oem.Certificate, Years), bad = oem.IssueWithNewKey(CertificateProfile.Device(new("d", "Other"), Years));
        Assert.Equal(0, Assert.Single(cross.Extensions.OfType<X509BasicConstraintsExtension>()).PathLengthConstraint);
        Assert.Equal(oem.Certificate.SubjectName.RawData, cross.SubjectName.RawData);
        CertificationPath path = new CertificationPathValidator([root.Certificate]).Validate(bad, [cross], Time.GetUtcNow(), CertificatePurpose.Client);
        Assert.Contains("outside of what its issuer may give", path.Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => root.CrossSign(root.Certificate, Years));
        Assert.Throws<ArgumentException>(() => root.CrossSign(bad, Years));
    }

    private static void AssertTrusted(CertificateAuthority root, X509Certificate2 certificate, X509Certificate2[] chain, CertificatePurpose purpose)
    {
        CertificationPath path = new CertificationPathValidator([root.Certificate]).Validate(certificate, chain, Time.GetUtcNow(), purpose);
        Assert.True(path.IsValid, path.Reason);
    }
}
