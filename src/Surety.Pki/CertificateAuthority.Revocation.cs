using System.Formats.Asn1;

namespace Surety.Pki;

public sealed partial class CertificateAuthority
{
    private static readonly Asn1Tag ListExtensions = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Signs a revocation list (RFC 5280, 5.1).</summary>
    /// <returns>DER.</returns>
    /// <exception cref="ArgumentException">The list contradicts itself.</exception>
    /// <exception cref="SigningKeyException">The authority's key is out of reach.</exception>
    public byte[] IssueRevocationList(RevocationList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (list.NextUpdate <= list.ThisUpdate)
            throw new ArgumentException("The next list comes after this one.", nameof(list));
        if (list.BaseNumber is long baseNumber && (baseNumber >= list.Number || list.FreshestUris.Count > 0))
            throw new ArgumentException("A delta has a higher number than its base, and no deltas of its own.", nameof(list));
        if (list.BaseNumber is null && list.Entries.Any(entry => entry.Reason == RevocationReason.RemoveFromCrl))
            throw new ArgumentException("removeFromCRL stands in deltas alone (RFC 5280, 5.3.1).", nameof(list));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteEncodedValue(_key.SignatureAlgorithm);
            writer.WriteEncodedValue(_name);
            CertificateWriter.WriteTime(writer, list.ThisUpdate);
            CertificateWriter.WriteTime(writer, list.NextUpdate);
            // RFC 5280, 5.1.2.6: without entries there is no list of them.
            if (list.Entries.Count > 0)
            {
                using (writer.PushSequence())
                {
                    foreach (RevokedCertificate entry in list.Entries)
                        WriteEntry(writer, entry);
                }
            }

            using (writer.PushSequence(ListExtensions))
            using (writer.PushSequence())
                WriteListExtensions(writer, list);
        }

        return CertificateWriter.Sign(writer, _key);
    }

    private static void WriteEntry(AsnWriter writer, in RevokedCertificate entry)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(entry.Serial.Span);
            CertificateWriter.WriteTime(writer, entry.RevokedAt);
            // RFC 5280, 5.3.1: unspecified is said by silence.
            if (entry.Reason == RevocationReason.Unspecified && entry.InvalidityDate is null)
                return;
            using (writer.PushSequence())
            {
                if (entry.Reason != RevocationReason.Unspecified)
                {
                    using Extension reason = new(writer, Oids.ReasonCode);
                    writer.WriteEnumeratedValue(entry.Reason);
                }

                if (entry.InvalidityDate is DateTimeOffset date)
                {
                    using Extension invalidity = new(writer, Oids.InvalidityDate);
                    writer.WriteGeneralizedTime(date.ToUniversalTime(), omitFractionalSeconds: true);
                }
            }
        }
    }

    private void WriteListExtensions(AsnWriter writer, RevocationList list)
    {
        CertificateWriter.WriteAuthorityKeyIdentifier(writer, _keyIdentifier);
        using (new Extension(writer, Oids.CrlNumber))
            writer.WriteInteger(list.Number);
        if (list.BaseNumber is long baseNumber)
        {
            using Extension delta = new(writer, Oids.DeltaCrlIndicator, critical: true);
            writer.WriteInteger(baseNumber);
        }

        if (list.FreshestUris.Count > 0)
            CertificateWriter.WriteDistributionPoints(writer, Oids.FreshestCrl, list.FreshestUris);
    }
}
