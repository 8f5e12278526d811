namespace Surety.Dtls;

/// <summary>What a Certificate message holds (RFC 7250, 3).</summary>
internal enum CertificateType : byte
{
    X509 = 0,
    RawPublicKey = 2,
}
