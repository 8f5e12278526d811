namespace Surety.Dtls;

/// <summary>A whole handshake message, as it counts in the transcript: as if it had come in one fragment (RFC 6347, 4.2.6).</summary>
internal sealed class HandshakeMessage(byte[] bytes)
{
    public HandshakeType Type => (HandshakeType)Bytes[0];

    public byte[] Bytes { get; } = bytes;

    public ReadOnlySpan<byte> Body => Bytes.AsSpan(HandshakeHeader.Size);

    public WireReader Read() => new(Body);
}
