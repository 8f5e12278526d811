using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;

namespace Surety.Device;

/// <summary>The bodies of EST over CoAP: binary DER, told apart by their content format (RFC 9148, 4.3).</summary>
internal static class EstContent
{
    /// <summary>application/pkcs7-mime; smime-type=certs-only</summary>
    public static readonly ContentFormat CertsOnly = new(281);

    /// <summary>application/csrattrs</summary>
    public static readonly ContentFormat CsrAttributes = new(285);

    /// <summary>application/pkcs10</summary>
    public static readonly ContentFormat Pkcs10 = new(286);

    /// <summary>application/pkix-cert</summary>
    public static readonly ContentFormat PkixCertificate = new(287);

    // A chain of four with RSA keys has less than half of it.
    public const int MaxLength = 64 * 1024;

    private const int MaxCertificates = 16;
    private const string SignedData = "1.2.840.113549.1.7.2";

    /// <summary>Reads certificates: one in 287, any number in 281.</summary>
    /// <exception cref="EstException">There are none, or the bytes are something else.</exception>
    public static X509Certificate2[] ReadCertificates(ReadOnlyMemory<byte> body, ContentFormat? format)
    {
        try
        {
            if (format == PkixCertificate)
                return [X509CertificateLoader.LoadCertificate(body.Span)];
            if (format is not null && format != CertsOnly)
                throw new EstException($"the EST server answered in content format {format}, and 281 or 287 is wanted");
            X509Certificate2[] certificates = [.. ReadCertsOnly(body).Select(der => X509CertificateLoader.LoadCertificate(der))];
            return certificates.Length > 0 ? certificates : throw new EstException("the EST server answered without a certificate");
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            throw new EstException($"the EST server's answer cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads the object identifiers of csrattrs (RFC 7030, 4.5.2): what the server would like to see in a request.</summary>
    /// <exception cref="EstException">The bytes are something else.</exception>
    public static string[] ReadCsrAttributes(ReadOnlyMemory<byte> body)
    {
        try
        {
            var found = new List<string>();
            AsnReader attributes = new AsnReader(body, AsnEncodingRules.DER).ReadSequence();
            while (attributes.HasData && found.Count < MaxCertificates)
                found.Add(attributes.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier) ? attributes.ReadObjectIdentifier() : attributes.ReadSequence().ReadObjectIdentifier());
            return [.. found];
        }
        catch (AsnContentException e)
        {
            throw new EstException($"the EST server's attributes cannot be read: {e.Message}");
        }
    }

    /// <summary>RFC 5652, 3 and 5.1; RFC 7030, 4.1.3: a SignedData without content and signers.</summary>
    private static List<byte[]> ReadCertsOnly(ReadOnlyMemory<byte> body)
    {
        // BER: servers of certs-only messages are not held to DER, and OpenSSL's are not.
        AsnReader info = new AsnReader(body, AsnEncodingRules.BER).ReadSequence();
        if (info.ReadObjectIdentifier() != SignedData)
            throw new EstException("the EST server answered with a PKCS #7 message that is no SignedData");
        AsnReader signed = info.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        signed.ReadInteger();
        signed.ReadSetOf(skipSortOrderValidation: true);
        signed.ReadSequence();
        var found = new List<byte[]>();
        var certificatesTag = new Asn1Tag(TagClass.ContextSpecific, 0);
        if (!signed.HasData || !signed.PeekTag().HasSameClassAndValue(certificatesTag))
            return found;
        AsnReader certificates = signed.ReadSetOf(skipSortOrderValidation: true, certificatesTag);
        while (certificates.HasData)
        {
            if (found.Count == MaxCertificates)
                throw new EstException($"the EST server answered with more than {MaxCertificates} certificates");
            found.Add(certificates.ReadEncodedValue().ToArray());
        }

        return found;
    }
}
