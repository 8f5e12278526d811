namespace Surety.Lwm2m;

/// <summary>The head of a CBOR item (RFC 8949, 3).</summary>
/// <param name="Initial">The initial byte: major type and additional information.</param>
/// <param name="Argument">The argument: a value, a length or a tag.</param>
internal readonly record struct CborItem(byte Initial, ulong Argument)
{
    public const byte Break = 0xFF;
    public const byte False = 0xF4;
    public const byte True = 0xF5;
    public const byte Null = 0xF6;
    public const byte HalfFloat = 0xF9;
    public const byte SingleFloat = 0xFA;
    public const byte DoubleFloat = 0xFB;

    public int MajorType => Initial >> 5;

    public bool IsIndefinite => (Initial & 0x1F) == 31;

    /// <summary>The number of a floating-point item.</summary>
    public bool TryGetFloat(out double value)
    {
        switch (Initial)
        {
            case HalfFloat:
                value = (double)BitConverter.UInt16BitsToHalf((ushort)Argument);
                return true;
            case SingleFloat:
                value = BitConverter.UInt32BitsToSingle((uint)Argument);
                return true;
            case DoubleFloat:
                value = BitConverter.UInt64BitsToDouble(Argument);
                return true;
            default:
                value = 0;
                return false;
        }
    }
}
