namespace Surety.Dtls;

/// <summary>From premaster secret to keys (RFC 5246, 6.3, 8.1; RFC 7627, 4; RFC 4279, 2; RFC 5489, 2).</summary>
internal static class KeySchedule
{
    public const int MasterSecretLength = 48;
    public const int VerifyDataLength = 12;

    public static byte[] MasterSecret(CryptoBackend crypto, PrfHash hash, ReadOnlySpan<byte> premaster, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom)
    {
        byte[] secret = new byte[MasterSecretLength];
        crypto.Prf(hash, premaster, "master secret"u8, [.. clientRandom, .. serverRandom], secret);
        return secret;
    }

    /// <param name="crypto">The primitives.</param>
    /// <param name="hash">The suite's hash.</param>
    /// <param name="premaster">The premaster secret.</param>
    /// <param name="sessionHash">The hash of all messages up to and including the ClientKeyExchange.</param>
    public static byte[] ExtendedMasterSecret(CryptoBackend crypto, PrfHash hash, ReadOnlySpan<byte> premaster, ReadOnlySpan<byte> sessionHash)
    {
        byte[] secret = new byte[MasterSecretLength];
        crypto.Prf(hash, premaster, "extended master secret"u8, sessionHash, secret);
        return secret;
    }

    public static TrafficKeys Keys(CryptoBackend crypto, CipherSuite suite, ReadOnlySpan<byte> master, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom, bool isServer)
    {
        byte[] block = new byte[suite.Cipher.KeyBlockLength];
        crypto.Prf(suite.Hash, master, "key expansion"u8, [.. serverRandom, .. clientRandom], block);
        return new TrafficKeys(suite.Cipher, block, isServer);
    }

    public static void VerifyData(CryptoBackend crypto, PrfHash hash, ReadOnlySpan<byte> master, bool ofServer, ReadOnlySpan<byte> transcriptHash, Span<byte> verifyData) =>
        crypto.Prf(hash, master, ofServer ? "server finished"u8 : "client finished"u8, transcriptHash, verifyData);

    /// <summary>The premaster secret of suites with a pre-shared key.</summary>
    /// <param name="other">The ECDH secret; empty: as many zeros as the key is long.</param>
    /// <param name="key">The pre-shared key.</param>
    public static byte[] PskPremaster(ReadOnlySpan<byte> other, ReadOnlySpan<byte> key)
    {
        int length = other.IsEmpty ? key.Length : other.Length;
        byte[] premaster = new byte[4 + length + key.Length];
        premaster[0] = (byte)(length >> 8);
        premaster[1] = (byte)length;
        other.CopyTo(premaster.AsSpan(2));
        premaster[2 + length] = (byte)(key.Length >> 8);
        premaster[3 + length] = (byte)key.Length;
        key.CopyTo(premaster.AsSpan(4 + length));
        return premaster;
    }
}
