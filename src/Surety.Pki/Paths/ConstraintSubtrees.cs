using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;

namespace Surety.Pki;

/// <summary>nameConstraints as they are read and applied (RFC 5280, 4.2.1.10). URIs and e-mail addresses are not understood: a name of such a kind under a constraint of its kind is refused.</summary>
internal sealed class ConstraintSubtrees
{
    private const int MaxSubtrees = 256;
    private const int DnsNameKind = 2, DirectoryNameKind = 4, UriKind = 6, AddressKind = 7;

    private readonly List<Subtree> _permitted = [], _excluded = [];

    public static ConstraintSubtrees Parse(ReadOnlyMemory<byte> value)
    {
        var result = new ConstraintSubtrees();
        var outer = new AsnReader(value, AsnEncodingRules.DER);
        AsnReader reader = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        while (reader.HasData)
        {
            Asn1Tag tag = reader.PeekTag();
            if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue > 1)
                throw new AsnContentException("nameConstraints hold neither permitted nor excluded subtrees.");
            AsnReader subtrees = reader.ReadSequence(tag);
            List<Subtree> list = tag.TagValue == 0 ? result._permitted : result._excluded;
            while (subtrees.HasData)
            {
                if (list.Count == MaxSubtrees)
                    throw new AsnContentException("nameConstraints hold too many subtrees.");
                AsnReader subtree = subtrees.ReadSequence();
                list.Add(ReadSubtree(subtree));
                // minimum and maximum are 0 and absent (RFC 5280, 4.2.1.10).
                subtree.ThrowIfNotEmpty();
            }
        }

        return result;
    }

    /// <summary>Why a certificate's names are not within; null: they are.</summary>
    public string? Refuse(CertificateFields certificate)
    {
        if (!certificate.Subject.IsEmpty && Refuse(DirectoryNameKind, subtree => subtree.Directory!.Contains(certificate.Subject)) is { } subject)
            return $"its subject {subject}";
        foreach (ReadOnlyMemory<byte> name in certificate.AlternativeNames.DirectoryNames)
        {
            DistinguishedName directory = DistinguishedName.Parse(name);
            if (Refuse(DirectoryNameKind, subtree => subtree.Directory!.Contains(directory)) is { } problem)
                return $"the name in its subjectAltName {problem}";
        }

        foreach (string name in certificate.AlternativeNames.DnsNames)
        {
            if (Refuse(DnsNameKind, subtree => IsWithin(name, subtree.Dns!)) is { } problem)
                return $"its DNS name '{name}' {problem}";
        }

        foreach (IPAddress address in certificate.AlternativeNames.Addresses)
        {
            if (Refuse(AddressKind, subtree => IsWithin(address, subtree.Address!)) is { } problem)
                return $"its address {address} {problem}";
        }

        IEnumerable<int> others = certificate.AlternativeNames.OtherKinds.Concat(certificate.AlternativeNames.Uris.Count > 0 ? [UriKind] : []);
        return others.Any(kind => _permitted.Concat(_excluded).Any(subtree => subtree.Kind == kind)) ? "it has names of a kind whose constraints are not understood" : null;
    }

    private string? Refuse(int kind, Func<Subtree, bool> contains)
    {
        if (_excluded.Any(subtree => subtree.Kind == kind && contains(subtree)))
            return "is one that its issuer may not give";
        return _permitted.Any(subtree => subtree.Kind == kind) && !_permitted.Any(subtree => subtree.Kind == kind && contains(subtree))
            ? "is outside of what its issuer may give"
            : null;
    }

    private static Subtree ReadSubtree(AsnReader reader)
    {
        Asn1Tag tag = reader.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific)
            throw new AsnContentException("A subtree is no name.");
        switch (tag.TagValue)
        {
            case DnsNameKind:
                return new(DnsNameKind) { Dns = reader.ReadCharacterString(UniversalTagNumber.IA5String, tag) };
            case DirectoryNameKind:
                return new(DirectoryNameKind) { Directory = DistinguishedName.Parse(reader.ReadSequence(tag).ReadEncodedValue()) };
            case AddressKind:
                byte[] address = reader.ReadOctetString(tag);
                return new(AddressKind) { Address = address.Length is 8 or 32 ? address : throw new AsnContentException("A subtree of addresses has neither 8 nor 32 bytes.") };
            default:
                reader.ReadEncodedValue();
                return new(tag.TagValue);
        }
    }

    // "host.example.com" holds itself and what has more labels to the left; some write ".example.com" for what is below alone.
    private static bool IsWithin(string name, string subtree) => subtree.Length == 0 || string.Equals(name, subtree, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(subtree[0] == '.' ? subtree : "." + subtree, StringComparison.OrdinalIgnoreCase);

    private static bool IsWithin(IPAddress address, byte[] subtree)
    {
        byte[] bytes = address.GetAddressBytes();
        if (subtree.Length != (address.AddressFamily == AddressFamily.InterNetwork ? 8 : 32))
            return false;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (((bytes[i] ^ subtree[i]) & subtree[bytes.Length + i]) != 0)
                return false;
        }

        return true;
    }

    private sealed record Subtree(int Kind)
    {
        public string? Dns { get; init; }

        public DistinguishedName? Directory { get; init; }

        public byte[]? Address { get; init; }
    }
}
