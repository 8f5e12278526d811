using System.Net.Security;

namespace Surety.Dtls;

/// <summary>A cipher suite that is implemented here.</summary>
internal sealed record CipherSuite(TlsCipherSuite Id, KeyExchange KeyExchange, BulkCipher Cipher, PrfHash Hash = PrfHash.Sha256)
{
    private static readonly Dictionary<TlsCipherSuite, CipherSuite> All = new CipherSuite[]
    {
        new(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, KeyExchange.EcdheEcdsa, BulkCipher.Aes128Ccm8),
        new(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM, KeyExchange.EcdheEcdsa, BulkCipher.Aes128Ccm),
        new(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, KeyExchange.EcdheEcdsa, BulkCipher.Aes128Gcm),
        new(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, KeyExchange.EcdheEcdsa, BulkCipher.Aes256Gcm, PrfHash.Sha384),
        new(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, KeyExchange.EcdheEcdsa, BulkCipher.ChaCha20Poly1305),
        new(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, KeyExchange.EcdheEcdsa, BulkCipher.Aes128CbcSha256),
        new(TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM_8, KeyExchange.Psk, BulkCipher.Aes128Ccm8),
        new(TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM, KeyExchange.Psk, BulkCipher.Aes128Ccm),
        new(TlsCipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256, KeyExchange.Psk, BulkCipher.Aes128Gcm),
        new(TlsCipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256, KeyExchange.Psk, BulkCipher.Aes128CbcSha256),
        new(TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256, KeyExchange.EcdhePsk, BulkCipher.Aes128Ccm8),
        new(TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256, KeyExchange.EcdhePsk, BulkCipher.Aes128Gcm),
        new(TlsCipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256, KeyExchange.EcdhePsk, BulkCipher.Aes128CbcSha256),
    }.ToDictionary(suite => suite.Id);

    public bool HasEcdhe => KeyExchange != KeyExchange.Psk;

    public bool HasPsk => KeyExchange != KeyExchange.EcdheEcdsa;

    public bool HasCertificates => KeyExchange == KeyExchange.EcdheEcdsa;

    public static CipherSuite? Find(TlsCipherSuite id) => All.GetValueOrDefault(id);
}
