using System.Security.Cryptography;

namespace Surety.Dtls.Tests;

/// <summary>Both backends against published vectors and against each other, for all lengths around block borders.</summary>
public sealed class CipherTests
{
    private static readonly int[] Lengths = [0, 1, 15, 16, 17, 64, 255, 1024, 16_384];

    public static TheoryData<int, bool> Ciphers => new(Enumerable.Range(0, 5).SelectMany(cipher => new[] { (cipher, false), (cipher, true) }));

    [Theory]
    [MemberData(nameof(Ciphers))]
    public void What_one_backend_seals_the_other_opens(int number, bool portable)
    {
        var cipher = (BulkCipher)number;
        CryptoBackend one = Backend.Of(portable), other = Backend.Of(!portable);
        byte[] key = RandomNumberGenerator.GetBytes(cipher.KeyLength), nonce = RandomNumberGenerator.GetBytes(12);
        foreach (int length in Lengths)
        {
            foreach (int additional in new[] { 13, 31, 280 })
            {
                byte[] text = RandomNumberGenerator.GetBytes(length), aad = RandomNumberGenerator.GetBytes(additional), data = [.. text], tag = new byte[cipher.TagLength];
                one.Seal(cipher, key, nonce, aad, data, tag);
                if (length > 15)
                    Assert.NotEqual(text, data);
                byte[] damaged = [.. data], wrongTag = [.. tag];
                wrongTag[^1] ^= 1;
                Assert.False(other.Open(cipher, key, nonce, aad, damaged, wrongTag));
                Assert.True(other.Open(cipher, key, nonce, aad, data, tag));
                Assert.Equal(text, data);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AES_CCM_8_gives_the_bytes_of_SP_800_38C_example_3(bool portable)
    {
        // NIST SP 800-38C, example 3: a tag of 8 bytes, a nonce of 12, as in TLS.
        byte[] key = Convert.FromHexString("404142434445464748494a4b4c4d4e4f"), nonce = Convert.FromHexString("101112131415161718191a1b");
        byte[] aad = Convert.FromHexString("000102030405060708090a0b0c0d0e0f10111213"), data = Convert.FromHexString("202122232425262728292a2b2c2d2e2f3031323334353637"), tag = new byte[8];
        Backend.Of(portable).Seal(BulkCipher.Aes128Ccm8, key, nonce, aad, data, tag);
        Assert.Equal("e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951", Convert.ToHexStringLower([.. data, .. tag]));
    }

    [Theory]
    [InlineData(NamedGroup.Secp256r1, false)]
    [InlineData(NamedGroup.Secp256r1, true)]
    [InlineData(NamedGroup.Secp384r1, false)]
    [InlineData(NamedGroup.Secp384r1, true)]
    [InlineData(NamedGroup.X25519, false)]
    public void Two_key_shares_agree(NamedGroup group, bool portable)
    {
        using KeyShare one = Backend.Of(portable).CreateKeyShare(group), other = Backend.Of(portable && group != NamedGroup.X25519).CreateKeyShare(group);
        byte[] a = new byte[48], b = new byte[48];
        int length = one.Derive(other.PublicKey, a);
        Assert.Equal(group == NamedGroup.Secp384r1 ? 48 : 32, length);
        Assert.Equal(length, other.Derive(one.PublicKey, b));
        Assert.Equal(a, b);
    }

    [Theory]
    [InlineData(NamedGroup.Secp256r1, false)]
    [InlineData(NamedGroup.Secp256r1, true)]
    [InlineData(NamedGroup.Secp384r1, false)]
    [InlineData(NamedGroup.Secp384r1, true)]
    [InlineData(NamedGroup.X25519, false)]
    public void Public_keys_that_are_no_points_of_the_group_are_refused(NamedGroup group, bool portable)
    {
        using KeyShare share = Backend.Of(portable).CreateKeyShare(group);
        byte[] secret = new byte[48], point = share.PublicKey.ToArray();
        Assert.Equal(0, share.Derive([], secret));
        Assert.Equal(0, share.Derive(point.AsSpan(1), secret));
        Assert.Equal(0, share.Derive(new byte[point.Length], secret));
        if (group == NamedGroup.X25519)
            return;
        point[^1] ^= 1;
        Assert.Equal(0, share.Derive(point, secret));
        Assert.Equal(0, share.Derive([0], secret));
        byte[] compressed = [2, .. point.AsSpan(1, point.Length / 2)];
        Assert.Equal(0, share.Derive(compressed, secret));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_signature_is_verified_and_nothing_else(bool portable)
    {
        CryptoBackend crypto = Backend.Of(portable);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(EcPublicKey.TryRead(key.ExportSubjectPublicKeyInfo(), out EcPublicKey publicKey));
        byte[] hash = SHA256.HashData("what was signed"u8), signature = key.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence);
        Assert.True(crypto.Verify(publicKey.Curve, publicKey.Point, hash, signature));
        Assert.False(crypto.Verify(publicKey.Curve, publicKey.Point, SHA256.HashData("something else"u8), signature));
        Assert.False(crypto.Verify(publicKey.Curve, publicKey.Point, hash, [.. signature, 0]));
        Assert.False(crypto.Verify(publicKey.Curve, publicKey.Point, hash, []));
        // r = s = 0, and r = s = the order of the group.
        Assert.False(crypto.Verify(publicKey.Curve, publicKey.Point, hash, Convert.FromHexString("3006020100020100")));
        string order = "00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
        Assert.False(crypto.Verify(publicKey.Curve, publicKey.Point, hash, Convert.FromHexString("3046" + "0221" + order + "0221" + order)));
        // BER that is not DER: a padded length.
        Assert.False(crypto.Verify(publicKey.Curve, publicKey.Point, hash, [0x30, 0x81, .. signature.AsSpan(1)]));
        byte[] elsewhere = publicKey.Point.ToArray();
        elsewhere[40] ^= 1;
        Assert.False(crypto.Verify(publicKey.Curve, elsewhere, hash, signature));
    }
}
