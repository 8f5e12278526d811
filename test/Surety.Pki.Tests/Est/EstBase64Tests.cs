using System.Text;

namespace Surety.Pki.Tests.Est;

/// <summary>RFC 7030, 4.2.1; RFC 4648, 4.</summary>
public sealed class EstBase64Tests
{
    // openssl base64 -in request.der
    private const string OpenSslLines = "MIIBCgIBADAAMIIBCgIBADAAMIIBCgIBADAAMIIBCgIBADAAMIIBCgIBADAAMIIB\nCgIBADAA\n";

    private static readonly byte[] Der = Convert.FromHexString("3082010A0201003000" + "3082010A0201003000" + "3082010A0201003000" + "3082010A0201003000" + "3082010A0201003000" + "3082010A0201003000");

    [Fact]
    public void A_body_is_written_in_lines_that_openssl_reads() => Assert.Equal(OpenSslLines.Replace("\n", "\r\n", StringComparison.Ordinal), EstBase64.Write(Der));

    [Theory]
    [InlineData("MIIBCgIBADAAMIIBCgIBADAAMIIBCgIBADAAMIIBCgIBADAAMIIBCgIBADAAMIIBCgIBADAA")]
    [InlineData(OpenSslLines)]
    [InlineData("\r\n MIIBCgIBADAAMIIBCgIBADAAMIIBCgIBADAA\tMIIBCgIBADAAMIIBCgIBADAAMIIBCgIBADAA\r\n\r\n")]
    public void A_body_is_read_with_and_without_line_breaks(string text)
    {
        Assert.True(EstBase64.TryRead(Encoding.ASCII.GetBytes(text), out byte[]? der, out _));
        Assert.Equal(Der, der);
    }

    // RFC 4648, 10.
    [Theory]
    [InlineData("", "")]
    [InlineData("Zg==", "f")]
    [InlineData("Zm8=", "fo")]
    [InlineData("Zm9v", "foo")]
    [InlineData("Zm9v\nYg=\r\n=", "foob")]
    public void The_vectors_of_RFC_4648_are_read(string text, string expected)
    {
        Assert.True(EstBase64.TryRead(Encoding.ASCII.GetBytes(text), out byte[]? bytes, out _));
        Assert.Equal(expected, Encoding.ASCII.GetString(bytes));
    }

    [Theory]
    [InlineData("MII", "not base64")]
    [InlineData("MIIB!gIB", "not base64")]
    [InlineData("Zg==Zg==", "not base64")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\nMIIB", "the body is PEM")]
    [InlineData("0\u0082\u0001\n", "the body is DER")]
    public void Anything_else_is_refused_with_a_hint(string text, string reason)
    {
        Assert.False(EstBase64.TryRead(Encoding.Latin1.GetBytes(text), out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}
