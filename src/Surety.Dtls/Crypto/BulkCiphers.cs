namespace Surety.Dtls;

/// <summary>Lengths of the ciphers' parts, bytes.</summary>
internal static class BulkCiphers
{
    /// <summary>The longest key of any cipher.</summary>
    public const int MaxKeyLength = 32;

    extension(BulkCipher cipher)
    {
        public bool IsAead => cipher != BulkCipher.Aes128CbcSha256;

        public int KeyLength => cipher is BulkCipher.Aes256Gcm or BulkCipher.ChaCha20Poly1305 ? 32 : 16;

        public int MacKeyLength => cipher == BulkCipher.Aes128CbcSha256 ? 32 : 0;

        /// <summary>The part of the nonce that comes from the key block.</summary>
        public int FixedIvLength => cipher switch
        {
            BulkCipher.ChaCha20Poly1305 => 12,
            BulkCipher.Aes128CbcSha256 => 0,
            _ => 4,
        };

        /// <summary>What each record carries before its ciphertext: the explicit nonce, or CBC's initialization vector.</summary>
        public int RecordIvLength => cipher switch
        {
            BulkCipher.ChaCha20Poly1305 => 0,
            BulkCipher.Aes128CbcSha256 => 16,
            _ => 8,
        };

        /// <summary>What each record carries behind its ciphertext.</summary>
        public int TagLength => cipher switch
        {
            BulkCipher.Aes128Ccm8 => 8,
            BulkCipher.Aes128CbcSha256 => 32,
            _ => 16,
        };

        public int KeyBlockLength => 2 * (cipher.MacKeyLength + cipher.KeyLength + cipher.FixedIvLength);
    }
}
