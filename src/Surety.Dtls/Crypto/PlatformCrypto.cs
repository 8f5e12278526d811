using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>The base library's primitives: everywhere, and slower, since it keeps no state that could be given new keys.</summary>
internal sealed class PlatformCrypto : CryptoBackend
{
    public override void Seal(BulkCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additionalData, Span<byte> data, Span<byte> tag)
    {
        switch (cipher)
        {
            case BulkCipher.Aes128Ccm8 or BulkCipher.Aes128Ccm:
                using (var ccm = new AesCcm(key))
                    ccm.Encrypt(nonce, data, data, tag, additionalData);
                break;
            case BulkCipher.ChaCha20Poly1305:
                using (var chaCha = new ChaCha20Poly1305(key))
                    chaCha.Encrypt(nonce, data, data, tag, additionalData);
                break;
            default:
                using (var gcm = new AesGcm(key, tag.Length))
                    gcm.Encrypt(nonce, data, data, tag, additionalData);
                break;
        }
    }

    public override bool Open(
        BulkCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additionalData, Span<byte> data, ReadOnlySpan<byte> tag)
    {
        try
        {
            switch (cipher)
            {
                case BulkCipher.Aes128Ccm8 or BulkCipher.Aes128Ccm:
                    using (var ccm = new AesCcm(key))
                        ccm.Decrypt(nonce, data, tag, data, additionalData);
                    break;
                case BulkCipher.ChaCha20Poly1305:
                    using (var chaCha = new ChaCha20Poly1305(key))
                        chaCha.Decrypt(nonce, data, tag, data, additionalData);
                    break;
                default:
                    using (var gcm = new AesGcm(key, tag.Length))
                        gcm.Decrypt(nonce, data, tag, data, additionalData);
                    break;
            }

            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public override void Prf(PrfHash hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        int length = hash == PrfHash.Sha256 ? 32 : 48;
        Span<byte> input = stackalloc byte[length + label.Length + seed.Length];
        label.CopyTo(input[length..]);
        seed.CopyTo(input[(length + label.Length)..]);
        Span<byte> block = stackalloc byte[length];
        Hmac(hash, secret, input[length..], input);
        while (true)
        {
            Hmac(hash, secret, input, block);
            if (output.Length <= length)
                break;
            block.CopyTo(output);
            output = output[length..];
            Hmac(hash, secret, input[..length], block);
            block.CopyTo(input);
        }

        block[..output.Length].CopyTo(output);
        CryptographicOperations.ZeroMemory(block);
    }

    public override bool Supports(NamedGroup group) => group is NamedGroup.Secp256r1 or NamedGroup.Secp384r1;

    public override KeyShare CreateKeyShare(NamedGroup group) => new EcdhShare(group);

    public override bool Verify(NamedGroup curve, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (!IsUncompressedPoint(curve, publicKey))
            return false;
        try
        {
            using var key = ECDsa.Create(ToParameters(curve, publicKey));
            return key.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static void Hmac(PrfHash hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        if (hash == PrfHash.Sha256)
            HMACSHA256.HashData(key, data, destination);
        else
            HMACSHA384.HashData(key, data, destination);
    }

    private static ECCurve ToCurve(NamedGroup group) => group == NamedGroup.Secp256r1 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384;

    private static ECParameters ToParameters(NamedGroup group, ReadOnlySpan<byte> point)
    {
        int half = point.Length / 2;
        return new() { Curve = ToCurve(group), Q = { X = point.Slice(1, half).ToArray(), Y = point.Slice(1 + half, half).ToArray() } };
    }

    private sealed class EcdhShare : KeyShare
    {
        private readonly ECDiffieHellman _key;
        private readonly NamedGroup _group;
        private readonly byte[] _publicKey;

        public EcdhShare(NamedGroup group)
        {
            _group = group;
            _key = ECDiffieHellman.Create(ToCurve(group));
            ECPoint q = _key.ExportParameters(includePrivateParameters: false).Q;
            _publicKey = [4, .. q.X!, .. q.Y!];
        }

        public override ReadOnlySpan<byte> PublicKey => _publicKey;

        public override int Derive(ReadOnlySpan<byte> peerPublicKey, Span<byte> secret)
        {
            if (!IsUncompressedPoint(_group, peerPublicKey))
                return 0;
            try
            {
                using var peer = ECDiffieHellman.Create(ToParameters(_group, peerPublicKey));
                using ECDiffieHellmanPublicKey key = peer.PublicKey;
                byte[] derived = _key.DeriveRawSecretAgreement(key);
                derived.CopyTo(secret);
                CryptographicOperations.ZeroMemory(derived);
                return derived.Length;
            }
            catch (CryptographicException)
            {
                return 0;
            }
        }

        public override void Dispose() => _key.Dispose();
    }
}
