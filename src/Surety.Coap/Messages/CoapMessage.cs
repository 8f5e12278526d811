using System.Buffers.Binary;

namespace Surety.Coap;

/// <summary>A well-formed message that is being read; every span points into the received bytes (RFC 7252, 3).</summary>
public readonly ref struct CoapMessage
{
    /// <summary>The header of a message over an unreliable transport, bytes, without token.</summary>
    public const int HeaderLength = 4;

    private const int Version = 1;

    internal CoapMessage(MessageType type, CoapCode code, ushort messageId, ReadOnlySpan<byte> token, ReadOnlySpan<byte> options, ReadOnlySpan<byte> payload)
    {
        Type = type;
        Code = code;
        MessageId = messageId;
        Token = token;
        OptionBytes = options;
        Payload = payload;
    }

    /// <summary>Confirmable over reliable transports, where there is no type.</summary>
    public MessageType Type { get; }

    /// <summary>Method, response or signal.</summary>
    public CoapCode Code { get; }

    /// <summary>Zero over reliable transports, where there is none.</summary>
    public ushort MessageId { get; }

    /// <summary>The token's bytes.</summary>
    public ReadOnlySpan<byte> Token { get; }

    /// <summary>The encoded options, well formed, in order.</summary>
    public ReadOnlySpan<byte> OptionBytes { get; }

    /// <summary>The payload; empty when there is none.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The options, in order of their numbers.</summary>
    public CoapOptionReader Options => new(OptionBytes);

    /// <summary>The value of the first option of this number.</summary>
    public bool TryGetOption(CoapOptionNumber number, out ReadOnlySpan<byte> value)
    {
        CoapOptionReader options = Options;
        while (options.MoveNext())
        {
            if (options.Number < number)
                continue;
            if (options.Number > number)
                break;
            value = options.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The first option of this number as an unsigned integer; null when absent or longer than four bytes.</summary>
    public uint? GetUIntOption(CoapOptionNumber number) =>
        TryGetOption(number, out ReadOnlySpan<byte> value) && value.Length <= 4 ? CoapOption.ReadUInt(value) : null;

    /// <summary>The Content-Format, when the message names one.</summary>
    public ContentFormat? ContentFormat =>
        TryGetOption(CoapOptionNumber.ContentFormat, out ReadOnlySpan<byte> value) && value.Length <= 2
            ? new ContentFormat((ushort)CoapOption.ReadUInt(value)) : null;

    /// <summary>Reads the message in a datagram.</summary>
    /// <param name="datagram">All bytes of the datagram.</param>
    /// <param name="message">The message; after <see cref="CoapParseResult.FormatError"/> type and Message ID alone are valid.</param>
    public static CoapParseResult Parse(ReadOnlySpan<byte> datagram, out CoapMessage message)
    {
        message = default;
        if (datagram.Length < HeaderLength || datagram[0] >> 6 != Version)
            return CoapParseResult.Ignore;
        var type = (MessageType)((datagram[0] >> 4) & 3);
        var code = new CoapCode(datagram[1]);
        ushort messageId = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if (code.IsEmpty)
        {
            // RFC 7252, 4.1: an Empty message has neither token, nor options, nor payload.
            message = new(type, code, messageId, default, default, default);
            return datagram.Length == HeaderLength && (datagram[0] & 0xF) == 0 ? CoapParseResult.Message : CoapParseResult.FormatError;
        }

        if (TryParseBody(datagram[0] & 0xF, datagram[HeaderLength..], out ReadOnlySpan<byte> token, out ReadOnlySpan<byte> options, out ReadOnlySpan<byte> payload))
        {
            message = new(type, code, messageId, token, options, payload);
            return CoapParseResult.Message;
        }

        message = new(type, code, messageId, default, default, default);
        return CoapParseResult.FormatError;
    }

    /// <summary>Writes the message as a datagram, also when it came over a reliable transport: what capture readers know.</summary>
    public byte[] ToDatagram()
    {
        byte[] datagram = new byte[CoapMessageWriter.HeaderLength(Token.Length) + OptionBytes.Length + (Payload.IsEmpty ? 0 : 1 + Payload.Length)];
        Span<byte> rest = datagram.AsSpan(CoapMessageWriter.WriteHeader(datagram, Type, Code, MessageId, Token));
        OptionBytes.CopyTo(rest);
        if (!Payload.IsEmpty)
        {
            rest[OptionBytes.Length] = CoapMessageWriter.PayloadMarker;
            Payload.CopyTo(rest[(OptionBytes.Length + 1)..]);
        }

        return datagram;
    }

    /// <summary>Reads token, options and payload, which stand behind the header in every transport.</summary>
    /// <param name="tokenLength">TKL: 0-12, or 13 and 14 with an extended length ahead of the token (RFC 8974, 2.1).</param>
    /// <param name="bytes">Everything behind the header.</param>
    /// <param name="token">The token.</param>
    /// <param name="options">The options, checked.</param>
    /// <param name="payload">The payload.</param>
    internal static bool TryParseBody(int tokenLength, ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> token, out ReadOnlySpan<byte> options, out ReadOnlySpan<byte> payload)
    {
        token = options = payload = default;
        int start = 0;
        switch (tokenLength)
        {
            case <= CoapToken.MaxPlainLength:
                break;
            case 13 when bytes.Length >= 1:
                tokenLength = 13 + bytes[0];
                start = 1;
                break;
            case 14 when bytes.Length >= 2:
                tokenLength = 269 + BinaryPrimitives.ReadUInt16BigEndian(bytes);
                start = 2;
                break;
            default:
                return false;
        }

        if (bytes.Length - start < tokenLength)
            return false;
        token = bytes.Slice(start, tokenLength);
        bytes = bytes[(start + tokenLength)..];

        var reader = new CoapOptionReader(bytes);
        while (reader.MoveNext())
        {
        }

        if (reader.IsMalformed)
            return false;
        options = bytes[..reader.Position];
        if (reader.Position == bytes.Length)
            return true;
        // RFC 7252, 3: a payload marker followed by a zero-length payload is a message format error.
        payload = bytes[(reader.Position + 1)..];
        return !payload.IsEmpty;
    }
}
