using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>A certificate, read with bounds and without the platform's store (RFC 5280, 4).</summary>
internal sealed class CertificateFields
{
    public const int MaxLength = 32 * 1024;
    private const int MaxExtensions = 64;

    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0), Context3 = new(TagClass.ContextSpecific, 3, isConstructed: true);

    private CertificateFields(ReadOnlyMemory<byte> encoded) => Encoded = encoded;

    public ReadOnlyMemory<byte> Encoded { get; }

    public ReadOnlyMemory<byte> ToBeSigned { get; private set; }

    public ReadOnlyMemory<byte> SignatureAlgorithm { get; private set; }

    public byte[] Signature { get; private set; } = [];

    public int Version { get; private set; } = 1;

    public ReadOnlyMemory<byte> Serial { get; private set; }

    public ReadOnlyMemory<byte> IssuerBytes { get; private set; }

    public ReadOnlyMemory<byte> SubjectBytes { get; private set; }

    public DistinguishedName Issuer { get; private set; } = null!;

    public DistinguishedName Subject { get; private set; } = null!;

    public DateTimeOffset NotBefore { get; private set; }

    public DateTimeOffset NotAfter { get; private set; }

    public ReadOnlyMemory<byte> PublicKeyInfo { get; private set; }

    public bool IsAuthority { get; private set; }

    public int? PathLength { get; private set; }

    public X509KeyUsageFlags? KeyUsage { get; private set; }

    /// <summary>Null: there is no such extension, the certificate is for anything.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsage { get; private set; }

    public AlternativeNames AlternativeNames { get; private set; } = AlternativeNames.None;

    public ConstraintSubtrees? NameConstraints { get; private set; }

    public byte[]? SubjectKeyIdentifier { get; private set; }

    public byte[]? AuthorityKeyIdentifier { get; private set; }

    /// <summary>Critical extensions that are not understood.</summary>
    public IReadOnlyList<string> UnknownCritical { get; private set; } = [];

    /// <summary>Issued by itself, under the same name (RFC 5280, 3.2).</summary>
    public bool IsSelfIssued => Issuer.Equals(Subject);

    public string Name => DistinguishedName.Describe(SubjectBytes);

    public static bool TryParse(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out CertificateFields? fields, [NotNullWhen(false)] out string? problem)
    {
        fields = null;
        problem = null;
        if (der.Length > MaxLength)
        {
            problem = $"it is longer than {MaxLength} bytes";
            return false;
        }

        try
        {
            var result = new CertificateFields(der);
            result.Read();
            fields = result;
            return true;
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException)
        {
            problem = $"it is no X.509 certificate ({e.Message})";
            return false;
        }
    }

    private void Read()
    {
        var outer = new AsnReader(Encoded, AsnEncodingRules.DER);
        AsnReader certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        ToBeSigned = certificate.PeekEncodedValue();
        AsnReader content = certificate.ReadSequence();
        SignatureAlgorithm = certificate.ReadEncodedValue();
        Signature = certificate.ReadBitString(out int unused);
        certificate.ThrowIfNotEmpty();
        if (content.PeekTag().HasSameClassAndValue(Context0))
        {
            AsnReader version = content.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true));
            Version = version.TryReadInt32(out int number) && number is >= 0 and <= 2 ? number + 1 : throw new AsnContentException("The version is not known.");
        }

        Serial = content.ReadIntegerBytes();
        // RFC 5280, 4.1.1.2: the algorithm within must be the one without.
        if (!content.ReadEncodedValue().Span.SequenceEqual(SignatureAlgorithm.Span) || unused != 0)
            throw new AsnContentException("The signature's algorithm is not the one that was signed.");
        IssuerBytes = content.ReadEncodedValue();
        AsnReader validity = content.ReadSequence();
        NotBefore = ReadTime(validity);
        NotAfter = ReadTime(validity);
        validity.ThrowIfNotEmpty();
        SubjectBytes = content.ReadEncodedValue();
        PublicKeyInfo = content.ReadEncodedValue();
        Issuer = DistinguishedName.Parse(IssuerBytes);
        Subject = DistinguishedName.Parse(SubjectBytes);
        // issuerUniqueID and subjectUniqueID: nobody writes them any more.
        for (int id = 1; id <= 2 && content.HasData && content.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, id)); id++)
            content.ReadEncodedValue();
        if (content.HasData)
        {
            AsnReader wrapped = content.ReadSequence(Context3);
            ReadExtensions(wrapped.ReadSequence());
            wrapped.ThrowIfNotEmpty();
        }

        content.ThrowIfNotEmpty();
    }

    private void ReadExtensions(AsnReader extensions)
    {
        HashSet<string> seen = [];
        List<string> unknown = [];
        while (extensions.HasData)
        {
            (string oid, bool isCritical, byte[] value) = Extension.Read(extensions);
            // RFC 5280, 4.2: not more than one instance of each.
            if (!seen.Add(oid) || seen.Count > MaxExtensions)
                throw new AsnContentException("There are too many extensions, or two of a kind.");
            if (!ReadExtension(oid, value) && isCritical)
                unknown.Add(oid);
        }

        UnknownCritical = unknown;
    }

    private bool ReadExtension(string oid, ReadOnlyMemory<byte> value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.DER);
        switch (oid)
        {
            case Oids.BasicConstraints:
                AsnReader constraints = reader.ReadSequence();
                IsAuthority = constraints.HasData && constraints.PeekTag() == Asn1Tag.Boolean && constraints.ReadBoolean();
                if (constraints.HasData)
                    PathLength = constraints.TryReadInt32(out int length) && length >= 0 ? length : throw new AsnContentException("The path length is no small number.");
                constraints.ThrowIfNotEmpty();
                break;
            case Oids.KeyUsage:
                byte[] bits = reader.ReadBitString(out _);
                KeyUsage = (X509KeyUsageFlags)((bits.Length > 0 ? bits[0] : 0) | (bits.Length > 1 ? bits[1] << 8 : 0));
                break;
            case Oids.ExtendedKeyUsage:
                AsnReader purposes = reader.ReadSequence();
                List<string> usages = [];
                while (purposes.HasData && usages.Count < MaxExtensions)
                    usages.Add(purposes.ReadObjectIdentifier());
                ExtendedKeyUsage = usages;
                break;
            case Oids.SubjectAltName:
                AlternativeNames = AlternativeNames.Parse(value);
                return true;
            case Oids.NameConstraints:
                NameConstraints = ConstraintSubtrees.Parse(value);
                return true;
            case Oids.SubjectKeyIdentifier:
                SubjectKeyIdentifier = reader.ReadOctetString();
                break;
            case Oids.AuthorityKeyIdentifier:
                AsnReader identifier = reader.ReadSequence();
                if (identifier.HasData && identifier.PeekTag().HasSameClassAndValue(Context0))
                    AuthorityKeyIdentifier = identifier.ReadOctetString(Context0);
                break;
            // Policies are not asked for: any will do (RFC 5280, 6.1.1 c).
            case Oids.CertificatePolicies:
                return true;
            default:
                return false;
        }

        reader.ThrowIfNotEmpty();
        return true;
    }

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime(twoDigitYearMax: 2049) : reader.ReadGeneralizedTime();
}
