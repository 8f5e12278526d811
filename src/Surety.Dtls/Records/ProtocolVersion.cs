namespace Surety.Dtls;

/// <summary>Versions as on the wire: the ones' complement, so that later ones are smaller (RFC 6347, 4.1).</summary>
internal static class ProtocolVersion
{
    /// <summary>Used in HelloVerifyRequest, whatever is negotiated later (RFC 6347, 4.2.1).</summary>
    public const ushort Dtls10 = 0xFEFF;

    public const ushort Dtls12 = 0xFEFD;

    /// <summary>A client that offers this version can do DTLS 1.2.</summary>
    public static bool Allows12(ushort offered) => offered >> 8 == 0xFE && offered <= Dtls12;
}
