using System.Text;

namespace Surety.Coap;

/// <summary>One option of a message that is being read; the value points into the message.</summary>
public readonly ref struct CoapOption
{
    internal CoapOption(CoapOptionNumber number, ReadOnlySpan<byte> value)
    {
        Number = number;
        Value = value;
    }

    /// <summary>The option's number, registered or not.</summary>
    public CoapOptionNumber Number { get; }

    /// <summary>The value's bytes.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The value as a string; invalid UTF-8 becomes U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Value);

    /// <summary>The value as an unsigned integer of 0 to 4 bytes, most significant first (RFC 7252, 3.2).</summary>
    public uint UInt => ReadUInt(Value);

    /// <summary>Reads an unsigned integer of 0 to 4 bytes, most significant first (RFC 7252, 3.2).</summary>
    public static uint ReadUInt(ReadOnlySpan<byte> value)
    {
        uint result = 0;
        foreach (byte b in value)
            result = (result << 8) | b;
        return result;
    }
}
