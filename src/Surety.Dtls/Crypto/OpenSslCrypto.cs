using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>
/// Direct calls of libcrypto: a third to an eighth of the base library's cost for records, a third for the key exchange. Algorithms are fetched
/// once; each thread has one context a cipher and direction and gives it the key of the record in hand.
/// </summary>
internal sealed unsafe class OpenSslCrypto : CryptoBackend
{
    private readonly nint[] _ciphers;
    private readonly nint _sha256;
    private readonly nint _sha384;
    private readonly nint _p256;
    private readonly nint _p384;

    [ThreadStatic]
    private static CipherContexts? t_ciphers;

    [ThreadStatic]
    private static HmacContexts? t_hmacs;

    private OpenSslCrypto(nint[] ciphers, nint sha256, nint sha384, nint p256, nint p384)
    {
        _ciphers = ciphers;
        _sha256 = sha256;
        _sha384 = sha384;
        _p256 = p256;
        _p384 = p384;
    }

    /// <summary>Null where libcrypto is not there, or not as it should be.</summary>
    public static OpenSslCrypto? TryCreate()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(LibCrypto.Library, out _))
            return null;
        try
        {
            nint[] ciphers = new nint[5];
            string[] names = ["AES-128-CCM", "AES-128-CCM", "AES-128-GCM", "AES-256-GCM", "ChaCha20-Poly1305"];
            for (int i = 0; i < names.Length; i++)
                ciphers[i] = LibCrypto.CipherFetch(0, names[i], null);
            nint sha256 = LibCrypto.DigestFetch(0, "SHA256", null), sha384 = LibCrypto.DigestFetch(0, "SHA384", null);
            nint p256 = OpenSslKeyShare.Generate(NamedGroup.Secp256r1, 0), p384 = OpenSslKeyShare.Generate(NamedGroup.Secp384r1, 0);
            return ciphers.Contains(0) || sha256 == 0 || sha384 == 0 || p256 == 0 || p384 == 0 ? null : new(ciphers, sha256, sha384, p256, p384);
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    public override void Seal(BulkCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additionalData, Span<byte> data, Span<byte> tag)
    {
        nint context = (t_ciphers ??= new()).Get(this, cipher, encrypt: true);
        int length;
        // An empty span may have no address, which libcrypto takes for another request.
        byte none;
        fixed (byte* keys = key, nonces = nonce, aad = additionalData, text = data, tags = tag)
        {
            byte* content = data.IsEmpty ? &none : text;
            bool ok = LibCrypto.CipherInit(context, 0, keys, nonces, 1, 0) == 1
                && (!IsCcm(cipher) || LibCrypto.CipherUpdate(context, null, &length, null, data.Length) == 1)
                && LibCrypto.CipherUpdate(context, null, &length, aad, additionalData.Length) == 1
                && LibCrypto.CipherUpdate(context, content, &length, content, data.Length) == 1
                && LibCrypto.CipherFinal(context, &none, &length) == 1
                && LibCrypto.CipherControl(context, LibCrypto.GetTag, tag.Length, tags) == 1;
            if (!ok)
                throw new CryptographicException("libcrypto refused to encrypt.");
        }
    }

    public override bool Open(
        BulkCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additionalData, Span<byte> data, ReadOnlySpan<byte> tag)
    {
        nint context = (t_ciphers ??= new()).Get(this, cipher, encrypt: false);
        int length;
        byte none;
        bool ok;
        fixed (byte* keys = key, nonces = nonce, aad = additionalData, text = data, tags = tag)
        {
            byte* content = data.IsEmpty ? &none : text;
            if (IsCcm(cipher))
            {
                // All is checked by the update that decrypts; there is no final step.
                ok = LibCrypto.CipherControl(context, LibCrypto.SetTag, tag.Length, tags) == 1
                    && LibCrypto.CipherInit(context, 0, keys, nonces, 0, 0) == 1
                    && LibCrypto.CipherUpdate(context, null, &length, null, data.Length) == 1
                    && LibCrypto.CipherUpdate(context, null, &length, aad, additionalData.Length) == 1
                    && LibCrypto.CipherUpdate(context, content, &length, content, data.Length) == 1;
            }
            else
            {
                ok = LibCrypto.CipherInit(context, 0, keys, nonces, 0, 0) == 1
                    && LibCrypto.CipherUpdate(context, null, &length, aad, additionalData.Length) == 1
                    && LibCrypto.CipherUpdate(context, content, &length, content, data.Length) == 1
                    && LibCrypto.CipherControl(context, LibCrypto.SetTag, tag.Length, tags) == 1
                    && LibCrypto.CipherFinal(context, &none, &length) == 1;
            }
        }

        if (!ok)
            LibCrypto.ClearErrors();
        return ok;
    }

    public override void Prf(PrfHash hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        HmacContexts hmac = t_hmacs ??= new();
        int length = hash == PrfHash.Sha256 ? 32 : 48;
        hmac.SetKey(hash == PrfHash.Sha256 ? _sha256 : _sha384, hash, secret);
        Span<byte> a = stackalloc byte[length];
        Span<byte> block = stackalloc byte[length];
        hmac.Compute(label, seed, default, a);
        while (true)
        {
            hmac.Compute(a, label, seed, block);
            if (output.Length <= length)
                break;
            block.CopyTo(output);
            output = output[length..];
            hmac.Compute(a, default, default, a);
        }

        block[..output.Length].CopyTo(output);
        CryptographicOperations.ZeroMemory(block);
    }

    public override bool Supports(NamedGroup group) => group is NamedGroup.Secp256r1 or NamedGroup.Secp384r1 or NamedGroup.X25519;

    public override KeyShare CreateKeyShare(NamedGroup group) => new OpenSslKeyShare(group, group switch
    {
        NamedGroup.Secp256r1 => _p256,
        NamedGroup.Secp384r1 => _p384,
        _ => 0,
    });

    public override bool Verify(NamedGroup curve, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (!IsUncompressedPoint(curve, publicKey))
            return false;
        nint key = LibCrypto.KeyNew(), context = 0;
        bool ok;
        fixed (byte* point = publicKey, hashes = hash, signatures = signature)
        {
            ok = LibCrypto.CopyParameters(key, curve == NamedGroup.Secp256r1 ? _p256 : _p384) == 1
                && LibCrypto.SetEncodedPublicKey(key, point, (nuint)publicKey.Length) == 1
                && (context = LibCrypto.KeyContextNew(key, 0)) != 0
                && LibCrypto.VerifyInit(context) == 1
                && LibCrypto.Verify(context, signatures, (nuint)signature.Length, hashes, (nuint)hash.Length) == 1;
        }

        LibCrypto.KeyContextFree(context);
        LibCrypto.KeyFree(key);
        if (!ok)
            LibCrypto.ClearErrors();
        return ok;
    }

    private static bool IsCcm(BulkCipher cipher) => cipher <= BulkCipher.Aes128Ccm;

    private sealed class CipherContexts
    {
        private readonly nint[] _contexts = new nint[10];

        ~CipherContexts()
        {
            foreach (nint context in _contexts)
                LibCrypto.CipherContextFree(context);
        }

        public nint Get(OpenSslCrypto crypto, BulkCipher cipher, bool encrypt)
        {
            int direction = encrypt ? 1 : 0;
            ref nint context = ref _contexts[(int)cipher * 2 + direction];
            if (context != 0)
                return context;
            nint made = LibCrypto.CipherContextNew();
            bool ok = LibCrypto.CipherInit(made, crypto._ciphers[(int)cipher], null, null, direction, 0) == 1
                && LibCrypto.CipherControl(made, LibCrypto.SetIvLength, 12, null) == 1
                && (!IsCcm(cipher) || LibCrypto.CipherControl(made, LibCrypto.SetTag, cipher.TagLength, null) == 1);
            return ok ? context = made : throw new CryptographicException("libcrypto has no such cipher.");
        }
    }

    /// <summary>HMAC with the states behind the padded key kept, so that each computation costs two blocks less.</summary>
    private sealed class HmacContexts
    {
        private readonly nint _inner = LibCrypto.DigestContextNew();
        private readonly nint _outer = LibCrypto.DigestContextNew();
        private readonly nint _work = LibCrypto.DigestContextNew();
        private int _length;

        ~HmacContexts()
        {
            LibCrypto.DigestContextFree(_inner);
            LibCrypto.DigestContextFree(_outer);
            LibCrypto.DigestContextFree(_work);
        }

        public void SetKey(nint digest, PrfHash hash, ReadOnlySpan<byte> key)
        {
            _length = hash == PrfHash.Sha256 ? 32 : 48;
            Span<byte> padded = stackalloc byte[hash == PrfHash.Sha256 ? 64 : 128];
            padded.Clear();
            if (key.Length > padded.Length)
                Hash(hash, key, padded);
            else
                key.CopyTo(padded);
            Start(_inner, digest, padded, 0x36);
            Start(_outer, digest, padded, 0x36 ^ 0x5c);
            CryptographicOperations.ZeroMemory(padded);
        }

        public void Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> destination)
        {
            uint length;
            bool ok;
            fixed (byte* a = first, b = second, c = third, output = destination)
            {
                ok = LibCrypto.DigestCopy(_work, _inner) == 1
                    && LibCrypto.DigestUpdate(_work, a, (nuint)first.Length) == 1
                    && LibCrypto.DigestUpdate(_work, b, (nuint)second.Length) == 1
                    && LibCrypto.DigestUpdate(_work, c, (nuint)third.Length) == 1
                    && LibCrypto.DigestFinal(_work, output, &length) == 1
                    && LibCrypto.DigestCopy(_work, _outer) == 1
                    && LibCrypto.DigestUpdate(_work, output, (nuint)_length) == 1
                    && LibCrypto.DigestFinal(_work, output, &length) == 1;
            }

            if (!ok)
                throw new CryptographicException("libcrypto refused to hash.");
        }

        private static void Start(nint context, nint digest, Span<byte> padded, byte mask)
        {
            foreach (ref byte value in padded)
                value ^= mask;
            bool ok;
            fixed (byte* bytes = padded)
                ok = LibCrypto.DigestInit(context, digest, 0) == 1 && LibCrypto.DigestUpdate(context, bytes, (nuint)padded.Length) == 1;
            if (!ok)
                throw new CryptographicException("libcrypto refused to hash.");
        }
    }
}
