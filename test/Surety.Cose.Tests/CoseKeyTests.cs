using System.Security.Cryptography;

namespace Surety.Cose.Tests;

public sealed class CoseKeyTests
{
    [Fact]
    public void The_key_of_RFC_8392_is_read_without_its_private_half()
    {
        CoseKey key = Rfc8392.Key(Rfc8392.Asymmetric);
        Assert.Equal(CoseAlgorithm.ES256, key.Algorithm);
        Assert.True(key.IsEllipticCurve);
        using ECDsa ecdsa = key.ToECDsa()!;
        Assert.ThrowsAny<CryptographicException>(() => ecdsa.SignData([1], HashAlgorithmName.SHA256));
        // RFC 8949, 4.2.1: 1, 2, 3, -1, -2, -3.
        Assert.Equal(
            Rfc8392.Bytes("a60102" + "02524173796d6d65747269634543445341323536" + "0326" + "2001"
                + "215820143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f" + "22582060f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b9"),
            key.Encode());
    }

    [Theory]
    [InlineData("a401022001" + "215820143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f" + "22582060f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7ba", "not on its curve")]
    [InlineData("a401022001" + "215820143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f" + "22f5", "compressed")]
    [InlineData("a401022001" + "2141" + "01" + "2241" + "01", "32 bytes")]
    [InlineData("a401022004" + "2141" + "01" + "2241" + "01", "curve 4")]
    [InlineData("a30102" + "2141" + "01" + "2241" + "01", "-1 is missing")]
    [InlineData("a1" + "2001", "1 is missing")]
    [InlineData("a10103", "type 3")]
    [InlineData("a201042040", "1 to 128")]
    [InlineData("a30104031863" + "204101", "not known")]
    [InlineData("80", "")]
    public void What_is_no_key_is_refused_with_the_reason(string hex, string says)
    {
        Assert.False(CoseKey.TryRead(Rfc8392.Bytes(hex), out _, out string? problem));
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    /// <summary>RFC 9052, 7.1: alg and key_ops say what a key may be used for.</summary>
    [Fact]
    public void A_key_is_used_for_what_it_says_alone()
    {
        string point = "215820143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f" + "22582060f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b9";
        Assert.True(CoseSign1.TryRead(Rfc8392.Bytes(Rfc8392.Signed), out CoseSign1? message, out _));
        Assert.True(message.IsSignedBy(Rfc8392.Key("a401022001" + point)));
        Assert.True(message.IsSignedBy(Rfc8392.Key("a50102" + "048102" + "2001" + point)));
        Assert.False(message.IsSignedBy(Rfc8392.Key("a50102" + "048101" + "2001" + point)));
        Assert.False(message.IsSignedBy(Rfc8392.Key("a50102" + "033822" + "2001" + point)));
    }
}
