using System.Formats.Asn1;
using System.Text;

namespace Surety.Pki;

/// <summary>A name in a form that can be compared (RFC 5280, 7.1): text without regard to case and to repeated spaces, all else byte by byte.</summary>
internal sealed class DistinguishedName
{
    private const int MaxParts = 32;

    private readonly string[] _parts;

    private DistinguishedName(string[] parts, string? commonName)
    {
        _parts = parts;
        CommonName = commonName;
    }

    /// <summary>The last common name.</summary>
    public string? CommonName { get; }

    public bool IsEmpty => _parts.Length == 0;

    /// <exception cref="AsnContentException">It is no name.</exception>
    public static DistinguishedName Parse(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        AsnReader name = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        List<string> parts = [];
        string? commonName = null;
        while (name.HasData)
        {
            if (parts.Count == MaxParts)
                throw new AsnContentException($"A name has more than {MaxParts} parts.");
            AsnReader set = name.ReadSetOf();
            List<string> attributes = [];
            while (set.HasData)
            {
                AsnReader attribute = set.ReadSequence();
                string type = attribute.ReadObjectIdentifier();
                string? text = ReadText(attribute, out string comparable);
                attribute.ThrowIfNotEmpty();
                if (type == Oids.CommonName)
                    commonName = text ?? commonName;
                attributes.Add(type + "=" + comparable);
            }

            attributes.Sort(StringComparer.Ordinal);
            parts.Add(string.Join('\0', attributes));
        }

        return new([.. parts], commonName);
    }

    public bool Equals(DistinguishedName other) => _parts.AsSpan().SequenceEqual(other._parts);

    /// <summary>This name is the other one, or the beginning of it (RFC 5280, 4.2.1.10).</summary>
    public bool Contains(DistinguishedName other) => other._parts.Length >= _parts.Length && other._parts.AsSpan(0, _parts.Length).SequenceEqual(_parts);

    /// <summary>For messages: RFC 4514 as .NET writes it, without what would break a line.</summary>
    public static string Describe(ReadOnlyMemory<byte> der)
    {
        try
        {
            string name = new System.Security.Cryptography.X509Certificates.X500DistinguishedName(der.Span).Name;
            return name.Length == 0 ? "(no name)" : string.Concat(name.Take(200).Select(c => char.IsControl(c) ? '?' : c));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return "(a name that cannot be read)";
        }
    }

    private static string? ReadText(AsnReader reader, out string comparable)
    {
        Asn1Tag tag = reader.PeekTag();
        bool isText = tag.TagClass == TagClass.Universal && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
            or UniversalTagNumber.IA5String or UniversalTagNumber.T61String or UniversalTagNumber.BMPString;
        if (!isText)
        {
            comparable = "#" + Convert.ToHexString(reader.ReadEncodedValue().Span);
            return null;
        }

        string text = reader.ReadCharacterString((UniversalTagNumber)tag.TagValue);
        var folded = new StringBuilder(text.Length);
        foreach (char c in text.Trim(' '))
        {
            if (c != ' ' || folded[^1] != ' ')
                folded.Append(char.ToLowerInvariant(c));
        }

        comparable = folded.ToString();
        return text;
    }
}
