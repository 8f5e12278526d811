using System.Formats.Asn1;

namespace Surety.Pki;

/// <summary>An extension (RFC 5280, 4.1) that is being written; what is written until it is disposed of is its value.</summary>
internal readonly ref struct Extension
{
    private readonly AsnWriter.Scope _sequence;
    private readonly AsnWriter.Scope _value;

    public Extension(AsnWriter writer, string oid, bool critical = false)
    {
        _sequence = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        if (critical)
            writer.WriteBoolean(true);
        _value = writer.PushOctetString();
    }

    /// <summary>Reads the next extension of a list.</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static (string Oid, bool IsCritical, byte[] Value) Read(AsnReader extensions)
    {
        AsnReader extension = extensions.ReadSequence();
        string oid = extension.ReadObjectIdentifier();
        bool isCritical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
        byte[] value = extension.ReadOctetString();
        extension.ThrowIfNotEmpty();
        return (oid, isCritical, value);
    }

    public void Dispose()
    {
        _value.Dispose();
        _sequence.Dispose();
    }
}
