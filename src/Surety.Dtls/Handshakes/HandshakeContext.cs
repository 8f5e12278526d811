namespace Surety.Dtls;

/// <summary>What all handshakes of an engine share.</summary>
internal sealed record HandshakeContext(CryptoBackend Crypto, DtlsEngineOptions Options, TimeProvider Time)
{
    /// <summary>The Connection ID that belongs to a session's number.</summary>
    public byte[] GetConnectionId(ulong number)
    {
        int length = Options.ConnectionIdLength;
        byte[] cid = new byte[length];
        Options.ConnectionIdPrefix.Span.CopyTo(cid);
        int rest = Math.Min(length - Options.ConnectionIdPrefix.Length, sizeof(ulong));
        for (int i = 0; i < rest; i++)
            cid[length - 1 - i] = (byte)(number >> 8 * i);
        return cid;
    }

    /// <summary>The session's number in a Connection ID of ours, less the bits that the Connection ID has no room for.</summary>
    public ulong GetNumber(ReadOnlySpan<byte> cid)
    {
        ulong number = 0;
        foreach (byte value in cid[Math.Max(Options.ConnectionIdPrefix.Length, cid.Length - sizeof(ulong))..])
            number = number << 8 | value;
        return number;
    }

    /// <summary>The bits of a session's number that a Connection ID has room for.</summary>
    public ulong NumberMask => (Options.ConnectionIdLength - Options.ConnectionIdPrefix.Length) is > 0 and < sizeof(ulong) and int bytes ? (1UL << 8 * bytes) - 1 : ulong.MaxValue;
}
