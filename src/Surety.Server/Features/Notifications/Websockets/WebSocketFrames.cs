using System.Buffers.Binary;

namespace Surety.Server.Features.Notifications.Websockets;

/// <summary>Writes the frames that a server sends: unmasked, never fragmented (RFC 6455, 5.2).</summary>
internal static class WebSocketFrames
{
    /// <summary>The longest header of a server's frame.</summary>
    public const int MaxHeader = 10;

    /// <summary>The longest payload of a control frame (RFC 6455, 5.5).</summary>
    public const int MaxControl = 125;

    private const byte Final = 0x80;
    private const byte SixteenBits = 126;
    private const byte SixtyFourBits = 127;

    /// <summary>Writes a header so that it ends where the payload begins.</summary>
    /// <param name="room">The <see cref="MaxHeader"/> bytes before the payload.</param>
    /// <param name="opcode">The kind of frame.</param>
    /// <param name="length">Bytes of the payload.</param>
    /// <returns>Where in <paramref name="room"/> the header begins.</returns>
    public static int WriteHeader(Span<byte> room, WebSocketOpcode opcode, long length)
    {
        var size = length < SixteenBits ? 2 : length <= ushort.MaxValue ? 4 : MaxHeader;
        var header = room[^size..];
        header[0] = (byte)(Final | (byte)opcode);
        switch (size)
        {
            case 2:
                header[1] = (byte)length;
                break;
            case 4:
                header[1] = SixteenBits;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);
                break;
            default:
                header[1] = SixtyFourBits;
                BinaryPrimitives.WriteInt64BigEndian(header[2..], length);
                break;
        }

        return room.Length - size;
    }

    /// <summary>A control frame.</summary>
    public static byte[] Control(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxControl, nameof(payload));
        return [(byte)(Final | (byte)opcode), (byte)payload.Length, .. payload];
    }

    /// <summary>A close frame.</summary>
    public static byte[] Close(WebSocketClose code)
    {
        Span<byte> payload = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        return Control(WebSocketOpcode.Close, payload);
    }
}
