using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Server.Features.Certificates;

/// <summary>Reads the certificates of a CMS SignedData that has nothing else: a certs-only message (RFC 5652, 5.1; RFC 5272, 4.1).</summary>
internal static class CertsOnlyMessage
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const int MaxCertificates = 10;

    /// <exception cref="AsnContentException">The bytes are no such message.</exception>
    /// <exception cref="CryptographicException">A certificate in it cannot be read.</exception>
    public static IReadOnlyList<X509Certificate2> Read(ReadOnlyMemory<byte> message)
    {
        // ContentInfo ::= SEQUENCE { contentType, content [0] EXPLICIT }; many write BER.
        var content = new AsnReader(message, AsnEncodingRules.BER).ReadSequence();
        if (content.ReadObjectIdentifier() != SignedData)
            throw new AsnContentException("The message is no CMS SignedData.");
        var signed = content.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        // SignedData ::= SEQUENCE { version, digestAlgorithms, encapContentInfo, certificates [0] IMPLICIT OPTIONAL, ... }
        signed.ReadInteger();
        signed.ReadSetOf(skipSortOrderValidation: true);
        signed.ReadSequence();
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        var certificates = new List<X509Certificate2>();
        if (!signed.HasData || !signed.PeekTag().HasSameClassAndValue(tag))
            return certificates;
        var set = signed.ReadSetOf(skipSortOrderValidation: true, tag);
        while (set.HasData)
        {
            if (certificates.Count == MaxCertificates)
                throw new AsnContentException($"The message has more than {MaxCertificates} certificates.");
            certificates.Add(X509CertificateLoader.LoadCertificate(set.ReadEncodedValue().Span));
        }

        return certificates;
    }
}
