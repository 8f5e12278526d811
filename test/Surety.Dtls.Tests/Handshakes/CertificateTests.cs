using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Pki;

namespace Surety.Dtls.Tests;

/// <summary>Whom each side believes.</summary>
public sealed class CertificateTests
{
    public static TheoryData<string, AlertDescription> BadDevices => new()
    {
        { "expired", AlertDescription.CertificateExpired },
        { "future", AlertDescription.CertificateExpired },
        { "usage", AlertDescription.UnsupportedCertificate },
        { "stranger", AlertDescription.UnknownCa },
        { "impostor", AlertDescription.UnknownCa },
        { "none", AlertDescription.HandshakeFailure },
    };

    [Theory]
    [MemberData(nameof(BadDevices))]
    public void A_device_with_a_bad_certificate_is_told_what_is_wrong(string kind, AlertDescription alert)
    {
        X509Certificate2? certificate = kind switch
        {
            "expired" => Keys.Pki.ExpiredDevice("device-1"),
            "future" => Keys.Pki.FutureDevice("device-1"),
            "usage" => Keys.Pki.DeviceOfWrongUsage("device-1"),
            "stranger" => Keys.Pki.Device("device-1", Keys.Pki.OtherRoot),
            "impostor" => Keys.Pki.Device("device-1", Keys.Pki.Impostor),
            _ => null,
        };
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        client.Engine.Connect(server.Address, new() { Certificate = certificate is null ? null : Keys.ToDtls(certificate), Verifier = Keys.Trust }, link.Now);
        Assert.True(link.Run(() => client.Failures.Count == 1));
        Assert.Equal(alert, client.Failures[0].Alert);
        Assert.Empty(server.Established);
    }

    [Fact]
    public void A_server_for_another_host_is_refused()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        client.Engine.Connect(server.Address, new() { Certificate = Keys.DeviceCertificate, Verifier = Keys.Trust, ServerName = "elsewhere.example" }, link.Now);
        Assert.True(link.Run(() => client.Failures.Count == 1));
        Assert.Equal(AlertDescription.BadCertificate, client.Failures[0].Alert);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_certificate_is_for_the_hosts_of_its_subjectAltName(string host) => Assert.True(CertificatePath.IsFor(Keys.Pki.Server.RawData, host));

