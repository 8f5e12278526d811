using System.Security.Cryptography;

namespace Surety.Dtls;

/// <summary>An ephemeral key pair in libcrypto.</summary>
internal sealed unsafe class OpenSslKeyShare : KeyShare
{
    private readonly NamedGroup _group;
    private readonly byte[] _publicKey;
    private nint _key;

    /// <param name="group">The group.</param>
    /// <param name="template">Any key of the group; 0: there is none.</param>
    public OpenSslKeyShare(NamedGroup group, nint template)
    {
        _group = group;
        _key = Generate(group, template);
        if (_key == 0)
            throw new CryptographicException("libcrypto made no key.");
        byte* encoded;
        int length = (int)LibCrypto.GetEncodedPublicKey(_key, &encoded);
        _publicKey = new ReadOnlySpan<byte>(encoded, length).ToArray();
        LibCrypto.Free(encoded, null, 0);
    }

    ~OpenSslKeyShare() => Dispose();

    public override ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>Makes a key pair.</summary>
    /// <param name="group">The group.</param>
    /// <param name="template">A key of the same group, whose parameters are used: to find them by name takes as long as to make the key. 0: there is none.</param>
    /// <returns>An EVP_PKEY; 0 when there is no such group.</returns>
    public static nint Generate(NamedGroup group, nint template)
    {
        nint context = template != 0 ? LibCrypto.KeyContextNew(template, 0) : LibCrypto.KeyContextFromName(0, group == NamedGroup.X25519 ? "X25519" : "EC", null);
        // It must be zero before the call, or libcrypto takes it for a key to fill.
        nint key = 0;
        bool ok = LibCrypto.KeyGenInit(context) == 1
            && (template != 0 || group == NamedGroup.X25519 || LibCrypto.SetGroupName(context, group == NamedGroup.Secp256r1 ? "P-256" : "P-384") == 1)
            && LibCrypto.KeyGen(context, &key) == 1;
        LibCrypto.KeyContextFree(context);
        return ok ? key : 0;
    }

    public override int Derive(ReadOnlySpan<byte> peerPublicKey, Span<byte> secret)
    {
        if (peerPublicKey.Length != _publicKey.Length || (_group != NamedGroup.X25519 && peerPublicKey[0] != 4))
            return 0;
        nint peer = LibCrypto.KeyNew(), context = 0;
        nuint length = (nuint)secret.Length;
        bool ok;
        fixed (byte* encoded = peerPublicKey, output = secret)
        {
            // Setting the key checks that the point is on the curve, which is all that a curve of cofactor 1 needs (SP 800-56A, 5.6.2.3.4); the
            // validation that is turned off would multiply by the order as well. X25519 refuses an all-zero result by itself (RFC 7748, 6.1).
            ok = LibCrypto.CopyParameters(peer, _key) == 1
                && LibCrypto.SetEncodedPublicKey(peer, encoded, (nuint)peerPublicKey.Length) == 1
                && (context = LibCrypto.KeyContextNew(_key, 0)) != 0
                && LibCrypto.DeriveInit(context) == 1
                && LibCrypto.DeriveSetPeer(context, peer, 0) == 1
                && LibCrypto.Derive(context, output, &length) == 1;
        }

        LibCrypto.KeyContextFree(context);
        LibCrypto.KeyFree(peer);
        if (!ok)
            LibCrypto.ClearErrors();
        return ok ? (int)length : 0;
    }

    public override void Dispose()
    {
        nint key = Interlocked.Exchange(ref _key, 0);
        if (key != 0)
            LibCrypto.KeyFree(key);
        GC.SuppressFinalize(this);
    }
}
