using System.Buffers.Text;
using System.Globalization;

namespace Surety.Dtls;

/// <summary>What path validation needs of a certificate (RFC 5280, 4.1), found in its DER without copying.</summary>
internal ref struct CertificateFields
{
    private const int KeyUsageDigitalSignature = 0x80;
    private const int KeyUsageKeyCertSign = 0x04;

    /// <summary>What was signed.</summary>
    public ReadOnlySpan<byte> TbsCertificate { get; private set; }

    public ReadOnlySpan<byte> SignatureAlgorithm { get; private set; }

    public ReadOnlySpan<byte> Signature { get; private set; }

    public ReadOnlySpan<byte> SerialNumber { get; private set; }

    public ReadOnlySpan<byte> Issuer { get; private set; }

    public ReadOnlySpan<byte> Subject { get; private set; }

    public DateTimeOffset NotBefore { get; private set; }

    public DateTimeOffset NotAfter { get; private set; }

    public ReadOnlySpan<byte> SubjectPublicKeyInfo { get; private set; }

    /// <summary>The content of subjectAltName's SEQUENCE; empty without one.</summary>
    public ReadOnlySpan<byte> SubjectAlternativeName { get; private set; }

    /// <summary>The key identifier that the issuer gave it (RFC 5280, 4.2.1.2); empty without one.</summary>
    public ReadOnlySpan<byte> SubjectKeyIdentifier { get; private set; }

    /// <summary>The key identifier of the issuer (RFC 5280, 4.2.1.1); empty without one.</summary>
    public ReadOnlySpan<byte> AuthorityKeyIdentifier { get; private set; }

    /// <summary>The basic constraints say that it is an authority.</summary>
    public bool IsAuthority { get; private set; }

    /// <summary>Authorities that may follow below; without the constraint, any number.</summary>
    public int PathLength { get; private set; }

    public bool MaySign { get; private set; }

    public bool MayIssue { get; private set; }

    public bool MayBeServer { get; private set; }

    public bool MayBeClient { get; private set; }

    /// <summary>There are extensions that change what a path means and that are not understood here: policies, name constraints, whatever is critical.</summary>
    public bool HasMore { get; private set; }

    public static bool TryRead(ReadOnlySpan<byte> der, out CertificateFields fields)
    {
        fields = new CertificateFields { PathLength = int.MaxValue, MaySign = true, MayIssue = true, MayBeServer = true, MayBeClient = true };
        var reader = new DerReader(der);
        var certificate = new DerReader(reader.Read(DerReader.Sequence));
        fields.TbsCertificate = certificate.ReadElement(DerReader.Sequence, out ReadOnlySpan<byte> content);
        fields.SignatureAlgorithm = certificate.ReadElement(DerReader.Sequence, out _);
        ReadOnlySpan<byte> signature = certificate.Read(DerReader.BitString);
        if (!reader.IsValid || !reader.IsEmpty || !certificate.IsValid || !certificate.IsEmpty || signature is not [0, ..])
            return false;
        fields.Signature = signature[1..];

        var tbs = new DerReader(content);
        bool isVersion3 = tbs.TryRead(0xA0, out ReadOnlySpan<byte> version) && version is [2, 1, 2];
        fields.SerialNumber = tbs.Read(DerReader.Integer);
        ReadOnlySpan<byte> algorithm = tbs.ReadElement(DerReader.Sequence, out _);
        fields.Issuer = tbs.ReadElement(DerReader.Sequence, out _);
        var validity = new DerReader(tbs.Read(DerReader.Sequence));
        fields.Subject = tbs.ReadElement(DerReader.Sequence, out _);
        fields.SubjectPublicKeyInfo = tbs.ReadElement(DerReader.Sequence, out _);
        tbs.TryRead(0x81, out _);
        tbs.TryRead(0x82, out _);
        bool hasExtensions = tbs.TryRead(0xA3, out ReadOnlySpan<byte> extensions);
        if (!tbs.IsValid || !tbs.IsEmpty || !isVersion3 || !algorithm.SequenceEqual(fields.SignatureAlgorithm)
            || !TryReadTime(ref validity, out DateTimeOffset from) || !TryReadTime(ref validity, out DateTimeOffset until))
            return false;
        fields.NotBefore = from;
        fields.NotAfter = until;
        return !hasExtensions || fields.TryReadExtensions(extensions);
    }

    private bool TryReadExtensions(ReadOnlySpan<byte> extensions)
    {
        var outer = new DerReader(extensions);
        var list = new DerReader(outer.Read(DerReader.Sequence));
        if (!outer.IsValid || !outer.IsEmpty)
            return false;
        uint seen = 0;
        while (!list.IsEmpty)
        {
            var extension = new DerReader(list.Read(DerReader.Sequence));
            ReadOnlySpan<byte> id = extension.Read(DerReader.ObjectIdentifier);
            bool isCritical = extension.TryRead(DerReader.Boolean, out ReadOnlySpan<byte> critical) && critical is [not 0];
            var value = new DerReader(extension.Read(DerReader.OctetString));
            if (!list.IsValid || !extension.IsValid || !extension.IsEmpty)
                return false;
            // 2.5.29.x
            int number = id is [0x55, 0x1D, byte last] ? last : 0;
            if (number is > 0 and < 64 && number - 14 is >= 0 and < 32 and int bit)
            {
                if ((seen >> bit & 1) != 0)
                    return false;
                seen |= 1u << bit;
            }

            if (!TryReadExtension(number, ref value, isCritical))
                return false;
        }

        return list.IsValid;
    }

    private bool TryReadExtension(int number, ref DerReader value, bool isCritical)
    {
        switch (number)
        {
            case 14:
                SubjectKeyIdentifier = value.Read(DerReader.OctetString);
                return value.IsValid;
            case 35:
                var authority = new DerReader(value.Read(DerReader.Sequence));
                // keyIdentifier is [0]; what else there may be is not needed.
                if (authority.TryRead(0x80, out ReadOnlySpan<byte> keyId))
                    AuthorityKeyIdentifier = keyId;
                return value.IsValid;
            case 15:
                ReadOnlySpan<byte> bits = value.Read(DerReader.BitString);
                MaySign = bits.Length > 1 && (bits[1] & KeyUsageDigitalSignature) != 0;
                MayIssue = bits.Length > 1 && (bits[1] & KeyUsageKeyCertSign) != 0;
                return value.IsValid;
            case 17:
                SubjectAlternativeName = value.Read(DerReader.Sequence);
                return value.IsValid;
            case 19:
                var constraints = new DerReader(value.Read(DerReader.Sequence));
                IsAuthority = constraints.TryRead(DerReader.Boolean, out ReadOnlySpan<byte> isAuthority) && isAuthority is [not 0];
                if (constraints.TryRead(DerReader.Integer, out ReadOnlySpan<byte> length))
                {
                    if (length is not [< 0x80])
                        return false;
                    PathLength = length[0];
                }

                return value.IsValid && constraints.IsValid && constraints.IsEmpty;
            case 37:
                return TryReadExtendedKeyUsage(ref value);
            case 30 or 33 or 36 or 54:
                // Name constraints, policy mappings and constraints, inhibitAnyPolicy.
                HasMore = true;
                return true;
            default:
                HasMore |= isCritical;
                return true;
        }
    }

    private bool TryReadExtendedKeyUsage(ref DerReader value)
    {
        MayBeServer = MayBeClient = false;
        var purposes = new DerReader(value.Read(DerReader.Sequence));
        while (!purposes.IsEmpty)
        {
            ReadOnlySpan<byte> purpose = purposes.Read(DerReader.ObjectIdentifier);
            // 1.3.6.1.5.5.7.3.x; 2.5.29.37.0 stands for all.
            bool isAny = purpose is [0x55, 0x1D, 0x25, 0x00];
            int number = purpose is [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, byte last] ? last : 0;
            MayBeServer |= isAny || number == 1;
            MayBeClient |= isAny || number == 2;
        }

        return value.IsValid && purposes.IsValid;
    }

    private static bool TryReadTime(ref DerReader reader, out DateTimeOffset time)
    {
        time = default;
        reader.ReadAny(out byte tag, out ReadOnlySpan<byte> text);
        if (!reader.IsValid || text.Length != (tag == DerReader.UtcTime ? 13 : tag == DerReader.GeneralizedTime ? 15 : -1) || text[^1] != 'Z')
            return false;
        bool isShort = tag == DerReader.UtcTime;
        if (!Utf8Parser.TryParse(text[..^11], out int year, out int used) || used != text.Length - 11 || year < 0
            || !TryTwo(text[^11..], out int month) || !TryTwo(text[^9..], out int day) || !TryTwo(text[^7..], out int hour) || !TryTwo(text[^5..], out int minute)
            || !TryTwo(text[^3..], out int second))
            return false;
        // RFC 5280, 4.1.2.5.1.
        if (isShort)
            year += year < 50 ? 2000 : 1900;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > CultureInfo.InvariantCulture.Calendar.GetDaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, out int value)
    {
        value = (text[0] - '0') * 10 + text[1] - '0';
        return char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[1]);
    }
}
