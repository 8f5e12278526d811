using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Surety.Coap;

/// <summary>
/// Writes options, in ascending order, and a payload into a buffer. What does not fit sets <see cref="Overflowed"/> and is left out, so
/// that a caller checks once, at the end.
/// </summary>
public ref struct CoapMessageWriter
{
    internal const byte PayloadMarker = 0xFF;

    private readonly Span<byte> _buffer;
    private int _position;
    private int _lastNumber;
    private int _insertNumber;
    private uint _insertValue;

    /// <summary>A writer into <paramref name="buffer"/>, at <paramref name="position"/>: behind header and token.</summary>
    public CoapMessageWriter(Span<byte> buffer, int position = 0)
    {
        _buffer = buffer;
        _position = position;
        Overflowed = position > buffer.Length;
    }

    /// <summary>Bytes written, counted from the start of the buffer.</summary>
    public readonly int Length => _position;

    /// <summary>Something did not fit.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Room left, bytes.</summary>
    public readonly int Remaining => _buffer.Length - _position;

    /// <summary>Writes an option.</summary>
    /// <exception cref="InvalidOperationException">An option of a higher number was written before.</exception>
    public void Option(CoapOptionNumber number, scoped ReadOnlySpan<byte> value)
    {
        if (_insertNumber != 0 && (int)number > _insertNumber)
            WriteInserted();
        int delta = (int)number - _lastNumber;
        if (delta < 0)
            ThrowOrder(number);
        if (Remaining < 1 + ExtensionLength(delta) + ExtensionLength(value.Length) + value.Length)
        {
            Overflowed = true;
            return;
        }

        _lastNumber = (int)number;
        ref byte head = ref _buffer[_position++];
        int deltaNibble = WriteExtension(delta);
        int lengthNibble = WriteExtension(value.Length);
        head = (byte)((deltaNibble << 4) | lengthNibble);
        value.CopyTo(_buffer[_position..]);
        _position += value.Length;
    }

    /// <summary>Writes an option that is an unsigned integer, in as few bytes as it needs: none for zero (RFC 7252, 3.2).</summary>
    public void Option(CoapOptionNumber number, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        Option(number, bytes[((int)uint.LeadingZeroCount(value) / 8)..]);
    }

    /// <summary>Writes an option that is a string.</summary>
    public void Option(CoapOptionNumber number, string value)
    {
        Span<byte> bytes = stackalloc byte[256];
        Option(number, Encoding.UTF8.TryGetBytes(value, bytes, out int length) ? bytes[..length] : Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Writes the Content-Format option.</summary>
    public void ContentFormat(ContentFormat format) => Option(CoapOptionNumber.ContentFormat, format.Value);

    /// <summary>Writes payload marker and payload; nothing for an empty one. Nothing may follow.</summary>
    /// <exception cref="InvalidOperationException">A payload was written before.</exception>
    public void Payload(scoped ReadOnlySpan<byte> payload)
    {
        Span<byte> destination = PayloadSpan(payload.Length);
        if (destination.Length == payload.Length)
            payload.CopyTo(destination);
    }

    /// <summary>Begins the payload and gives its bytes to be filled; empty when they do not fit.</summary>
    internal Span<byte> PayloadSpan(int length)
    {
        if (_insertNumber != 0)
            WriteInserted();
        if (length == 0)
            return default;
        if (_lastNumber == int.MaxValue)
            throw new InvalidOperationException("A message has one payload.");
        if (Remaining < 1 + length)
        {
            Overflowed = true;
            return default;
        }

        _buffer[_position++] = PayloadMarker;
        Span<byte> payload = _buffer.Slice(_position, length);
        _position += length;
        _lastNumber = int.MaxValue;
        return payload;
    }

    /// <summary>An option that takes its place by itself, wherever the options written later leave it.</summary>
    internal void Insert(CoapOptionNumber number, uint value)
    {
        _insertNumber = (int)number;
        _insertValue = value;
    }

    /// <summary>What was written behind <paramref name="start"/>, so far.</summary>
    internal readonly ReadOnlySpan<byte> WrittenFrom(int start) => _buffer[start.._position];

    /// <summary>No more options will come.</summary>
    /// <returns><see cref="Length"/></returns>
    internal int Finish()
    {
        if (_insertNumber != 0)
            WriteInserted();
        return _position;
    }

    private void WriteInserted()
    {
        int number = _insertNumber;
        _insertNumber = 0;
        Option((CoapOptionNumber)number, _insertValue);
    }

    /// <summary>The bytes of header and token over an unreliable transport.</summary>
    internal static int HeaderLength(int tokenLength) => CoapMessage.HeaderLength + TokenExtension(tokenLength) + tokenLength;

    /// <summary>Writes the header of a message over an unreliable transport, and the token.</summary>
    /// <returns>Bytes written: <see cref="HeaderLength"/>.</returns>
    internal static int WriteHeader(Span<byte> buffer, MessageType type, CoapCode code, ushort messageId, ReadOnlySpan<byte> token)
    {
        buffer[0] = (byte)(0x40 | ((int)type << 4) | TokenNibble(token.Length));
        buffer[1] = code.Value;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], messageId);
        return CoapMessage.HeaderLength + WriteToken(buffer[CoapMessage.HeaderLength..], token);
    }

    /// <summary>TKL (RFC 8974, 2.1).</summary>
    internal static int TokenNibble(int length) => length <= CoapToken.MaxPlainLength ? length : length < 269 ? 13 : 14;

    /// <summary>The bytes of the extended token length (RFC 8974, 2.1).</summary>
    internal static int TokenExtension(int length) => length <= CoapToken.MaxPlainLength ? 0 : length < 269 ? 1 : 2;

    /// <summary>Writes the extended length, where the token needs one, and the token.</summary>
    internal static int WriteToken(Span<byte> buffer, ReadOnlySpan<byte> token)
    {
        int extension = TokenExtension(token.Length);
        if (extension == 1)
            buffer[0] = (byte)(token.Length - 13);
        else if (extension == 2)
            BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)(token.Length - 269));
        token.CopyTo(buffer[extension..]);
        return extension + token.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowOrder(CoapOptionNumber number) =>
        throw new InvalidOperationException($"Option {number} must be written before {(_lastNumber == int.MaxValue ? "the payload" : $"option {_lastNumber}")}.");

    private static int ExtensionLength(int value) => value < 13 ? 0 : value < 269 ? 1 : 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int WriteExtension(int value)
    {
        if (value < 13)
            return value;
        if (value < 269)
        {
            _buffer[_position++] = (byte)(value - 13);
            return 13;
        }

        BinaryPrimitives.WriteUInt16BigEndian(_buffer[_position..], (ushort)(value - 269));
        _position += 2;
        return 14;
    }
}
