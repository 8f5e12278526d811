using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Pki;

namespace Surety.Dtls.Tests;

/// <summary>Anchors that come and go (RFC 5280, 6.1.1 (d)).</summary>
public sealed class TrustAnchorSetTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public void An_anchor_counts_from_the_moment_it_is_added_until_it_is_removed()
    {
        var anchors = new TrustAnchorSet();
        var trust = new TrustAnchors(anchors);
        byte[][] chain = [Keys.Pki.Device("device-1").RawData, Keys.Pki.Intermediate.Certificate.RawData];
        Assert.Equal(AlertDescription.UnknownCa, trust.VerifyCertificate(chain, false, null, Now).Alert);
        Assert.True(anchors.Add(Keys.Pki.Root.Certificate.RawData));
        Assert.False(anchors.Add(Keys.Pki.Root.Certificate.RawData));
        PeerCredential credential = trust.VerifyCertificate(chain, false, null, Now).Credential!;
        byte[] thumbprint = SHA256.HashData(Keys.Pki.Root.Certificate.RawData);
        Assert.Equal(thumbprint, Assert.IsType<PeerCredential.Certificate>(credential).TrustAnchorThumbprint.ToArray());
        Assert.True(trust.IsStillTrusted(credential, Now));
        Assert.Equal(Keys.Pki.Root.Certificate.RawData, anchors.Find(thumbprint)!.Value.ToArray());
        Assert.True(anchors.Remove(thumbprint));
        Assert.False(anchors.Remove(thumbprint));
        Assert.Equal(AlertDescription.UnknownCa, trust.VerifyCertificate(chain, false, null, Now).Alert);
        Assert.False(trust.IsStillTrusted(credential, Now));
        Assert.Equal(0, anchors.Count);
        Assert.Null(anchors.Find(thumbprint));
    }

    [Fact]
    public void What_is_no_certificate_is_not_added()
    {
        var anchors = new TrustAnchorSet();
        Assert.Throws<ArgumentException>(() => anchors.Add(new byte[] { 0x30, 0x00 }));
        Assert.Throws<ArgumentException>(() => anchors.Add(ReadOnlyMemory<byte>.Empty));
        Assert.Equal(0, anchors.Count);
    }

    [Fact]
    public void Of_authorities_with_one_name_the_one_with_the_key_is_found_however_many_there_are()
    {
        // Others may call themselves the same: their signatures are not even looked at, since the key identifier names another key.
        var anchors = new TrustAnchorSet();
        for (int i = 0; i < 40; i++)
        {
            using CertificateAuthority impostor = NewRoot();
            anchors.Add(impostor.Certificate.RawData);
        }

        using CertificateAuthority authority = NewRoot();
        anchors.Add(authority.Certificate.RawData);
        using X509Certificate2 device = Keys.Pki.Device("device-1", authority);
        var credential = Assert.IsType<PeerCredential.Certificate>(new TrustAnchors(anchors).VerifyCertificate([device.RawData], false, null, Now).Credential);
        Assert.Equal(SHA256.HashData(authority.Certificate.RawData), credential.TrustAnchorThumbprint.ToArray());
        Assert.Equal(Convert.FromHexString(device.SerialNumber).SkipWhile(value => value == 0).ToArray(), credential.SerialNumber.ToArray());
        Assert.Equal(device.NotAfter.ToUniversalTime(), credential.NotAfter.UtcDateTime);
    }

    [Fact]
    public void A_certificate_that_has_ended_is_taken_within_the_grace()
    {
        using X509Certificate2 device = Keys.Pki.ExpiredDevice("device-old");
        byte[][] chain = [device.RawData, Keys.Pki.Intermediate.Certificate.RawData];
        var anchors = new TrustAnchorSet([Keys.Pki.Root.Certificate.RawData]);
        Assert.Equal(AlertDescription.CertificateExpired, new TrustAnchors(anchors).VerifyCertificate(chain, false, null, Now).Alert);
        Assert.Equal(AlertDescription.CertificateExpired, new TrustAnchors(anchors) { ExpiryGrace = TimeSpan.FromHours(20) }.VerifyCertificate(chain, false, null, Now).Alert);
        Assert.NotNull(new TrustAnchors(anchors) { ExpiryGrace = TimeSpan.FromDays(2) }.VerifyCertificate(chain, false, null, Now).Credential);
    }

    [Fact]
    public async Task Checks_and_changes_go_on_at_the_same_time()
    {
        var anchors = new TrustAnchorSet([Keys.Pki.Root.Certificate.RawData]);
        var trust = new TrustAnchors(anchors);
        byte[][] chain = [Keys.Pki.Device("device-1").RawData, Keys.Pki.Intermediate.Certificate.RawData];
        byte[][] others = [.. Enumerable.Range(0, 20).Select(_ =>
        {
            using CertificateAuthority other = NewRoot();
            return other.Certificate.RawData;
        })];
        await Task.WhenAll(
            Task.Run(() => Parallel.ForEach(others, other => anchors.Add(other))),
            Task.Run(() =>
            {
                for (int i = 0; i < 100; i++)
                    Assert.NotNull(trust.VerifyCertificate(chain, false, null, Now).Credential);
            }));
        Assert.Equal(21, anchors.Count);
        Parallel.ForEach(others, other => anchors.Remove(SHA256.HashData(other)));
        Assert.Equal(1, anchors.Count);
    }

    [Fact]
    public void A_session_of_a_key_that_is_gone_is_not_resumed()
    {
        var link = new Link();
        var store = new ForgettingStore();
        Peer server = link.Add(new DtlsServerOptions { PreSharedKeys = store }), client = link.Add(null);
        client.Engine.Connect(server.Address, Keys.PskClient(), link.Now);
        Assert.True(link.Run(() => client.Established.Count == 1));
        DtlsClientOptions again = Keys.PskClient() with { Resumption = client.Session.Resumption };
        client.Engine.Connect(server.Address, again, link.Now);
        Assert.True(link.Run(() => client.Established.Count == 2));
        Assert.True(client.Session.IsResumed);

        store.IsForgotten = true;
        client.Engine.Connect(server.Address, again, link.Now);
        Assert.True(link.Run(() => client.Failures.Count == 1));
    }

    private static CertificateAuthority NewRoot() => CertificateAuthority.CreateRoot(CertificateProfile.Authority(new("Same Name"), Keys.Pki.Validity));

    private sealed class ForgettingStore : IPreSharedKeyStore
    {
        public bool IsForgotten { get; set; }

        public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(IsForgotten ? null : Keys.Psk);

        public bool IsStillKnown(ReadOnlyMemory<byte> identity) => !IsForgotten;
    }
}
