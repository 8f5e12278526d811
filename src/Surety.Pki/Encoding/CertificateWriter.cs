using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>Writes certificates as RFC 5280, 4.1 has them. A writer and its buffer serve a thread.</summary>
internal static class CertificateWriter
{
    // RFC 5280, 4.1.2.5: UTCTime through 2049.
    private const int FirstGeneralizedYear = 2050;

    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 3, isConstructed: true);
    private static readonly Asn1Tag KeyIdentifier = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 7);

    [ThreadStatic]
    private static AsnWriter? _writer;

    /// <summary>A certificate, signed.</summary>
    /// <param name="signer">The issuer's key.</param>
    /// <param name="content">What it says.</param>
    public static byte[] Write(SigningKey signer, in CertificateContent content)
    {
        AsnWriter writer = _writer ??= new AsnWriter(AsnEncodingRules.DER, initialCapacity: 1024);
        writer.Reset();
        try
        {
            WriteToBeSigned(writer, signer, content);
            return Sign(writer, signer);
        }
        finally
        {
            writer.Reset();
        }
    }

    /// <summary>SEQUENCE { what was written, AlgorithmIdentifier, BIT STRING }: certificates, requests, revocation lists and OCSP responses alike.</summary>
    public static byte[] Sign(AsnWriter writer, SigningKey signer, Action<AsnWriter>? writeMore = null)
    {
        byte[] content = writer.Encode();
        byte[] signature = signer.Sign(content);
        writer.Reset();
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(content);
            writer.WriteEncodedValue(signer.SignatureAlgorithm);
            writer.WriteBitString(signature);
            writeMore?.Invoke(writer);
        }

        return writer.Encode();
    }

    /// <summary>The key identifier: the first 160 bits of SHA-256 of the key (RFC 7093, 2, method 1).</summary>
    public static byte[] ComputeKeyIdentifier(PublicKey key) => SHA256.HashData(key.EncodedKeyValue.RawData)[..20];

    public static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        time = time.ToUniversalTime();
        if (time.Year >= FirstGeneralizedYear)
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        else
            writer.WriteUtcTime(time);
    }

    public static void WriteAuthorityKeyIdentifier(AsnWriter writer, ReadOnlySpan<byte> keyIdentifier)
    {
        using Extension extension = new(writer, Oids.AuthorityKeyIdentifier);
        using (writer.PushSequence())
            writer.WriteOctetString(keyIdentifier, KeyIdentifier);
    }

    /// <summary>CRLDistributionPoints or FreshestCRL.</summary>
    public static void WriteDistributionPoints(AsnWriter writer, string oid, IReadOnlyList<string> uris)
    {
        using Extension extension = new(writer, oid);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            foreach (string uri in uris)
                writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, Uri);
        }
    }

    private static void WriteToBeSigned(AsnWriter writer, SigningKey signer, in CertificateContent content)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Version))
                writer.WriteInteger(2);
            writer.WriteInteger(content.Serial.Span);
            writer.WriteEncodedValue(signer.SignatureAlgorithm);
            writer.WriteEncodedValue(content.Issuer.Span);
            using (writer.PushSequence())
            {
                WriteTime(writer, content.Validity.NotBefore);
                WriteTime(writer, content.Validity.NotAfter);
            }

            writer.WriteEncodedValue(content.Subject.Span);
            writer.WriteEncodedValue(content.PublicKeyInfo.Span);
            using (writer.PushSequence(Extensions))
            using (writer.PushSequence())
                WriteExtensions(writer, content);
        }
    }

    private static void WriteExtensions(AsnWriter writer, in CertificateContent content)
    {
        CertificateProfile profile = content.Profile;
        // RFC 5280, 4.2.1.9: it stands in authorities' certificates, critical; RFC 7925, 4.4.4 has it there alone.
        if (profile.IsAuthority)
            WriteBasicConstraints(writer, profile.PathLength);
        WriteKeyUsage(writer, profile.KeyUsage);
        if (profile.ExtendedKeyUsage.Count > 0)
        {
            using Extension extension = new(writer, Oids.ExtendedKeyUsage);
            using (writer.PushSequence())
            {
                foreach (string purpose in profile.ExtendedKeyUsage)
                    writer.WriteObjectIdentifier(purpose);
            }
        }

        if (profile.DnsNames.Count + profile.Addresses.Count + profile.Uris.Count > 0)
            WriteAlternativeNames(writer, profile);
        using (new Extension(writer, Oids.SubjectKeyIdentifier))
            writer.WriteOctetString(content.SubjectKeyIdentifier.Span);
        WriteAuthorityKeyIdentifier(writer, content.AuthorityKeyIdentifier.Span);
        if (!content.NameConstraints.IsEmpty)
        {
            using Extension extension = new(writer, Oids.NameConstraints, critical: true);
            writer.WriteEncodedValue(content.NameConstraints.Span);
        }

        if (profile.RevocationListUris.Count > 0)
            WriteDistributionPoints(writer, Oids.CrlDistributionPoints, profile.RevocationListUris);
        if (profile.OcspUris.Count + profile.IssuerUris.Count > 0)
            WriteAuthorityInformation(writer, profile);
        if (profile.IsExemptFromStatus)
        {
            using Extension extension = new(writer, Oids.OcspNoCheck);
            writer.WriteNull();
        }
    }

    private static void WriteBasicConstraints(AsnWriter writer, int? pathLength)
    {
        using Extension extension = new(writer, Oids.BasicConstraints, critical: true);
        using (writer.PushSequence())
        {
            writer.WriteBoolean(true);
            if (pathLength is int length)
                writer.WriteInteger(length);
        }
    }

    private static void WriteKeyUsage(AsnWriter writer, X509KeyUsageFlags usage)
    {
        // .NET has the bits of the first byte in the order of the wire, and decipherOnly, the first bit of the second byte, in 0x8000.
        Span<byte> bits = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bits, (ushort)usage);
        int length = bits[1] != 0 ? 2 : 1;
        using Extension extension = new(writer, Oids.KeyUsage, critical: true);
        // X.690, 11.2.2: trailing zero bits of a named bit list are left out.
        writer.WriteBitString(bits[..length], usage == 0 ? 0 : BitOperations.TrailingZeroCount(bits[length - 1]));
    }

    private static void WriteAlternativeNames(AsnWriter writer, CertificateProfile profile)
    {
        using Extension extension = new(writer, Oids.SubjectAltName);
        using (writer.PushSequence())
        {
            foreach (string name in profile.DnsNames)
                writer.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsName);
            foreach (string uri in profile.Uris)
                writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, Uri);
            foreach (IPAddress address in profile.Addresses)
                writer.WriteOctetString(address.GetAddressBytes(), Address);
        }
    }

    private static void WriteAuthorityInformation(AsnWriter writer, CertificateProfile profile)
    {
        using Extension extension = new(writer, Oids.AuthorityInfoAccess);
        using (writer.PushSequence())
        {
            foreach ((string method, string uri) in profile.OcspUris.Select(u => (Oids.Ocsp, u)).Concat(profile.IssuerUris.Select(u => (Oids.CaIssuers, u))))
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(method);
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, Uri);
                }
            }
        }
    }
}
