using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki.Tests;

public sealed class CertificationRequestTests
{
    [Fact]
    public void What_is_asked_for_is_read()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = new CertificateRequest("CN=device-1,O=Acme", key, HashAlgorithmName.SHA384);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("gateway.example.org");
        names.AddUri(new Uri("urn:dev:os:32473-1"));
        names.AddIpAddress(IPAddress.Parse("192.0.2.7"));
        request.CertificateExtensions.Add(names.Build());
        request.OtherRequestAttributes.Add(new AsnEncodedData("1.2.840.113549.1.9.7", [0x13, 0x06, .. "secret"u8])); // PrintableString
        Assert.True(CertificationRequest.TryParse(request.CreateSigningRequest(), out CertificationRequest? parsed, out string? problem), problem);
        Assert.Equal("device-1", parsed.CommonName);
        Assert.Equal("secret", parsed.ChallengePassword);
        Assert.Equal(["gateway.example.org"], parsed.AlternativeNames.DnsNames);
        Assert.Equal(["urn:dev:os:32473-1"], parsed.AlternativeNames.Uris);
        Assert.Equal([IPAddress.Parse("192.0.2.7")], parsed.AlternativeNames.Addresses);
        Assert.Equal(["2.5.29.17"], parsed.RequestedExtensions);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), parsed.PublicKey.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void RSA_is_taken_when_it_is_allowed_and_long_enough()
    {
        using var good = RSA.Create(2048);
        using var weak = RSA.Create(1024);
        byte[] request = Make(good), weakRequest = Make(weak);
        Assert.False(CertificationRequest.TryParse(request, out _, out string? problem));
        Assert.Contains("P-256", problem, StringComparison.Ordinal);
        Assert.True(CertificationRequest.TryParse(request, new() { AllowRsa = true }, out _, out problem), problem);
        Assert.False(CertificationRequest.TryParse(weakRequest, new() { AllowRsa = true }, out _, out problem));
        Assert.Contains("1024 bits", problem, StringComparison.Ordinal);

        static byte[] Make(RSA key) => new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest();
    }

    [Fact]
    public void A_request_of_ours_is_one_that_the_platform_reads()
    {
        using SigningKey key = SigningKey.Generate(KeyCurve.P384);
        byte[] der = CertificationRequest.Create(new("Intermediate", "Acme"), key);
        CertificateRequest read = CertificateRequest.LoadSigningRequest(der, HashAlgorithmName.SHA256);
        Assert.Equal("CN=Intermediate, O=Acme", read.SubjectName.Name);
        Assert.True(CertificationRequest.TryParse(der, out _, out string? problem), problem);
    }
}
