using System.Security.Cryptography;

namespace Surety.Cose.Tests;

public sealed class CoseSign1Tests
{
    [Fact]
    public void The_signed_token_of_RFC_8392_is_that_of_its_key_and_of_no_other()
    {
        CoseSign1 message = Read(Rfc8392.Signed);
        Assert.Equal(CoseAlgorithm.ES256, message.Headers.Algorithm);
        Assert.Equal("AsymmetricECDSA256"u8.ToArray(), message.Headers.KeyId!.Value.ToArray());
        Assert.Equal(Rfc8392.Bytes(Rfc8392.Claims), message.Payload!.Value.ToArray());
        Assert.True(message.IsSignedBy(Rfc8392.Key(Rfc8392.Asymmetric)));
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(message.IsSignedBy(CoseKey.FromECDsa(other)));
        Assert.False(message.IsSignedBy(Rfc8392.Key(Rfc8392.Symmetric256)));
        Assert.False(message.IsSignedBy(Rfc8392.Key(Rfc8392.Asymmetric), externalData: [1]));
    }

    /// <summary>The key's name is not protected, and a hint by its very nature.</summary>
    [Fact]
    public void One_bit_that_differs_anywhere_but_in_the_keys_name_is_noticed()
    {
        CoseKey key = Rfc8392.Key(Rfc8392.Asymmetric);
        byte[] signed = Rfc8392.Bytes(Rfc8392.Signed);
        int name = signed.AsSpan().IndexOf("AsymmetricECDSA256"u8);
        for (int bit = 0; bit < signed.Length * 8; bit++)
        {
            byte[] changed = [.. signed];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            bool isUnprotected = bit / 8 >= name - 3 && bit / 8 < name + 18;
            Assert.False(CoseSign1.TryRead(changed, out CoseSign1? message, out _) && message.IsSignedBy(key) && !isUnprotected, $"bit {bit}");
        }
    }

    [Theory]
    [InlineData("CurveP256", CoseAlgorithm.ES256)]
    [InlineData("CurveP384", CoseAlgorithm.ES384)]
    [InlineData("CurveP521", CoseAlgorithm.ES512)]
    public void What_is_signed_here_is_read_again_with_the_content_inside_or_elsewhere(string curve, CoseAlgorithm algorithm)
    {
        using ECDsa key = ECDsa.Create(curve switch { "CurveP256" => ECCurve.NamedCurves.nistP256, "CurveP384" => ECCurve.NamedCurves.nistP384, _ => ECCurve.NamedCurves.nistP521 });
        EcdsaCoseSigner signer = new(key);
        CoseSign1 inside = Read(Convert.ToHexString(CoseSign1.Sign(signer, [1, 2, 3], keyId: new byte[] { 7 }, externalData: [9])));
        Assert.Equal(algorithm, inside.Headers.Algorithm);
        Assert.True(inside.IsSignedBy(CoseKey.FromECDsa(key), externalData: [9]));
        Assert.False(inside.IsSignedBy(CoseKey.FromECDsa(key)));

        CoseSign1 elsewhere = Read(Convert.ToHexString(CoseSign1.Sign(signer, [1, 2, 3], isDetached: true)));
        Assert.Null(elsewhere.Payload);
        Assert.True(elsewhere.IsSignedBy(CoseKey.FromECDsa(key), detached: [1, 2, 3]));
        Assert.False(elsewhere.IsSignedBy(CoseKey.FromECDsa(key), detached: [1, 2, 4]));
    }

    /// <summary>Made of the token of RFC 8392 by hand.</summary>
    [Theory]
    [InlineData("d384" + "43a10126a0" + "4101" + "4102", "tag")]
    [InlineData("84" + "43a10126a0" + "4101" + "4102", "")]
    [InlineData("d283" + "43a10126a0" + "4101", "3 parts")]
    [InlineData("d284" + "40a10126" + "4101" + "4102", null)]
    [InlineData("d284" + "43a10126a10126" + "4101" + "4102", "both protected and not")]
    [InlineData("d284" + "45a201260126a0" + "4101" + "4102", "")]
    [InlineData("d284" + "46a20126180126a0" + "4101" + "4102", "twice")]
    [InlineData("d284" + "45a2012602800000" + "4101" + "4102", "")]
    [InlineData("d284" + "45a201260280a0" + "4101" + "4102", "empty")]
    [InlineData("d284" + "4aa3012602811863" + "186300" + "a0" + "4101" + "4102", "not understood")]
    [InlineData("d284" + "46a20126028163" + "a0" + "4101" + "4102", "")]
    [InlineData("d284" + "47a2012602811863a0" + "4101" + "4102", "not there")]
    [InlineData("d284" + "43a10126a1028101" + "4101" + "4102", "not protected")]
    [InlineData("d284" + "43a10126a1186381818181818181818181818100" + "4101" + "4102", "deeper")]
    [InlineData("d284" + "43a10126a0" + "4101" + "4102" + "00", "follow")]
    [InlineData("d284" + "43a10126a0" + "4101" + "4105ff", "")]
    [InlineData("", "")]
    public void What_is_not_as_it_must_be_is_refused_with_the_reason(string hex, string? says)
    {
        bool isRead = CoseSign1.TryRead(Rfc8392.Bytes(hex), out CoseSign1? message, out string? problem);
        if (says is null)
        {
            // An algorithm that is not protected counts for nothing.
            Assert.True(isRead, problem);
            Assert.Equal(CoseAlgorithm.None, message!.Headers.Algorithm);
            Assert.False(message.IsSignedBy(Rfc8392.Key(Rfc8392.Asymmetric)));
            return;
        }

        Assert.False(isRead);
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_larger_than_any_message_is_not_looked_at() =>
        Assert.False(CoseSign1.TryRead(new byte[StrictCbor.MaxLength + 1], out _, out _));

    [Fact]
    public void Headers_may_come_in_maps_without_a_length()
    {
        string indefinite = Rfc8392.Signed.Replace("a104524173", "bf04524173", StringComparison.Ordinal);
        indefinite = indefinite.Insert(indefinite.IndexOf("5850", StringComparison.Ordinal), "ff");
        Assert.True(Read(indefinite).IsSignedBy(Rfc8392.Key(Rfc8392.Asymmetric)));
    }

    private static CoseSign1 Read(string hex)
    {
        Assert.True(CoseSign1.TryRead(Rfc8392.Bytes(hex), out CoseSign1? message, out string? problem), problem);
        return message;
    }
}
