namespace Surety.Dtls;

/// <summary>An elliptic curve key in a SubjectPublicKeyInfo (RFC 5480, 2).</summary>
internal readonly ref struct EcPublicKey(NamedGroup curve, ReadOnlySpan<byte> point)
{
    private static ReadOnlySpan<byte> IdEcPublicKey => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];

    private static ReadOnlySpan<byte> Secp256r1 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    private static ReadOnlySpan<byte> Secp384r1 => [0x2B, 0x81, 0x04, 0x00, 0x22];

    public NamedGroup Curve { get; } = curve;

    /// <summary>Uncompressed; that it is on the curve is checked where it is used.</summary>
    public ReadOnlySpan<byte> Point { get; } = point;

    /// <summary>Reads a SubjectPublicKeyInfo; one of another kind of key is refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> subjectPublicKeyInfo, out EcPublicKey key)
    {
        key = default;
        var reader = new DerReader(subjectPublicKeyInfo);
        var info = new DerReader(reader.Read(DerReader.Sequence));
        var algorithm = new DerReader(info.Read(DerReader.Sequence));
        ReadOnlySpan<byte> id = algorithm.Read(DerReader.ObjectIdentifier), curve = algorithm.Read(DerReader.ObjectIdentifier);
        ReadOnlySpan<byte> bits = info.Read(DerReader.BitString);
        if (!reader.IsValid || !reader.IsEmpty || !info.IsValid || !info.IsEmpty || !algorithm.IsValid || !id.SequenceEqual(IdEcPublicKey) || bits is not [0, 4, ..])
            return false;
        NamedGroup group = curve.SequenceEqual(Secp256r1) ? NamedGroup.Secp256r1 : curve.SequenceEqual(Secp384r1) ? NamedGroup.Secp384r1 : NamedGroup.None;
        if (bits.Length - 1 != (group == NamedGroup.Secp256r1 ? 65 : 97) || group == NamedGroup.None)
            return false;
        key = new(group, bits[1..]);
        return true;
    }
}
