using System.Formats.Asn1;
using System.Net;

namespace Surety.Pki;

/// <summary>subjectAltName (RFC 5280, 4.2.1.6).</summary>
/// <param name="DnsNames">dNSName.</param>
/// <param name="Uris">uniformResourceIdentifier.</param>
/// <param name="Addresses">iPAddress.</param>
public sealed record AlternativeNames(IReadOnlyList<string> DnsNames, IReadOnlyList<string> Uris, IReadOnlyList<IPAddress> Addresses)
{
    private const int MaxNames = 256;

    /// <summary>No names.</summary>
    public static AlternativeNames None { get; } = new([], [], []);

    /// <summary>directoryName, DER.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> DirectoryNames { get; private init; } = [];

    /// <summary>Tags of GeneralName of the kinds that are not read: rfc822Name, otherName and so on.</summary>
    internal IReadOnlyList<int> OtherKinds { get; private init; } = [];

    /// <exception cref="AsnContentException">It is no such extension.</exception>
    internal static AlternativeNames Parse(ReadOnlyMemory<byte> value)
    {
        var outer = new AsnReader(value, AsnEncodingRules.DER);
        AsnReader reader = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        List<string> dnsNames = [], uris = [];
        List<IPAddress> addresses = [];
        List<ReadOnlyMemory<byte>> directoryNames = [];
        List<int> others = [];
        for (int count = 0; reader.HasData; count++)
        {
            Asn1Tag tag = reader.PeekTag();
            if (count == MaxNames || tag.TagClass != TagClass.ContextSpecific)
                throw new AsnContentException("subjectAltName holds what is no name, or too many names.");
            switch (tag.TagValue)
            {
                case 2:
                    dnsNames.Add(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case 4:
                    AsnReader directory = reader.ReadSequence(tag);
                    directoryNames.Add(directory.ReadEncodedValue());
                    directory.ThrowIfNotEmpty();
                    break;
                case 6:
                    uris.Add(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case 7:
                    byte[] address = reader.ReadOctetString(tag);
                    addresses.Add(address.Length is 4 or 16 ? new IPAddress(address) : throw new AsnContentException("An address in subjectAltName has neither 4 nor 16 bytes."));
                    break;
                default:
                    others.Add(tag.TagValue);
                    reader.ReadEncodedValue();
                    break;
            }
        }

        return new(dnsNames, uris, addresses) { DirectoryNames = directoryNames, OtherKinds = others };
    }
}
