using System.Formats.Asn1;

namespace Surety.Pki;

/// <summary>An extension that is being written; what is written until it is disposed of is its value (RFC 5280, 4.1).</summary>
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

    public void Dispose()
    {
        _value.Dispose();
        _sequence.Dispose();
    }
}
