using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Surety.Coap;

/// <summary>
/// Walks the options of a message (RFC 7252, 3.1). Malformed bytes end the walk with <see cref="IsMalformed"/>; the options of a
/// <see cref="CoapMessage"/> were walked once and are well formed.
/// </summary>
public ref struct CoapOptionReader
{
    private const byte PayloadMarker = 0xFF;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;
    private int _number;
    private int _valueStart;
    private int _valueLength;

    /// <summary>A reader of options at the beginning of <paramref name="bytes"/>, which end there or with a payload marker.</summary>
    public CoapOptionReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The option last read.</summary>
    public readonly CoapOption Current => new((CoapOptionNumber)_number, _bytes.Slice(_valueStart, _valueLength));

    /// <summary>The number of the option last read.</summary>
    public readonly CoapOptionNumber Number => (CoapOptionNumber)_number;

    /// <summary>The value of the option last read.</summary>
    public readonly ReadOnlySpan<byte> Value => _bytes.Slice(_valueStart, _valueLength);

    /// <summary>Where the value of the option last read begins.</summary>
    internal readonly int ValueStart => _valueStart;

    /// <summary>The first byte behind what was read: a payload marker, or the end.</summary>
    internal readonly int Position => _position;

    /// <summary>The bytes break the format: a reserved nibble, a value beyond the end, a number beyond 65535.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly CoapOptionReader GetEnumerator() => this;

    /// <summary>Goes to the next option; false at the payload marker, the end, or a malformed option.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        if ((uint)_position >= (uint)_bytes.Length)
            return false;
        int head = _bytes[_position];
        int delta = head >> 4;
        int length = head & 0xF;
        if (delta < 13 && length < 13 && _position + 1 + length <= _bytes.Length && _number + delta <= ushort.MaxValue)
        {
            _number += delta;
            _valueStart = _position + 1;
            _valueLength = length;
            _position = _valueStart + length;
            return true;
        }

        return MoveNextExtended(head);
    }

    private bool MoveNextExtended(int head)
    {
        if (head == PayloadMarker)
            return false;
        int position = _position + 1;
        if (!TryReadNibble(head >> 4, ref position, out int delta) || !TryReadNibble(head & 0xF, ref position, out int length)
            || length > _bytes.Length - position || _number + delta > ushort.MaxValue)
        {
            IsMalformed = true;
            return false;
        }

        _number += delta;
        _valueStart = position;
        _valueLength = length;
        _position = position + length;
        return true;
    }

    private readonly bool TryReadNibble(int nibble, ref int position, out int value)
    {
        value = nibble;
        switch (nibble)
        {
            case 13 when _bytes.Length - position >= 1:
                value = 13 + _bytes[position++];
                return true;
            case 14 when _bytes.Length - position >= 2:
                value = 269 + BinaryPrimitives.ReadUInt16BigEndian(_bytes[position..]);
                position += 2;
                return true;
            default:
                return nibble < 13;
        }
    }
}
