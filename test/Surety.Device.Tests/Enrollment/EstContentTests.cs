using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Testing;

namespace Surety.Device.Tests;

public sealed class EstContentTests
{
    [Fact]
    public void The_examples_of_the_specification_are_read()
    {
        X509Certificate2 authority = Assert.Single(EstContent.ReadCertificates(Rfc9148.Bytes(Rfc9148.CaCertificates), ContentFormat.Pkcs7CertsOnly));
        X509Certificate2 device = Assert.Single(EstContent.ReadCertificates(Rfc9148.Bytes(Rfc9148.Enrolled), ContentFormat.Pkcs7CertsOnly));

        Assert.Equal("0B8BB0FE604F6A1E", authority.SerialNumber);
        Assert.Equal("7E7661D7B54E4632", device.SerialNumber);
        Assert.Equal(["1.3.6.1.1.1.1.22", "2.999.1", "1.2.840.113549.1.9.7", "2.999.2", "1.3.36.3.3.2.8.1.1.11", "2.16.840.1.101.3.4.2.2"], EstContent.ReadCsrAttributes(Rfc9148.Bytes(Rfc9148.CsrAttributes)));
    }

    [Fact]
    public void A_chain_of_OpenSSL_and_a_certificate_alone_are_read()
    {
        TestPki pki = TestPki.Shared;
        byte[] chain = new X509Certificate2Collection { pki.Server, pki.Intermediate.Certificate }.Export(X509ContentType.Pkcs7)!;

        Assert.Equal(2, EstContent.ReadCertificates(chain, ContentFormat.Pkcs7CertsOnly).Length);
        Assert.Equal(pki.Server.SerialNumber, EstContent.ReadCertificates(pki.Server.RawData, ContentFormat.PkixCertificate).Single().SerialNumber);
    }

    [Fact]
    public void Everything_else_is_refused_in_words()
    {
        byte[] whole = Rfc9148.Bytes(Rfc9148.CaCertificates);
        foreach (byte[] broken in new byte[][] { [], [0x30], whole[..100], [0x01, 0x02, .. whole], RandomNumberGenerator.GetBytes(200) })
            Assert.Throws<EstException>(() => EstContent.ReadCertificates(broken, ContentFormat.Pkcs7CertsOnly));
        Assert.Throws<EstException>(() => EstContent.ReadCertificates(whole, ContentFormat.PkixCertificate));
        Assert.Throws<EstException>(() => EstContent.ReadCertificates(whole, new ContentFormat(0)));
        Assert.Throws<EstException>(() => EstContent.ReadCsrAttributes(new byte[] { 0x30, 0x05, 0x06 }));
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 0x55;
            Exception? fault = Record.Exception(() => EstContent.ReadCertificates(changed, ContentFormat.Pkcs7CertsOnly));
            Assert.True(fault is null or EstException, $"{i}: {fault}");
        }
    }
}
