namespace Surety.Pki;

/// <summary>What a certificate says, in the encoded form of its parts.</summary>
/// <param name="Serial">Positive, big-endian.</param>
/// <param name="Issuer">Name, DER.</param>
/// <param name="Subject">Name, DER.</param>
/// <param name="Validity">Its time.</param>
/// <param name="PublicKeyInfo">SubjectPublicKeyInfo, DER.</param>
/// <param name="SubjectKeyIdentifier">Of the key.</param>
/// <param name="AuthorityKeyIdentifier">Of the issuer's key.</param>
/// <param name="NameConstraints">The value of the extension; empty: none.</param>
/// <param name="Profile">The rest; its subject, validity and name constraints do not count.</param>
internal readonly record struct CertificateContent(
    ReadOnlyMemory<byte> Serial,
    ReadOnlyMemory<byte> Issuer,
    ReadOnlyMemory<byte> Subject,
    ValidityPeriod Validity,
    ReadOnlyMemory<byte> PublicKeyInfo,
    ReadOnlyMemory<byte> SubjectKeyIdentifier,
    ReadOnlyMemory<byte> AuthorityKeyIdentifier,
    ReadOnlyMemory<byte> NameConstraints,
    CertificateProfile Profile);
