using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Surety.Lwm2m;

/// <summary>Writes CBOR in preferred serialization (RFC 8949, 4.1): shortest arguments, shortest floats that are exact.</summary>
internal static class CborOutput
{
    public const int Unsigned = 0;
    public const int Negative = 1;
    public const int Bytes = 2;
    public const int Text = 3;
    public const int Array = 4;
    public const int Map = 5;

    public static void WriteHead(IBufferWriter<byte> output, int majorType, ulong argument)
    {
        Span<byte> span = output.GetSpan(9);
        int type = majorType << 5;
        int length;
        switch (argument)
        {
            case < 24:
                span[0] = (byte)(type | (int)argument);
                length = 1;
                break;
            case <= byte.MaxValue:
                span[0] = (byte)(type | 24);
                span[1] = (byte)argument;
                length = 2;
                break;
            case <= ushort.MaxValue:
                span[0] = (byte)(type | 25);
                BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)argument);
                length = 3;
                break;
            case <= uint.MaxValue:
                span[0] = (byte)(type | 26);
                BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)argument);
                length = 5;
                break;
            default:
                span[0] = (byte)(type | 27);
                BinaryPrimitives.WriteUInt64BigEndian(span[1..], argument);
                length = 9;
                break;
        }

        output.Advance(length);
    }

    public static void WriteInteger(IBufferWriter<byte> output, long value) =>
        WriteHead(output, value < 0 ? Negative : Unsigned, (ulong)(value < 0 ? ~value : value));

    public static void WriteSimple(IBufferWriter<byte> output, byte initial)
    {
        output.GetSpan(1)[0] = initial;
        output.Advance(1);
    }

    public static void WriteFloat(IBufferWriter<byte> output, double value)
    {
        Span<byte> span = output.GetSpan(9);
        if (double.IsNaN(value) || (double)(Half)value == value)
        {
            span[0] = CborItem.HalfFloat;
            // One NaN for all: RFC 8949, 4.2.2.
            BinaryPrimitives.WriteUInt16BigEndian(span[1..], double.IsNaN(value) ? (ushort)0x7E00 : BitConverter.HalfToUInt16Bits((Half)value));
            output.Advance(3);
        }
        else if ((double)(float)value == value)
        {
            span[0] = CborItem.SingleFloat;
            BinaryPrimitives.WriteSingleBigEndian(span[1..], (float)value);
            output.Advance(5);
        }
        else
        {
            span[0] = CborItem.DoubleFloat;
            BinaryPrimitives.WriteDoubleBigEndian(span[1..], value);
            output.Advance(9);
        }
    }

    /// <summary>A number of seconds: an integer when it is whole.</summary>
    public static void WriteSeconds(IBufferWriter<byte> output, double value)
    {
        if (Numbers.TryToInt64(value, out long whole)) WriteInteger(output, whole);
        else WriteFloat(output, value);
    }

    public static void WriteText(IBufferWriter<byte> output, string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        WriteHead(output, Text, (ulong)length);
        output.Advance(Encoding.UTF8.GetBytes(value, output.GetSpan(length)));
    }

    public static void WriteText(IBufferWriter<byte> output, ReadOnlySpan<byte> utf8)
    {
        WriteHead(output, Text, (ulong)utf8.Length);
        output.Write(utf8);
    }

    public static void WriteBytes(IBufferWriter<byte> output, ReadOnlySpan<byte> value)
    {
        WriteHead(output, Bytes, (ulong)value.Length);
        output.Write(value);
    }
}
