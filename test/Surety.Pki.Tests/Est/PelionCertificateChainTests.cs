using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki.Tests.Est;

/// <summary>The chain that Pelion's device client reads in its EstClient; the head of the one recorded from a genuine client's enrolment begins <c>01 01 01D1 3082</c>.</summary>
public sealed class PelionCertificateChainTests
{
    private static readonly X509Certificate2 Device = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(OpenSslBytes.Device));
    private static readonly X509Certificate2 Root = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(OpenSslBytes.Root));

    // Version, count, and lengths in network byte order.
    private static readonly byte[] Both = [0x01, 0x02, 0x01, 0x36, .. Device.RawData, 0x01, 0xA2, .. Root.RawData];

    [Fact]
    public void A_chain_is_written_leaf_first() => Assert.Equal(Both, PelionCertificateChain.Write([Device, Root]));

    [Fact]
    public void A_chain_is_read()
    {
        Assert.True(PelionCertificateChain.TryRead(Both, out IReadOnlyList<X509Certificate2>? certificates, out _));
        Assert.Equal(["CN=device-1", "CN=Root CA, O=Example"], certificates.Select(certificate => certificate.Subject));
    }

    [Fact]
    public void A_chain_that_is_cut_or_too_long_or_of_another_version_is_refused()
    {
        for (int length = 0; length < Both.Length; length++)
            Assert.False(PelionCertificateChain.TryRead(Both.AsSpan(0, length), out _, out _));
        Refuse([.. Both, 0], "bytes behind");
        Refuse([2, .. Both[1..]], "version 1");
        Refuse([1, 0], "1 to 5 certificates");
        Refuse([1, 6], "1 to 5 certificates");
        Refuse([1, 1, 0, 2, 0x30, 0x00], "certificate 1 of 1 cannot be read");
        Refuse([1, 1, 0xFF, 0xFF, 0x30], "certificate 1 of 1 is cut off");
    }

    [Fact]
    public void Nothing_and_too_much_cannot_be_written()
    {
        Assert.Throws<ArgumentException>(() => PelionCertificateChain.Write([]));
        Assert.Throws<ArgumentException>(() => PelionCertificateChain.Write([Device, Device, Device, Device, Device, Device]));
    }

    private static void Refuse(byte[] chain, string reason)
    {
        Assert.False(PelionCertificateChain.TryRead(chain, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}
