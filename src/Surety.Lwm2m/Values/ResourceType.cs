namespace Surety.Lwm2m;

/// <summary>The data types of LwM2M resources (Core TS 1.2.2, Appendix C).</summary>
public enum ResourceType : byte
{
    /// <summary>No value: executable resources.</summary>
    None = 0,

    /// <summary>UTF-8 text.</summary>
    String,

    /// <summary>Signed integer, up to 64 bits.</summary>
    Integer,

    /// <summary>Unsigned integer, up to 64 bits (since LwM2M 1.1).</summary>
    UnsignedInteger,

    /// <summary>IEEE 754 number, 32 or 64 bits on the wire, a <see cref="double"/> here.</summary>
    Float,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A sequence of octets.</summary>
    Opaque,

    /// <summary>Seconds since 1970-01-01T00:00:00Z.</summary>
    Time,

    /// <summary>A reference to an Object Instance, two 16-bit ids.</summary>
    ObjectLink,

    /// <summary>CoRE link format (RFC 6690) as text (since LwM2M 1.1).</summary>
    CoreLink,
}
