using Surety.Testing;

namespace Surety.Pki.Tests.Est;

/// <summary>RFC 9148, A.2, A.3: requests that others have signed.</summary>
public sealed class RequestExampleTests
{
    [Theory]
    [InlineData(Rfc9148.Request, "SERIALNUMBER=Wt1234, OU=IoT, O=example Inc, L=LA, S=CA, C=US")]
    [InlineData(Rfc9148.ServerKeyRequest, "O=skg example")]
    public void The_requests_of_the_specification_prove_possession_of_their_keys(string hex, string subject)
    {
        Assert.True(CertificationRequest.TryParse(Rfc9148.Bytes(hex), out CertificationRequest? request, out string? problem), problem);
        Assert.Equal(subject, request.Subject.Name);
    }

    [Fact]
    public void One_altered_bit_is_noticed()
    {
        byte[] request = Rfc9148.Bytes(Rfc9148.Request);
        // In the name; the signature covers it.
        request[60] ^= 1;
        Assert.False(CertificationRequest.TryParse(request, out _, out string? problem));
        Assert.Contains("signature", problem, StringComparison.Ordinal);
    }
}
