namespace Surety.Dtls;

/// <summary>Hash and signature algorithm in one number, as on the wire (RFC 5246, 7.4.1.4.1; names of RFC 8446, 4.2.3).</summary>
internal enum SignatureScheme : ushort
{
    EcdsaSecp256r1Sha256 = 0x0403,
    EcdsaSecp384r1Sha384 = 0x0503,
}
