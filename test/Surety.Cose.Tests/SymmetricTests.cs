namespace Surety.Cose.Tests;

/// <summary>COSE_Mac0 and COSE_Encrypt0.</summary>
public sealed class SymmetricTests
{
    [Fact]
    public void The_MACed_token_of_RFC_8392_is_that_of_its_key()
    {
        Assert.True(CoseMac0.TryRead(Rfc8392.Bytes(Rfc8392.Maced), out CoseMac0? message, out string? problem), problem);
        Assert.True(message.IsAuthenticatedBy(Rfc8392.Key(Rfc8392.Symmetric256)));
        Assert.False(message.IsAuthenticatedBy(Rfc8392.Key(Rfc8392.Symmetric256), [1]));
        Assert.False(message.IsAuthenticatedBy(Rfc8392.Key(Rfc8392.Symmetric128)));
        Assert.False(message.IsAuthenticatedBy(CoseKey.FromSecret(new byte[32], CoseAlgorithm.Hmac256With64)));
        // The same key, and what the same content becomes here.
        Assert.True(CoseMac0.TryRead(CoseMac0.Create(Rfc8392.Key(Rfc8392.Symmetric256), Rfc8392.Bytes(Rfc8392.Claims)), out CoseMac0? own, out problem), problem);
        Assert.Equal(message.AuthenticationTag.ToArray(), own.AuthenticationTag.ToArray());
    }

    [Fact]
    public void The_encrypted_token_of_RFC_8392_opens_with_its_key_and_no_changed_one_does()
    {
        byte[] encrypted = Rfc8392.Bytes(Rfc8392.Encrypted);
        CoseKey key = Rfc8392.Key(Rfc8392.Symmetric128);
        Assert.True(CoseEncrypt0.TryRead(encrypted, out CoseEncrypt0? message, out string? problem), problem);
        Assert.Equal(Rfc8392.Bytes(Rfc8392.Claims), message.Decrypt(key));
        Assert.Null(message.Decrypt(key, [1]));
        Assert.Null(message.Decrypt(CoseKey.FromSecret(new byte[16], CoseAlgorithm.AesCcm16With64And128)));
        int name = encrypted.AsSpan().IndexOf("Symmetric128"u8);
        for (int i = 0; i < encrypted.Length; i++)
        {
            byte[] changed = [.. encrypted];
            changed[i] ^= 1;
            bool isName = i >= name - 2 && i < name + 12;
            Assert.True(isName || !CoseEncrypt0.TryRead(changed, out message, out _) || message.Decrypt(key) is null, $"byte {i}");
        }
    }

    [Fact]
    public void The_nested_token_of_RFC_8392_has_the_signed_one_inside()
    {
        Assert.True(CoseEncrypt0.TryRead(Rfc8392.Bytes(Rfc8392.Nested), out CoseEncrypt0? message, out string? problem), problem);
        Assert.Equal(Rfc8392.Bytes(Rfc8392.Signed), message.Decrypt(Rfc8392.Key(Rfc8392.Symmetric128)));
    }

    [Theory]
    [InlineData(CoseAlgorithm.A128Gcm, 16)]
    [InlineData(CoseAlgorithm.A192Gcm, 24)]
    [InlineData(CoseAlgorithm.A256Gcm, 32)]
    [InlineData(CoseAlgorithm.AesCcm16With64And128, 16)]
    [InlineData(CoseAlgorithm.AesCcm16With128And256, 32)]
    public void What_is_encrypted_here_opens_with_the_key_that_did_it(CoseAlgorithm algorithm, int length)
    {
        CoseKey key = CoseKey.FromSecret(Enumerable.Range(0, length).Select(i => (byte)i).ToArray(), algorithm);
        byte[] first = CoseEncrypt0.Encrypt(key, "a secret"u8, [5]);
        Assert.NotEqual(first, CoseEncrypt0.Encrypt(key, "a secret"u8, [5]));
        Assert.True(CoseEncrypt0.TryRead(first, out CoseEncrypt0? message, out string? problem), problem);
        Assert.Equal("a secret"u8.ToArray(), message.Decrypt(key, [5]));
        Assert.Null(message.Decrypt(key, [6]));
        Assert.Throws<ArgumentException>(() => CoseEncrypt0.Encrypt(CoseKey.FromSecret(new byte[7], algorithm), [1]));
        Assert.Throws<ArgumentException>(() => CoseMac0.Create(key, [1]));
    }
}
