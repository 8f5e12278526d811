using Surety.Testing;

namespace Surety.Pki.Tests.Est;

/// <summary>RFC 7030, 4.5.2; RFC 9148, A.4.</summary>
public sealed class CsrAttributesTests
{
    // RFC 7030, 4.5.2: challengePassword, secp384r1, macAddress, ecdsaWithSHA384.
    private const string Rfc7030 = "MEEGCSqGSIb3DQEJBzASBgcqhkjOPQIBMQcGBSuBBAAiMBYGCSqGSIb3DQEJDjEJBgcrBgEBAQEWBggqhkjOPQQDAw==";

    [Fact]
    public void The_example_of_RFC_7030_is_written() => Assert.Equal(Rfc7030, Convert.ToBase64String(CsrAttributes.Write(
    [
        new("1.2.840.113549.1.9.7"),
        new("1.2.840.10045.2.1", [Convert.FromHexString("06052b81040022")]),
        new("1.2.840.113549.1.9.14", [Convert.FromHexString("06072b060101010116")]),
        new("1.2.840.10045.4.3.3"),
    ])));

    [Fact]
    public void The_example_of_RFC_7030_is_read()
    {
        Assert.True(CsrAttributes.TryRead(Convert.FromBase64String(Rfc7030), out IReadOnlyList<CsrAttribute>? attributes, out _));
        Assert.Equal(["1.2.840.113549.1.9.7", "1.2.840.10045.2.1", "1.2.840.113549.1.9.14", "1.2.840.10045.4.3.3"], attributes.Select(attribute => attribute.Oid));
        Assert.Equal([0, 1, 1, 0], attributes.Select(attribute => attribute.Values.Count));
        Assert.Equal("06072b060101010116", Convert.ToHexStringLower(attributes[2].Values[0].Span));
    }

    [Fact]
    public void The_example_of_RFC_9148_is_read()
    {
        Assert.True(CsrAttributes.TryRead(Rfc9148.Bytes(Rfc9148.CsrAttributes), out IReadOnlyList<CsrAttribute>? attributes, out string? problem), problem);
        Assert.Equal(
            ["1.3.6.1.1.1.1.22", "2.999.1", "1.2.840.113549.1.9.7", "2.999.2", "1.3.36.3.3.2.8.1.1.11", "2.16.840.1.101.3.4.2.2"],
            attributes.Select(attribute => attribute.Oid));
        Assert.Equal([0, 1, 0, 3, 0, 0], attributes.Select(attribute => attribute.Values.Count));
        Assert.Equal("Parse SET as 2.999.1 data", System.Text.Encoding.ASCII.GetString(attributes[1].Values[0].Span[2..]));
    }

    [Fact]
    public void The_default_asks_for_P_256_and_ECDSA_with_SHA_256() =>
        // RFC 5480, 2.1.1 and 2.1.1.1; RFC 5758, 3.2.
        Assert.Equal("3021301506072A8648CE3D0201310A06082A8648CE3D03010706082A8648CE3D040302", Convert.ToHexString(CsrAttributes.Write(CsrAttributes.Default)));

    [Theory]
    [InlineData("", "they are no sequence")]
    [InlineData("3000FF", "they are no sequence")]
    [InlineData("30050603", "they are no sequence")]
    [InlineData("3009300706032A03043100", "has no value")]
    [InlineData("30030101FF", "they are no sequence")]
    public void Anything_else_is_refused(string hex, string reason)
    {
        Assert.False(CsrAttributes.TryRead(Convert.FromHexString(hex), out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_sequence_asks_for_nothing()
    {
        Assert.True(CsrAttributes.TryRead(Convert.FromHexString("3000"), out IReadOnlyList<CsrAttribute>? attributes, out _));
        Assert.Empty(attributes);
        Assert.Equal("3000", Convert.ToHexString(CsrAttributes.Write([])));
    }

    [Fact]
    public void There_are_limits()
    {
        Assert.False(CsrAttributes.TryRead(CsrAttributes.Write(Enumerable.Repeat(new CsrAttribute("1.2.3"), CsrAttributes.MaxCount + 1)), out _, out string? problem));
        Assert.Contains("more than 64", problem, StringComparison.Ordinal);
        Assert.False(CsrAttributes.TryRead(new byte[CsrAttributes.MaxLength + 1], out _, out _));
    }
}
