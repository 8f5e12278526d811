using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Dtls;
using Surety.Pki;
using Surety.Testing;

namespace Surety.Coap.Tests.Tcp;

/// <summary>RFC 5280, 6; RFC 7925, 4.4.</summary>
public sealed class CertificateVerifierTests
{
    private static readonly TestPki Pki = TestPki.Shared;
    private static readonly CertificateTrust Trust = new() { Anchors = [Pki.Root.Certificate], Intermediates = [Pki.Intermediate.Certificate] };

    [Fact]
    public void A_chain_to_an_anchor_proves_name_and_anchor()
    {
        using X509Certificate2 device = Pki.Device("device-1");
        CertificateVerification result = Verify(new CertificateTrust { Anchors = [Pki.OtherRoot.Certificate, Pki.Root.Certificate] }, device, Pki.Intermediate.Certificate);
        Assert.Null(result.Problem);
        Assert.Equal(SHA256.HashData(Pki.Root.Certificate.RawData), result.Anchor);
    }

    [Fact]
    public void A_certificate_alone_is_enough_when_we_have_the_intermediate()
    {
        using X509Certificate2 device = Pki.Device("device-1");
        Assert.True(Verify(Trust, device).IsValid);
    }

    [Fact]
    public void Without_the_intermediate_the_message_says_what_is_missing()
    {
        using X509Certificate2 device = Pki.Device("device-1");
        string problem = Verify(new CertificateTrust { Anchors = [Pki.Root.Certificate] }, device).Problem!;
        Assert.Contains("'CN=device-1, OU=Devices, O=Surety'", problem, StringComparison.Ordinal);
        Assert.Contains("'CN=Test Intermediate, O=Surety', which is no trust anchor here", problem, StringComparison.Ordinal);
        Assert.Contains("send its certificate along", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_intermediate_can_be_the_anchor()
    {
        using X509Certificate2 device = Pki.Device("device-1");
        CertificateVerification result = Verify(new CertificateTrust { Anchors = [Pki.Intermediate.Certificate] }, device);
        Assert.Null(result.Problem);
        Assert.Equal(SHA256.HashData(Pki.Intermediate.Certificate.RawData), result.Anchor);
        // Of two anchors in a chain the first one counts.
        result = Verify(new CertificateTrust { Anchors = [Pki.Root.Certificate, Pki.Intermediate.Certificate] }, device);
        Assert.Equal(SHA256.HashData(Pki.Intermediate.Certificate.RawData), result.Anchor);
    }

    [Fact]
    public void A_peers_own_certificate_can_be_the_anchor()
    {
        using X509Certificate2 device = Pki.Device("device-1", Pki.OtherRoot);
        using X509Certificate2 namesake = Pki.Device("device-1", Pki.OtherRoot);
        var trust = new CertificateTrust { Anchors = [device] };
        Assert.Null(Verify(trust, device).Problem);
        Assert.False(Verify(trust, namesake).IsValid);
    }

    [Fact]
    public void Without_anchors_nobody_is_believed()
    {
        using X509Certificate2 device = Pki.Device("device-1");
        Assert.False(Verify(new CertificateTrust(), device, Pki.Intermediate.Certificate, Pki.Root.Certificate).IsValid);
        // An intermediate of ours is not an anchor.
        Assert.False(Verify(new CertificateTrust { Intermediates = [Pki.Intermediate.Certificate, Pki.Root.Certificate] }, device).IsValid);
    }

    [Fact]
    public void What_the_peer_sends_along_is_never_an_anchor()
    {
        using X509Certificate2 device = Pki.Device("device-1", Pki.OtherRoot);
        string problem = Verify(Trust, device, Pki.OtherRoot.Certificate).Problem!;
        Assert.Contains("'CN=Other Root, O=Nobody', which is no trust anchor here", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_authority_with_the_name_of_an_anchor_is_not_that_anchor()
    {
        using X509Certificate2 device = Pki.Device("device-1", Pki.Impostor);
        Assert.False(Verify(Trust, device).IsValid);
        Assert.False(Verify(Trust, device, Pki.Impostor.Certificate).IsValid);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_signature_that_does_not_verify_is_noticed_also_without_key_identifiers(bool underIntermediate)
    {
        // Issuer name and nothing else points at the anchor, the key behind the signature is another.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var wrongKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 issuer = underIntermediate ? Pki.Intermediate.Certificate : Pki.Root.Certificate;
        using X509Certificate2 forged = new CertificateRequest("CN=device-1", key, HashAlgorithmName.SHA256)
            .Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(wrongKey), Pki.Validity.NotBefore, Pki.Validity.NotAfter, [1, 2, 3]);
        string problem = Verify(Trust, forged).Problem!;
        Assert.Contains("was not signed by", problem, StringComparison.Ordinal);
        // Nor with the issuer itself as the anchor.
        Assert.False(Verify(new CertificateTrust { Anchors = [issuer] }, forged).IsValid);
    }

    [Fact]
    public void Expired_and_future_certificates_are_refused_with_the_times()
    {
        using X509Certificate2 expired = Pki.ExpiredDevice("old"), future = Pki.FutureDevice("new");
        Assert.Contains("expired at 20", Verify(Trust, expired).Problem, StringComparison.Ordinal);
        Assert.Contains("is not valid before 20", Verify(Trust, future).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_is_the_given_one()
    {
        using X509Certificate2 expired = Pki.ExpiredDevice("old"), device = Pki.Device("device-1");
        Assert.True(CertificateVerifier.Verify([expired], new CertificateTrust { Anchors = [Pki.Intermediate.Certificate] }, isServer: false, DateTimeOffset.UnixEpoch) is { IsValid: false });
        Assert.Contains("expired", CertificateVerifier.Verify([device], Trust, isServer: false, TimeProvider.System.GetUtcNow().AddYears(2)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_authority_takes_its_certificates_with_it()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using CertificateAuthority old = Pki.Root.IssueAuthority(CertificateProfile.Authority(new("Old Authority"), new(now.AddHours(-1), now.AddDays(1))));
        using X509Certificate2 device = Pki.Device("device-1", old);
        Assert.Null(Verify(Trust, device, old.Certificate).Problem);
        now = now.AddDays(2);
        string problem = CertificateVerifier.Verify([device, old.Certificate], Trust, isServer: false, now).Problem!;
        Assert.Contains("expired", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_for_another_purpose_is_refused()
    {
        using X509Certificate2 device = Pki.Device("device-1"), wrong = Pki.DeviceOfWrongUsage("device-2"), mute = Pki.DeviceThatMayNotSign("device-3");
        Assert.Contains("extended key usage clientAuth", Verify(Trust, wrong).Problem, StringComparison.Ordinal);
        Assert.Contains("digitalSignature", Verify(Trust, mute).Problem, StringComparison.Ordinal);
        Assert.Contains("extended key usage clientAuth", Verify(Trust, Pki.Server).Problem, StringComparison.Ordinal);
        Assert.Contains(
            "extended key usage serverAuth", CertificateVerifier.Verify([device], Trust, isServer: true, TimeProvider.System.GetUtcNow()).Problem, StringComparison.Ordinal);
        Assert.Null(CertificateVerifier.Verify([Pki.Server], Trust, isServer: true, TimeProvider.System.GetUtcNow()).Problem);
    }

    [Fact]
    public void A_device_cannot_issue_certificates()
    {
        using X509Certificate2 issuer = Pki.Device("issuer");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa issuerKey = issuer.GetECDsaPrivateKey()!;
        using X509Certificate2 child = new CertificateRequest("CN=child", key, HashAlgorithmName.SHA256)
            .Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), Pki.Validity.NotBefore, Pki.Validity.NotAfter, [1, 2, 3]);
        Assert.False(Verify(Trust, child, issuer).IsValid);
    }

    [Fact]
    public void An_authority_below_the_allowed_depth_is_refused()
    {
        // The intermediate has a path length of 0.
        using CertificateAuthority third = Pki.Intermediate.IssueAuthority(CertificateProfile.Authority(new("Third"), Pki.Validity));
        using X509Certificate2 device = Pki.Device("device-1", third);
        Assert.False(Verify(Trust, device, third.Certificate).IsValid);
    }

    [Fact]
    public void Anchors_come_and_go_for_chains_of_all_kinds()
    {
        using X509Certificate2 device = Pki.Device("device-1");
        var anchors = new TrustAnchorSet();
        var trust = new CertificateTrust { LiveAnchors = anchors };
        Assert.False(Verify(trust, device, Pki.Intermediate.Certificate).IsValid);
        anchors.Add(Pki.Root.Certificate.RawData);
        Assert.True(Verify(trust, device, Pki.Intermediate.Certificate).IsValid);
        anchors.Remove(SHA256.HashData(Pki.Root.Certificate.RawData));
        Assert.False(Verify(trust, device, Pki.Intermediate.Certificate).IsValid);
    }

    [Fact]
    public void A_certificate_that_has_ended_is_taken_within_the_grace_and_no_longer()
    {
        // It expired yesterday.
        using X509Certificate2 device = Pki.ExpiredDevice("device-old");
        Assert.True(Verify(new CertificateTrust { Anchors = [Pki.Intermediate.Certificate], ExpiryGrace = TimeSpan.FromDays(2) }, device).IsValid);
        Assert.False(Verify(new CertificateTrust { Anchors = [Pki.Intermediate.Certificate], ExpiryGrace = TimeSpan.FromHours(20) }, device).IsValid);
    }

    [Fact]
    public void A_revoked_certificate_or_authority_is_refused_with_its_reason()
    {
        using X509Certificate2 device = Pki.Device("device-1"), other = Pki.Device("device-2");
        var trust = new CertificateTrust
        {
            Anchors = [Pki.Root.Certificate],
            Intermediates = [Pki.Intermediate.Certificate],
            FindRevocation = certificate => SubjectOf(certificate).Contains("device-1", StringComparison.Ordinal) ? "was revoked: stolen" : null,
        };
        Assert.EndsWith("was revoked: stolen", Verify(trust, device).Problem, StringComparison.Ordinal);
        Assert.True(Verify(trust, other).IsValid);

        trust = new CertificateTrust
        {
            Anchors = [Pki.Root.Certificate],
            Intermediates = [Pki.Intermediate.Certificate],
            FindRevocation = certificate => SubjectOf(certificate).Contains("Intermediate", StringComparison.Ordinal) ? "was revoked" : null,
        };
        Assert.Contains("depends on the certificate of 'CN=Test Intermediate", Verify(trust, other).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heap_of_certificates_is_refused_unseen()
    {
        using X509Certificate2 device = Pki.Device("device-1");
        Assert.Contains("more than 7 others", Verify(Trust, [device, .. Enumerable.Repeat(Pki.Intermediate.Certificate, 20)]).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("127.0.0.2", false)]
    [InlineData("example.org", false)]
    [InlineData("localhost.example.org", false)]
    public void A_server_is_known_by_its_alternative_names(string host, bool expected)
    {
        string? problem = CertificateVerifier.CheckName(Pki.Server, host);
        Assert.Equal(expected, problem is null);
        if (!expected)
            Assert.Contains($"is for localhost, 127.0.0.1, ::1 (subjectAltName), not for {host}", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_the_common_name_nor_a_wildcard_names_a_server()
    {
        using X509Certificate2 device = Pki.Device("example.org"), wildcard = Pki.ServerFor("*.example.org");
        Assert.Contains("no host at all", CertificateVerifier.CheckName(device, "example.org"), StringComparison.Ordinal);
        Assert.NotNull(CertificateVerifier.CheckName(wildcard, "a.example.org"));
    }

    private static string SubjectOf(ReadOnlyMemory<byte> certificate)
    {
        using X509Certificate2 read = X509CertificateLoader.LoadCertificate(certificate.Span);
        return read.Subject;
    }

    private static CertificateVerification Verify(CertificateTrust trust, params X509Certificate2[] sent) =>
        CertificateVerifier.Verify(sent, trust, isServer: false, TimeProvider.System.GetUtcNow());
}
