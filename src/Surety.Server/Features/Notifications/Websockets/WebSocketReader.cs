using System.Buffers.Binary;

namespace Surety.Server.Features.Notifications.Websockets;

/// <summary>
/// Takes what a client sends apart, byte by byte as it comes. Control frames are given out whole; messages are passed over, because an
/// application has nothing to say on a channel. No allocation, whatever the client sends. (RFC 6455, 5.)
/// </summary>
internal sealed class WebSocketReader
{
    private const int MaskLength = 4;
    private const int MaxHeader = 14;

    private readonly byte[] _header = new byte[MaxHeader];
    private readonly byte[] _control = new byte[WebSocketFrames.MaxControl];
    private int _headerLength;
    private int _controlLength;
    private long _payloadLeft;
    private bool _isInPayload;
    private bool _isFragmented;

    /// <summary>The control frame that <see cref="Read"/> has found.</summary>
    public WebSocketOpcode Opcode { get; private set; }

    /// <summary>Its payload, unmasked, until the next call.</summary>
    public ReadOnlySpan<byte> Payload => _control.AsSpan(0, _controlLength);

    /// <summary>Takes bytes until a control frame is whole.</summary>
    /// <param name="bytes">What has come; what is taken is cut off.</param>
    /// <param name="isBroken">The client does not keep to the protocol: nothing more can be understood.</param>
    /// <returns>True when there is a control frame.</returns>
    public bool Read(ref ReadOnlySpan<byte> bytes, out bool isBroken)
    {
        isBroken = false;
        while (!bytes.IsEmpty)
        {
            if (!_isInPayload)
            {
                if (!ReadHeader(ref bytes, out isBroken))
                {
                    if (isBroken)
                        return false;
                    continue;
                }

                _isInPayload = true;
                _controlLength = 0;
            }

            ReadPayload(ref bytes);
            if (_payloadLeft > 0)
                continue;
            _isInPayload = false;
            _headerLength = 0;
            if (IsControl(Opcode))
                return true;
        }

        return false;
    }

    private static bool IsControl(WebSocketOpcode opcode) => ((byte)opcode & 0x8) != 0;

    /// <summary>Takes bytes of the header; true when it is whole.</summary>
    private bool ReadHeader(ref ReadOnlySpan<byte> bytes, out bool isBroken)
    {
        isBroken = false;
        while (!bytes.IsEmpty)
        {
            _header[_headerLength++] = bytes[0];
            bytes = bytes[1..];
            if (_headerLength < 2)
                continue;
            // Without a mask the rest of the header may never come (RFC 6455, 5.1).
            isBroken = (_header[1] & 0x80) == 0;
            if (isBroken)
                return false;
            if (_headerLength < HeaderSize())
                continue;
            isBroken = !IsAllowed();
            return !isBroken;
        }

        return false;
    }

    private int HeaderSize() => 2 + MaskLength + ((_header[1] & 0x7F) switch
    {
        126 => 2,
        127 => 8,
        _ => 0,
    });

    private bool IsAllowed()
    {
        var isFinal = (_header[0] & 0x80) != 0;
        var hasReserved = (_header[0] & 0x70) != 0;
        Opcode = (WebSocketOpcode)(_header[0] & 0xF);
        _payloadLeft = (_header[1] & 0x7F) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
            127 => BinaryPrimitives.ReadInt64BigEndian(_header.AsSpan(2)),
            var length => length,
        };
        if (hasReserved || _payloadLeft < 0)
            return false;
        switch (Opcode)
        {
            case WebSocketOpcode.Close or WebSocketOpcode.Ping or WebSocketOpcode.Pong:
                return isFinal && _payloadLeft <= WebSocketFrames.MaxControl;
            case WebSocketOpcode.Continuation when _isFragmented:
                _isFragmented = !isFinal;
                return true;
            case WebSocketOpcode.Text or WebSocketOpcode.Binary when !_isFragmented:
                _isFragmented = !isFinal;
                return true;
            default:
                return false;
        }
    }

    private void ReadPayload(ref ReadOnlySpan<byte> bytes)
    {
        var count = (int)Math.Min(bytes.Length, _payloadLeft);
        if (IsControl(Opcode))
        {
            ReadOnlySpan<byte> mask = _header.AsSpan(_headerLength - MaskLength, MaskLength);
            for (var i = 0; i < count; i++)
            {
                _control[_controlLength] = (byte)(bytes[i] ^ mask[_controlLength % MaskLength]);
                _controlLength++;
            }
        }

        _payloadLeft -= count;
        bytes = bytes[count..];
    }
}
