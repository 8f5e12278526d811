namespace Surety.Lwm2m;

/// <summary>What a TLV element is: bits 7 and 6 of its type (Core TS 1.2.2, Table 7.5.5-1).</summary>
internal enum TlvKind
{
    /// <summary>An Object Instance with its Resources.</summary>
    ObjectInstance = 0,

    /// <summary>A Resource Instance with its value.</summary>
    ResourceInstance = 1,

    /// <summary>A Resource with its Resource Instances.</summary>
    MultipleResource = 2,

    /// <summary>A Resource with its value.</summary>
    Resource = 3,
}
