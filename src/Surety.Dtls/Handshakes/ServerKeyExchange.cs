namespace Surety.Dtls;

/// <summary>The parts of a ServerKeyExchange (RFC 8422, 5.4; RFC 4279, 2; RFC 5489, 2).</summary>
internal readonly ref struct ServerKeyExchange
{
    private const byte NamedCurve = 3;

    /// <summary>What was signed: group and public key.</summary>
    public ReadOnlySpan<byte> Parameters { get; private init; }

    public NamedGroup Group { get; private init; }

    public ReadOnlySpan<byte> PublicKey { get; private init; }

    public SignatureScheme Scheme { get; private init; }

    public ReadOnlySpan<byte> Signature { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> body, KeyExchange keyExchange, out ServerKeyExchange message)
    {
        message = default;
        var reader = new WireReader(body);
        if (keyExchange != KeyExchange.EcdheEcdsa)
            reader.Vector16();
        if (keyExchange == KeyExchange.Psk)
            return reader.IsComplete;
        ReadOnlySpan<byte> rest = reader.Rest();
        var parameters = new WireReader(rest);
        byte curveType = parameters.UInt8();
        var group = (NamedGroup)parameters.UInt16();
        ReadOnlySpan<byte> publicKey = parameters.Vector8();
        int length = 4 + publicKey.Length;
        SignatureScheme scheme = 0;
        ReadOnlySpan<byte> signature = default;
        if (keyExchange == KeyExchange.EcdheEcdsa)
        {
            scheme = (SignatureScheme)parameters.UInt16();
            signature = parameters.Vector16();
        }

        if (!reader.IsValid || !parameters.IsComplete || curveType != NamedCurve)
            return false;
        message = new() { Parameters = rest[..length], Group = group, PublicKey = publicKey, Scheme = scheme, Signature = signature };
        return true;
    }

    /// <summary>Writes group and public key.</summary>
    public static byte[] WriteParameters(NamedGroup group, ReadOnlySpan<byte> publicKey) =>
        [NamedCurve, (byte)((int)group >> 8), (byte)group, (byte)publicKey.Length, .. publicKey];
}
