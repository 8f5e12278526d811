using Surety.Server.Features.Enrollment;

namespace Surety.Server.Tests.Enrollment;

public sealed class EnrollmentFingerprintTests
{
    // A certificate of Pelion's tools; its fingerprint is OpenSSL's (openssl x509 -fingerprint -sha256).
    private const string Certificate =
        "MIIBGDCBv6ADAgECAgEBMAoGCCqGSM49BAMCMBYxFDASBgNVBAMMC3VwZGF0ZSB0ZXN0MB4XDTI2MDEwMTAwMDAwMFoXDTQ2MDEwMTAwMDAwMFowFjEUMBIGA1UEAwwLdXBkYXRlIHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQhteO4RJRtb0J/ofZHPem4sA5Gn6xm1+5wODUvUzb1kTwLf14crKBs89UMR3jRftIuUEIW6slbw9WXhnBrFSPDMAoGCCqGSM49BAMCA0gAMEUCIQDSp9F//2uhlHk7Pdgo4nct4IYsX/Bg6ExJevaE1AcS5gIgfCR/grQQBbOtpjS8bevjSnp7doFDbbiRRI8WCwf5hYM=";

    private const string Identity = "A-50:B9:AD:60:7F:DC:30:3F:6F:75:CD:D2:CA:F0:C6:D8:D9:B3:0B:99:00:4A:1A:94:38:4D:AE:20:27:E1:38:AC";

    [Fact]
    public void The_identity_of_a_certificate_is_its_SHA_256() =>
        Assert.Equal(Identity, EnrollmentFingerprint.Of(Convert.FromBase64String(Certificate)).ToIdentity());

    [Fact]
    public void Both_cases_are_the_same_identity()
    {
        Assert.True(EnrollmentFingerprint.TryParse(Identity, out var upper));
        Assert.True(EnrollmentFingerprint.TryParse("a" + Identity[1..].ToLowerInvariant(), out var lower));
        Assert.Equal(upper, lower);
        Assert.Equal(Identity, lower.ToIdentity());
        Assert.Equal(Identity[2..], lower.ToOctets());
        Assert.Equal("50b9ad607fdc303f6f75cdd2caf0c6d8d9b30b99004a1a94384dae2027e138ac", lower.Hex);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("A-")]
    [InlineData("B-50:B9:AD:60:7F:DC:30:3F:6F:75:CD:D2:CA:F0:C6:D8:D9:B3:0B:99:00:4A:1A:94:38:4D:AE:20:27:E1:38:AC")]
    [InlineData("A_50:B9:AD:60:7F:DC:30:3F:6F:75:CD:D2:CA:F0:C6:D8:D9:B3:0B:99:00:4A:1A:94:38:4D:AE:20:27:E1:38:AC")]
    [InlineData("A-50:B9:AD:60:7F:DC:30:3F:6F:75:CD:D2:CA:F0:C6:D8:D9:B3:0B:99:00:4A:1A:94:38:4D:AE:20:27:E1:38:A")]
    [InlineData("A-50:B9:AD:60:7F:DC:30:3F:6F:75:CD:D2:CA:F0:C6:D8:D9:B3:0B:99:00:4A:1A:94:38:4D:AE:20:27:E1:38:ACA")]
    [InlineData("A-50:B9:AD:60:7F:DC:30:3F:6F:75:CD:D2:CA:F0:C6:D8:D9:B3:0B:99:00:4A:1A:94:38:4D:AE:20:27:E1:38:GG")]
    [InlineData("A-50:B9:AD:60:7F:DC:30:3F:6F:75:CD:D2:CA:F0:C6:D8:D9:B3:0B:99:00:4A:1A:94:38:4D:AE:20:27:E1:38A:C")]
    [InlineData("A-50-B9-AD-60-7F-DC-30-3F-6F-75-CD-D2-CA-F0-C6-D8-D9-B3-0B-99-00-4A-1A-94-38-4D-AE-20-27-E1-38-AC")]
    public void Nothing_else_is_an_identity(string? text) => Assert.False(EnrollmentFingerprint.TryParse(text, out _));
}
