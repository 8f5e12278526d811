using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Surety.Pki;

/// <summary>
/// Several representations in one: <c>application/multipart-core</c>, Content-Format 62 (RFC 8710), in which a key that the server made
/// travels with its certificate (RFC 9148, 4.8).
/// </summary>
public static class MultipartCore
{
    /// <summary>The most parts read.</summary>
    public const int MaxParts = 16;

    // Initial bytes of CBOR (RFC 8949, 3): the major type in the upper three bits, the length or its size below.
    private const int UnsignedInteger = 0, ByteString = 2, Array = 4, MajorShift = 5, AdditionalInformation = 0x1F;
    private const int OneByte = 24, TwoBytes = 25, FourBytes = 26;
    private const byte Null = 0xF6;

    /// <summary>Writes parts: an array of Content-Format and content in turn, in the shortest form.</summary>
    public static byte[] Write(params ReadOnlySpan<MultipartCorePart> parts)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts.Length, MaxParts);
        using var stream = new MemoryStream();
        WriteHead(stream, Array, parts.Length * 2);
        foreach (MultipartCorePart part in parts)
        {
            WriteHead(stream, UnsignedInteger, part.ContentFormat);
            if (part.Content is not { } content)
            {
                stream.WriteByte(Null);
                continue;
            }

            WriteHead(stream, ByteString, content.Length);
            stream.Write(content.Span);
        }

        return stream.ToArray();
    }

    /// <summary>Reads parts; they point into <paramref name="document"/>. Arrays and strings of indefinite length are refused, as constrained clients do not write them.</summary>
    /// <param name="document">The whole document.</param>
    /// <param name="parts">The parts, in order.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> document, [NotNullWhen(true)] out IReadOnlyList<MultipartCorePart>? parts, [NotNullWhen(false)] out string? problem)
    {
        parts = null;
        int position = 0;
        problem = "it is no multipart-core document: an array of numbers and byte strings in turn is wanted";
        if (!TryReadHead(document.Span, ref position, Array, out uint count) || count % 2 != 0)
            return false;
        if (count > MaxParts * 2)
        {
            problem = $"there are more than {MaxParts} parts";
            return false;
        }

        var read = new MultipartCorePart[count / 2];
        for (int i = 0; i < read.Length; i++)
        {
            if (!TryReadHead(document.Span, ref position, UnsignedInteger, out uint format) || format > ushort.MaxValue)
                return false;
            if (position < document.Length && document.Span[position] == Null)
            {
                position++;
                read[i] = new((ushort)format, null);
                continue;
            }

            if (!TryReadHead(document.Span, ref position, ByteString, out uint length) || length > document.Length - position)
                return false;
            read[i] = new((ushort)format, document.Slice(position, (int)length));
            position += (int)length;
        }

        if (position != document.Length)
        {
            problem = "there are bytes behind the parts";
            return false;
        }

        parts = read;
        problem = null;
        return true;
    }

    private static bool TryReadHead(ReadOnlySpan<byte> document, ref int position, int major, out uint value)
    {
        value = 0;
        if (position >= document.Length || document[position] >> MajorShift != major)
            return false;
        int additional = document[position++] & AdditionalInformation;
        int size = additional switch { < OneByte => 0, OneByte => 1, TwoBytes => 2, FourBytes => 4, _ => -1 };
        if (size < 0 || document.Length - position < size)
            return false;
        ReadOnlySpan<byte> bytes = document.Slice(position, size);
        value = size switch
        {
            0 => (uint)additional,
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
        position += size;
        return true;
    }

    private static void WriteHead(MemoryStream stream, int major, int value)
    {
        Span<byte> head = stackalloc byte[5];
        int size = value switch { < OneByte => 0, <= byte.MaxValue => 1, <= ushort.MaxValue => 2, _ => 4 };
        head[0] = (byte)(major << MajorShift | size switch { 0 => value, 1 => OneByte, 2 => TwoBytes, _ => FourBytes });
        switch (size)
        {
            case 1:
                head[1] = (byte)value;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)value);
                break;
            case 4:
                BinaryPrimitives.WriteInt32BigEndian(head[1..], value);
                break;
        }

        stream.Write(head[..(1 + size)]);
    }
}