    [Fact]
    public void A_device_may_come_with_its_own_certificate_alone_when_the_server_has_the_rest()
    {
        var link = new Link();
        var trust = new TrustAnchors([Keys.Pki.Root.Certificate.RawData], [Keys.Pki.Intermediate.Certificate.RawData]);
        Peer server = link.Add(new DtlsServerOptions { Certificate = Keys.ServerCertificate, Verifier = trust }), client = link.Add(null);
        client.Engine.Connect(server.Address, new() { Certificate = new(Keys.Pki.Device("alone")), Verifier = Keys.Trust }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1));
    }

    [Fact]
    public void A_revoked_device_is_refused_at_once_also_when_it_resumes()
    {
        var link = new Link();
        bool isRevoked = false;
        var trust = new TrustAnchors([Keys.Pki.Root.Certificate.RawData]) { FindRevocation = _ => isRevoked ? "the certificate is revoked" : null };
        Peer server = link.Add(new DtlsServerOptions { Certificate = Keys.ServerCertificate, Verifier = trust }), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.Client(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1));
        isRevoked = true;
        client.Engine.Connect(
            server.Address, new() { Certificate = Keys.DeviceCertificate, Verifier = Keys.Trust, Resumption = client.Session.Resumption }, link.Now);
        Assert.True(link.Run(() => client.Failures.Count == 1));
        Assert.Equal(AlertDescription.CertificateRevoked, client.Failures[0].Alert);
    }

    [Fact]
    public void Who_asks_for_revoked_certificates_sees_the_certificate_again_when_a_session_is_resumed_by_its_id()
    {
        var link = new Link();
        List<byte[]> asked = [];
        var trust = new TrustAnchors([Keys.Pki.Root.Certificate.RawData])
        {
            FindRevocation = certificate =>
            {
                asked.Add(certificate.ToArray());
                return null;
            },
        };
        Peer server = link.Add(new DtlsServerOptions { Certificate = Keys.ServerCertificate, Verifier = trust }), client = link.Add(null);
        DtlsClientOptions options = Keys.Client() with { RequestTicket = false };
        client.Engine.Connect(server.Address, options, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1));
        client.Engine.Connect(server.Address, options with { Resumption = client.Session.Resumption }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 2));
        Assert.False(client.Session.IsResumed);
        // The authority between is asked about as well.
        Assert.Equal(2, asked.Count(certificate => certificate.AsSpan().SequenceEqual(Keys.DeviceCertificate.Chain[0].Span)));
    }

    [Fact]
    public void A_session_says_who_the_peer_is_without_keeping_the_certificate()
    {
        var link = new Link();
        Peer server = link.Add(Keys.Server()), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.Client(), link.Now);
        Assert.True(link.Run(() => server.Established.Count == 1));
        using X509Certificate2 shown = X509CertificateLoader.LoadCertificate(Keys.DeviceCertificate.Chain[0].Span);
        AssertIs(shown, server.Session);
        byte[] saved = DtlsEngine.Save(server.Session);
        Assert.Equal(-1, saved.AsSpan().IndexOf(shown.RawData));
        Peer other = link.Add(Keys.Server());
        AssertIs(shown, other.Engine.Restore(saved, link.Now)!);
    }

    private static void AssertIs(X509Certificate2 certificate, DtlsSession session)
    {
        var peer = Assert.IsType<PeerCredential.Certificate>(session.Peer);
        Assert.True(peer.RawData.IsEmpty);
        Assert.Equal(SHA256.HashData(certificate.RawData), peer.Thumbprint.Span);
        Assert.Equal(certificate.SubjectName.RawData, peer.Subject.Span);
        Assert.Equal(certificate.SerialNumber.TrimStart('0'), Convert.ToHexString(peer.SerialNumber.Span).TrimStart('0'));
        Assert.Equal(certificate.NotAfter.ToUniversalTime(), peer.NotAfter.UtcDateTime);
        Assert.Equal(SHA256.HashData(Keys.Pki.Root.Certificate.RawData), peer.TrustAnchorThumbprint.Span);
    }

    [Fact]
    public void A_client_may_stay_anonymous_where_the_server_allows_it()
    {
        var link = new Link();
        Peer server = link.Add(new DtlsServerOptions { Certificate = Keys.ServerCertificate, Verifier = Keys.Trust, ClientAuthentication = ClientAuthentication.Optional }), client = link.Add(null);
        client.Engine.Connect(server.Address, new() { Verifier = Keys.Trust }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
        Assert.Same(PeerCredential.None, server.Session.Peer);
    }

    [Fact]
    public void Certificates_on_P384_work_for_both()
    {
        using var root = CertificateAuthority.CreateRoot(CertificateProfile.Authority(new("Root 384"), Keys.Pki.Validity));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using X509Certificate2 device = root.Issue(new PublicKey(key), CertificateProfile.Device(new("device-384"), Keys.Pki.Validity)).CopyWithPrivateKey(key);
        var trust = new TrustAnchors([root.Certificate.RawData, Keys.Pki.Root.Certificate.RawData]);
        var link = new Link();
        Peer server = link.Add(new DtlsServerOptions { Certificate = Keys.ServerCertificate, Verifier = trust }), client = link.Add(null);
        client.Engine.Connect(server.Address, new() { Certificate = new(device), Verifier = trust }, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1 && server.Established.Count == 1));
    }

    [Fact]
    public void What_the_path_validation_reads_is_what_the_platform_reads()
    {
        foreach (X509Certificate2 certificate in new[] { Keys.Pki.Root.Certificate, Keys.Pki.Intermediate.Certificate, Keys.Pki.Server, Keys.Pki.Device("x") })
        {
            Assert.True(CertificateFields.TryRead(certificate.RawData, out CertificateFields fields));
            Assert.Equal(certificate.NotBefore.ToUniversalTime(), fields.NotBefore.UtcDateTime);
            Assert.Equal(certificate.NotAfter.ToUniversalTime(), fields.NotAfter.UtcDateTime);
            Assert.Equal(certificate.SubjectName.RawData, fields.Subject.ToArray());
            Assert.Equal(certificate.IssuerName.RawData, fields.Issuer.ToArray());
            Assert.Equal(certificate.PublicKey.ExportSubjectPublicKeyInfo(), fields.SubjectPublicKeyInfo.ToArray());
            Assert.Equal(certificate.SerialNumberBytes.ToArray(), fields.SerialNumber.ToArray());
            Assert.False(fields.HasMore);
            for (int length = 0; length < certificate.RawData.Length; length++)
                Assert.False(CertificateFields.TryRead(certificate.RawData.AsSpan(0, length), out _));
        }
    }
}
