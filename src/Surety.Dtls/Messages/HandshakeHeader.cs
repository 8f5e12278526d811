namespace Surety.Dtls;

/// <summary>The head of a handshake message, or of a fragment of one (RFC 6347, 4.2.2).</summary>
internal readonly record struct HandshakeHeader(HandshakeType Type, int Length, ushort Sequence, int FragmentOffset, int FragmentLength)
{
    public const int Size = 12;

    public bool IsWhole => FragmentOffset == 0 && FragmentLength == Length;

    /// <summary>Reads the head at the beginning of <paramref name="bytes"/>; the fragment behind it is there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HandshakeHeader header)
    {
        var reader = new WireReader(bytes);
        header = new((HandshakeType)reader.UInt8(), reader.UInt24(), reader.UInt16(), reader.UInt24(), reader.UInt24());
        reader.Bytes(header.FragmentLength);
        return reader.IsValid && header.FragmentOffset <= header.Length - header.FragmentLength;
    }

    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)Type;
        WriteUInt24(destination[1..], Length);
        destination[4] = (byte)(Sequence >> 8);
        destination[5] = (byte)Sequence;
        WriteUInt24(destination[6..], FragmentOffset);
        WriteUInt24(destination[9..], FragmentLength);
    }

    private static void WriteUInt24(Span<byte> destination, int value)
    {
        destination[0] = (byte)(value >> 16);
        destination[1] = (byte)(value >> 8);
        destination[2] = (byte)value;
    }
}
