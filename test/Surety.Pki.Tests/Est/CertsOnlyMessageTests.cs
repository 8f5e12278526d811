using System.Security.Cryptography.X509Certificates;
using Surety.Testing;

namespace Surety.Pki.Tests.Est;

/// <summary>RFC 7030, 4.1.3; RFC 9148, A.1-A.3.</summary>
public sealed class CertsOnlyMessageTests
{
    private static readonly X509Certificate2 Device = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(OpenSslBytes.Device));
    private static readonly X509Certificate2 Root = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(OpenSslBytes.Root));

    [Fact]
    public void Certificates_are_written_as_openssl_writes_them() =>
        Assert.Equal(Convert.FromBase64String(OpenSslBytes.Both), CertsOnlyMessage.Write([Device, Root]));

    [Fact]
    public void What_openssl_has_written_is_read_in_its_order()
    {
        Assert.True(CertsOnlyMessage.TryRead(Convert.FromBase64String(OpenSslBytes.Both), out IReadOnlyList<X509Certificate2>? certificates, out _));
        Assert.Equal([Device.RawData, Root.RawData], certificates.Select(certificate => certificate.RawData));
    }

    [Theory]
    [InlineData(Rfc9148.CaCertificates, "CN=Root CA, OU=certification, O=Example Inc, L=LA, S=CA, C=US")]
    [InlineData(Rfc9148.Enrolled, "SERIALNUMBER=Wt1234, OU=IoT, O=example Inc, L=LA, S=CA, C=US")]
    [InlineData(Rfc9148.ServerKeyCertificates, "O=skg example")]
    public void The_messages_of_the_specification_are_read(string hex, string subject)
    {
        Assert.True(CertsOnlyMessage.TryRead(Rfc9148.Bytes(hex), out IReadOnlyList<X509Certificate2>? certificates, out string? problem), problem);
        Assert.Equal(subject, Assert.Single(certificates).Subject);
    }

    [Fact]
    public void The_specifications_message_is_written_but_for_the_empty_list_of_crls_that_it_has()
    {
        byte[] expected = Rfc9148.Bytes(Rfc9148.CaCertificates);
        Assert.True(CertsOnlyMessage.TryRead(expected, out IReadOnlyList<X509Certificate2>? certificates, out _));
        byte[] written = CertsOnlyMessage.Write(certificates);
        Assert.Equal(expected.Length - 2, written.Length);
        Assert.Equal(expected[40..^4], written[40..^2]);
    }

    [Fact]
    public void A_signed_message_is_none() =>
        Refuse(Convert.FromBase64String(OpenSslBytes.Signed), "it has a signer");

    [Fact]
    public void Bytes_behind_and_missing_bytes_are_refused_wherever_they_are()
    {
        byte[] message = Convert.FromBase64String(OpenSslBytes.Both);
        Refuse([.. message, 0], "it is no PKCS #7 message");
        for (int length = 0; length < message.Length; length++)
            Assert.False(CertsOnlyMessage.TryRead(message.AsMemory(0, length), out _, out _));
    }

    [Fact]
    public void Altered_messages_never_throw()
    {
        byte[] message = Convert.FromBase64String(OpenSslBytes.Both);
        for (int i = 0; i < message.Length; i++)
        {
            foreach (byte value in (ReadOnlySpan<byte>)[0x00, 0x80, 0xFF, (byte)(message[i] + 1)])
            {
                byte[] altered = [.. message];
                altered[i] = value;
                CertsOnlyMessage.TryRead(altered, out _, out _);
            }
        }
    }

    [Fact]
    public void There_are_limits()
    {
        Refuse(CertsOnlyMessage.Write(Enumerable.Repeat(Device, CertsOnlyMessage.MaxCertificates + 1)), "more than 64 certificates");
        Refuse(new byte[CertsOnlyMessage.MaxLength + 1], "longer than 131072 bytes");
    }

    private static void Refuse(byte[] message, string reason)
    {
        Assert.False(CertsOnlyMessage.TryRead(message, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}
