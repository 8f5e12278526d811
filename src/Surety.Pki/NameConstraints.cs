using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Pki;

/// <summary>Names that certificates under an authority may have; a kind of name that is empty here is not constrained (RFC 5280, 4.2.1.10).</summary>
public sealed record NameConstraints
{
    /// <summary>Subjects that begin with one of these.</summary>
    public IReadOnlyList<X500DistinguishedName> DirectoryNames { get; init; } = [];

    /// <summary>DNS names that are, or are below, one of these.</summary>
    public IReadOnlyList<string> DnsNames { get; init; } = [];

    /// <summary>Addresses within one of these.</summary>
    public IReadOnlyList<IPNetwork> Addresses { get; init; } = [];

    /// <summary>
    /// Subjects of an organisation, of its locality or of its unit. What is encoded is the beginning O, L, OU of the subjects that
    /// <see cref="CertificateSubject"/> makes: a subtree with a unit and without a locality holds no subject that has a locality.
    /// </summary>
    public static NameConstraints Within(string organization, string? organizationalUnit = null, string? locality = null)
    {
        var name = new X500DistinguishedNameBuilder();
        if (organizationalUnit is not null)
            name.AddOrganizationalUnitName(organizationalUnit);
        if (locality is not null)
            name.AddLocalityName(locality);
        name.AddOrganizationName(organization);
        return new() { DirectoryNames = [name.Build()] };
    }

    /// <summary>The value of the extension, DER.</summary>
    internal byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            foreach (X500DistinguishedName name in DirectoryNames)
            {
                using (writer.PushSequence())
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
                    writer.WriteEncodedValue(name.RawData);
            }

            foreach (string name in DnsNames)
            {
                using (writer.PushSequence())
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, name, new Asn1Tag(TagClass.ContextSpecific, 2));
            }

            foreach (IPNetwork network in Addresses)
            {
                using (writer.PushSequence())
                    writer.WriteOctetString([.. network.BaseAddress.GetAddressBytes(), .. Mask(network)], new Asn1Tag(TagClass.ContextSpecific, 7));
            }
        }

        return writer.Encode();
    }

    private static byte[] Mask(IPNetwork network)
    {
        byte[] mask = new byte[network.BaseAddress.GetAddressBytes().Length];
        for (int i = 0; i < network.PrefixLength; i++)
            mask[i / 8] |= (byte)(0x80 >> (i % 8));
        return mask;
    }
}
