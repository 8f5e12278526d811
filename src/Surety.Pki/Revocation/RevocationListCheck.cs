using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>Tells whether a revocation list that somebody else has made is that of an authority (RFC 5280, 5.1).</summary>
public static class RevocationListCheck
{
    /// <summary>Why a list is not one of the authority; null: it is. Whether it is still current is not looked at.</summary>
    /// <param name="der">The CertificateList, DER.</param>
    /// <param name="authority">The authority's certificate.</param>
    public static string? FindFault(ReadOnlyMemory<byte> der, X509Certificate2 authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            AsnReader list = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            ReadOnlyMemory<byte> toBeSigned = list.PeekEncodedValue();
            AsnReader content = list.ReadSequence();
            ReadOnlyMemory<byte> algorithm = list.ReadEncodedValue();
            byte[] signature = list.ReadBitString(out int unused);
            list.ThrowIfNotEmpty();
            if (content.PeekTag() == Asn1Tag.Integer)
                content.ReadInteger();
            // 5.1.2.2: the algorithm within is that without.
            if (!content.ReadEncodedValue().Span.SequenceEqual(algorithm.Span))
                return "it names two different signature algorithms";
            if (!content.ReadEncodedValue().Span.SequenceEqual(authority.SubjectName.RawData))
                return $"it is of another authority than '{authority.Subject}'";
            bool isSigned = unused == 0 && SubjectKey.Verify(authority.PublicKey.ExportSubjectPublicKeyInfo(), algorithm, toBeSigned.Span, signature);
            return isSigned ? null : $"its signature is not that of '{authority.Subject}'";
        }
        catch (AsnContentException)
        {
            return "it is no revocation list in DER or PEM";
        }
    }
}
