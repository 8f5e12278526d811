using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>
/// Certificates and nothing else in a PKCS #7 container: <c>application/pkcs7-mime; smime-type=certs-only</c> (RFC 5652, 5.1; RFC 5272, 4.1;
/// RFC 7030, 4.1.3 and 4.2.3).
/// </summary>
public static class CertsOnlyMessage
{
    /// <summary>The longest message read, bytes.</summary>
    public const int MaxLength = 128 * 1024;

    /// <summary>The most certificates read from one message.</summary>
    public const int MaxCertificates = 64;

    private const string Data = "1.2.840.113549.1.7.1";
    private const string SignedData = "1.2.840.113549.1.7.2";

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <summary>Writes certificates, in the order in which they are given.</summary>
    /// <returns>DER, but for the order of the certificates: it is kept, as clients expect their own certificate first.</returns>
    public static byte[] Write(IEnumerable<X509Certificate2> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(SignedData);
            using (writer.PushSequence(Tag0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                }

                using (writer.PushSequence())
                    writer.WriteObjectIdentifier(Data);
                using (writer.PushSequence(Tag0))
                {
                    foreach (X509Certificate2 certificate in certificates)
                        writer.WriteEncodedValue(certificate.RawDataMemory.Span);
                }

                using (writer.PushSetOf())
                {
                }
            }
        }

        return writer.Encode();
    }

    /// <summary>Reads the certificates of a message, in their order. Nothing is verified: there is no signature.</summary>
    /// <param name="message">The whole message, BER.</param>
    /// <param name="certificates">The certificates.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> message, [NotNullWhen(true)] out IReadOnlyList<X509Certificate2>? certificates, [NotNullWhen(false)] out string? problem)
    {
        certificates = null;
        if (message.Length > MaxLength)
        {
            problem = $"the message is longer than {MaxLength} bytes";
            return false;
        }

        List<X509Certificate2> read = [];
        try
        {
            problem = Read(message, read);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            problem = $"it is no PKCS #7 message of certificates ({e.Message})";
        }

        if (problem is null)
        {
            certificates = read;
            return true;
        }

        foreach (X509Certificate2 certificate in read)
            certificate.Dispose();
        return false;
    }

    private static string? Read(ReadOnlyMemory<byte> message, List<X509Certificate2> certificates)
    {
        // BER, not DER: RFC 5652, 5.1 asks for no more, and certificates are seldom in the order of a DER set.
        var outer = new AsnReader(message, AsnEncodingRules.BER);
        AsnReader content = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (content.ReadObjectIdentifier() is var type && type != SignedData)
            return $"the content has the type {type}, not signedData";
        AsnReader signed = content.ReadSequence(Tag0).ReadSequence();
        content.ThrowIfNotEmpty();
        signed.ReadInteger();
        signed.ReadSetOf(skipSortOrderValidation: true);
        signed.ReadSequence();
        if (signed.HasData && signed.PeekTag().HasSameClassAndValue(Tag0))
        {
            AsnReader set = signed.ReadSetOf(skipSortOrderValidation: true, Tag0);
            while (set.HasData)
            {
                if (certificates.Count == MaxCertificates)
                    return $"there are more than {MaxCertificates} certificates";
                // RFC 5652, 10.2.2: the other choices, attribute certificates and obsolete kinds, are tagged.
                ReadOnlyMemory<byte> element = set.PeekEncodedValue();
                if (set.PeekTag() == Asn1Tag.Sequence)
                    certificates.Add(X509CertificateLoader.LoadCertificate(element.Span));
                set.ReadEncodedValue();
            }
        }

        if (signed.HasData && signed.PeekTag().HasSameClassAndValue(Tag1))
            signed.ReadEncodedValue();
        return signed.ReadSetOf(skipSortOrderValidation: true).HasData ? "it has a signer: it is not a message of certificates alone" : null;
    }
}
