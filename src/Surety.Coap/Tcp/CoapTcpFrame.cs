using System.Buffers.Binary;

namespace Surety.Coap;

/// <summary>Framing of messages in a byte stream (RFC 8323, 3.2, with the TKL field of RFC 8974, A.2).</summary>
internal static class CoapTcpFrame
{
    private const int CodeLength = 1;

    /// <summary>Reads the message at the beginning of <paramref name="input"/>.</summary>
    /// <param name="input">What was received so far.</param>
    /// <param name="maxLength">The longest message accepted, bytes, header included; a longer one is refused as soon as its header is there.</param>
    /// <param name="maxTokenLength">The longest token accepted, bytes.</param>
    /// <param name="length">The length of the whole message, bytes; while it is incomplete, the least that is known of it.</param>
    /// <param name="message">The message; its spans point into <paramref name="input"/>.</param>
    public static CoapTcpFrameStatus TryRead(ReadOnlySpan<byte> input, int maxLength, int maxTokenLength, out int length, out CoapMessage message)
    {
        message = default;
        length = 1 + CodeLength;
        if (input.IsEmpty)
            return CoapTcpFrameStatus.Incomplete;

        int head = input[0];
        int tokenNibble = head & 0xF;
        int extension = ExtendedLength(head >> 4);
        if (tokenNibble == 15)
            return CoapTcpFrameStatus.FormatError;
        int codeAt = 1 + extension;
        int tokenExtension = tokenNibble switch { 13 => 1, 14 => 2, _ => 0 };
        int headerLength = codeAt + CodeLength + tokenExtension;
        length = headerLength + (tokenExtension == 0 ? tokenNibble : 0);
        if (input.Length < codeAt)
            return CoapTcpFrameStatus.Incomplete;

        long total = length + BodyLength(head >> 4, input[1..]);
        if (total > maxLength)
            return CoapTcpFrameStatus.TooLong;
        if (input.Length < headerLength)
        {
            length = (int)total;
            return CoapTcpFrameStatus.Incomplete;
        }

        if (tokenExtension > 0)
        {
            int tokenLength = tokenExtension == 1 ? 13 + input[codeAt + CodeLength] : 269 + BinaryPrimitives.ReadUInt16BigEndian(input[(codeAt + CodeLength)..]);
            if (tokenLength > maxTokenLength)
                return CoapTcpFrameStatus.FormatError;
            total += tokenLength;
        }
        else if (tokenNibble > maxTokenLength)
        {
            return CoapTcpFrameStatus.FormatError;
        }

        if (total > maxLength)
            return CoapTcpFrameStatus.TooLong;
        length = (int)total;
        if (input.Length < length)
            return CoapTcpFrameStatus.Incomplete;

        var code = new CoapCode(input[codeAt]);
        if (!CoapMessage.TryParseBody(tokenNibble, input[(codeAt + CodeLength)..length], out ReadOnlySpan<byte> token, out ReadOnlySpan<byte> options, out ReadOnlySpan<byte> payload))
            return CoapTcpFrameStatus.FormatError;
        message = new CoapMessage(MessageType.Confirmable, code, 0, token, options, payload);
        return CoapTcpFrameStatus.Message;
    }

    /// <summary>The bytes in front of options and payload.</summary>
    /// <param name="bodyLength">Options, payload marker and payload, bytes.</param>
    /// <param name="tokenLength">The token, bytes.</param>
    public static int HeaderLength(int bodyLength, int tokenLength) =>
        1 + ExtendedLength(LengthNibble(bodyLength)) + CodeLength + CoapMessageWriter.TokenExtension(tokenLength) + tokenLength;

    /// <summary>The most that <see cref="HeaderLength"/> can be for this token.</summary>
    public static int MaxHeaderLength(int tokenLength) => HeaderLength(int.MaxValue, tokenLength);

    /// <summary>Writes the header right in front of a body that is written already: its length is known only then.</summary>
    /// <param name="buffer">Has the body at <paramref name="bodyStart"/>, and at least <see cref="MaxHeaderLength"/> bytes of room before it.</param>
    /// <param name="bodyStart">Where the options begin.</param>
    /// <param name="bodyLength">Options, payload marker and payload, bytes.</param>
    /// <param name="code">The code.</param>
    /// <param name="token">The token.</param>
    /// <returns>Where the message begins.</returns>
    public static int WriteHeader(Span<byte> buffer, int bodyStart, int bodyLength, CoapCode code, ReadOnlySpan<byte> token)
    {
        int start = bodyStart - HeaderLength(bodyLength, token.Length);
        int nibble = LengthNibble(bodyLength);
        int position = start;
        buffer[position++] = (byte)((nibble << 4) | CoapMessageWriter.TokenNibble(token.Length));
        switch (nibble)
        {
            case 13:
                buffer[position++] = (byte)(bodyLength - 13);
                break;
            case 14:
                BinaryPrimitives.WriteUInt16BigEndian(buffer[position..], (ushort)(bodyLength - 269));
                position += 2;
                break;
            case 15:
                BinaryPrimitives.WriteUInt32BigEndian(buffer[position..], (uint)(bodyLength - 65805));
                position += 4;
                break;
        }

        buffer[position++] = code.Value;
        CoapMessageWriter.WriteToken(buffer[position..], token);
        return start;
    }

    private static int LengthNibble(int bodyLength) => bodyLength switch { < 13 => bodyLength, < 269 => 13, < 65805 => 14, _ => 15 };

    private static int ExtendedLength(int nibble) => nibble switch { 13 => 1, 14 => 2, 15 => 4, _ => 0 };

    private static long BodyLength(int nibble, ReadOnlySpan<byte> extension) => nibble switch
    {
        13 => 13 + extension[0],
        14 => 269 + BinaryPrimitives.ReadUInt16BigEndian(extension),
        15 => 65805 + (long)BinaryPrimitives.ReadUInt32BigEndian(extension),
        _ => nibble,
    };
}
