using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

namespace Surety.Pki;

/// <summary>What a server wants to see in certification requests: <c>application/csrattrs</c> (RFC 7030, 4.5.2; RFC 9148, A.4).</summary>
public static class CsrAttributes
{
    /// <summary>The longest document read, bytes.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>The most attributes read, and the most values of one.</summary>
    public const int MaxCount = 64;

    /// <summary>A key on P-256, and a signature with ECDSA and SHA-256: what every device here can do (RFC 7925, 4.4).</summary>
    public static IReadOnlyList<CsrAttribute> Default { get; } = [new(Oids.EcPublicKey, [Encode(Oids.P256)]), new(Oids.EcdsaWithSha256)];

    /// <summary>Writes attributes, in the order given: the sequence is that of the request (RFC 7030, 4.5.2).</summary>
    /// <returns>DER.</returns>
    public static byte[] Write(IEnumerable<CsrAttribute> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (CsrAttribute attribute in attributes)
                Write(writer, attribute);
        }

        return writer.Encode();
    }

    /// <summary>Reads attributes.</summary>
    /// <param name="document">The whole document, BER: the order of values in the examples of the RFCs is not DER's.</param>
    /// <param name="attributes">The attributes, in order.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> document, [NotNullWhen(true)] out IReadOnlyList<CsrAttribute>? attributes, [NotNullWhen(false)] out string? problem)
    {
        attributes = null;
        if (document.Length > MaxLength)
        {
            problem = $"the attributes are longer than {MaxLength} bytes";
            return false;
        }

        try
        {
            var outer = new AsnReader(document, AsnEncodingRules.BER);
            AsnReader sequence = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            List<CsrAttribute> read = [];
            while (sequence.HasData)
            {
                if (read.Count == MaxCount)
                {
                    problem = $"there are more than {MaxCount} attributes";
                    return false;
                }

                read.Add(Read(sequence));
            }

            attributes = read;
            problem = null;
            return true;
        }
        catch (AsnContentException e)
        {
            problem = $"they are no sequence of object identifiers and attributes ({e.Message})";
            return false;
        }
    }

    private static CsrAttribute Read(AsnReader sequence)
    {
        if (sequence.PeekTag() == Asn1Tag.ObjectIdentifier)
            return new CsrAttribute(sequence.ReadObjectIdentifier());
        AsnReader attribute = sequence.ReadSequence();
        string type = attribute.ReadObjectIdentifier();
        AsnReader set = attribute.ReadSetOf(skipSortOrderValidation: true);
        attribute.ThrowIfNotEmpty();
        List<ReadOnlyMemory<byte>> values = [];
        while (set.HasData)
        {
            if (values.Count == MaxCount)
                throw new AsnContentException($"attribute {type} has more than {MaxCount} values");
            values.Add(set.ReadEncodedValue());
        }

        // SIZE(1..MAX)
        return values.Count > 0 ? new CsrAttribute(type, values) : throw new AsnContentException($"attribute {type} has no value");
    }

    private static void Write(AsnWriter writer, CsrAttribute attribute)
    {
        if (attribute.Values.Count == 0)
        {
            writer.WriteObjectIdentifier(attribute.Oid);
            return;
        }

        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(attribute.Oid);
            using (writer.PushSetOf())
            {
                foreach (ReadOnlyMemory<byte> value in attribute.Values)
                    writer.WriteEncodedValue(value.Span);
            }
        }
    }

    private static byte[] Encode(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }
}
