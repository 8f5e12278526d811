namespace Surety.Pki;

/// <summary>One thing that a server wants to see in certification requests (RFC 7030, 4.5.2: AttrOrOID).</summary>
/// <param name="Oid">The object identifier, or the type of the attribute; dotted.</param>
/// <param name="Values">The values of the attribute, DER each; none: an object identifier by itself.</param>
public sealed record CsrAttribute(string Oid, IReadOnlyList<ReadOnlyMemory<byte>> Values)
{
    /// <summary>An object identifier by itself.</summary>
    public CsrAttribute(string oid)
        : this(oid, [])
    {
    }
}
