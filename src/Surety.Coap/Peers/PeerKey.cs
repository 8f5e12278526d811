using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Surety.Coap;

/// <summary>
/// Who is at the other end of an endpoint, in 24 bytes: an address and port, a security session, or a connection. Two keys are equal
/// when CoAP must treat the two as the same endpoint (RFC 7252, 4.4, 5.3.2); through which of our addresses it came does not count.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct PeerKey : IEquatable<PeerKey>
{
    private const uint MappedV4 = 0x0000_FFFF;

    private static readonly ulong HashKey1 = RandomNumbers.NextUInt64();
    private static readonly ulong HashKey2 = RandomNumbers.NextUInt64();
    private static readonly ulong HashKey3 = RandomNumbers.NextUInt64();

    private readonly ulong _high;
    private readonly ulong _low;
    private readonly uint _scope;
    private readonly ushort _port;
    private readonly byte _local;
    private readonly byte _kind;

    private PeerKey(ulong high, ulong low, uint scope, ushort port, byte local, byte kind)
    {
        _high = high;
        _low = low;
        _scope = scope;
        _port = port;
        _local = local;
        _kind = kind;
    }

    /// <summary>Bytes of a key in memory and in logs.</summary>
    public const int Size = 24;

    /// <summary>The key stands for an address, not for a session or connection.</summary>
    public bool IsAddress => _kind == 0;

    /// <summary>The number of the session or connection.</summary>
    public ulong Number => _low;

    /// <summary>Which of the endpoint's own addresses the peer spoke to; answers leave from there.</summary>
    internal byte LocalIndex => _local;

    internal ushort Port => _port;

    internal uint Scope => _scope;

    internal bool IsIPv4 => _high == 0 && _low >> 32 == MappedV4;

    internal uint IPv4 => (uint)_low;

    /// <summary>The key of a peer that is known by its address and port.</summary>
    public static PeerKey FromAddress(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        Span<byte> bytes = stackalloc byte[16];
        IPAddress address = endPoint.Address;
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            address.TryWriteBytes(bytes, out _);
            return FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes), (ushort)endPoint.Port, 0);
        }

        address.TryWriteBytes(bytes, out _);
        return FromIPv6(bytes, (ushort)endPoint.Port, (uint)address.ScopeId, 0);
    }

    /// <summary>The key of a security session (DTLS), whose peer may change its address.</summary>
    public static PeerKey FromSession(ulong number) => new(0, number, 0, 0, 0, 1);

    /// <summary>The key of a connection (TCP, TLS).</summary>
    public static PeerKey FromConnection(ulong number) => new(0, number, 0, 0, 0, 2);

    /// <summary>Reads what <see cref="WriteTo"/> has written, in this process or an earlier one.</summary>
    /// <param name="bytes"><see cref="Size"/> bytes.</param>
    public static PeerKey ReadFrom(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[20..]), 0, bytes[23]);

    /// <summary>Writes the key, to be read by <see cref="ReadFrom"/>.</summary>
    /// <param name="bytes"><see cref="Size"/> bytes.</param>
    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _high);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], _low);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[16..], _scope);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[20..], _port);
        bytes[22] = 0;
        bytes[23] = _kind;
    }

    internal static PeerKey FromIPv4(uint address, ushort port, byte local) => new(0, (ulong)MappedV4 << 32 | address, 0, port, local, 0);

    internal static PeerKey FromIPv6(ReadOnlySpan<byte> address, ushort port, uint scope, byte local) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(address), BinaryPrimitives.ReadUInt64BigEndian(address[8..]), scope, port, local, 0);

    /// <summary>224.0.0.0/4 or ff00::/8.</summary>
    internal bool IsMulticast => IsAddress && (IsIPv4 ? IPv4 >> 28 == 0xE : _high >> 56 == 0xFF);

    internal void CopyIPv6To(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
    }

    /// <summary>The address and port; null for a session or connection.</summary>
    public IPEndPoint? ToEndPoint()
    {
        if (!IsAddress)
            return null;
        Span<byte> bytes = stackalloc byte[16];
        CopyIPv6To(bytes);
        return new IPEndPoint(IsIPv4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes, _scope), _port);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(PeerKey other) =>
        _low == other._low && _high == other._high && _port == other._port && _scope == other._scope && _kind == other._kind;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PeerKey other && Equals(other);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int GetHashCode() => (int)(Hash(0) >> 32);

    /// <summary>A well-mixed hash of the key and <paramref name="salt"/>; differs from process to process.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Hash(uint salt)
    {
        // Under keys of this process: who chooses addresses, ports and Message IDs must not choose the hash as well.
        ulong high = Math.BigMul(_low ^ HashKey1, _high ^ HashKey2, out ulong low);
        high = Math.BigMul(high ^ low ^ ((ulong)salt << 32 | _scope), HashKey3 ^ ((ulong)_port << 8 | _kind), out low);
        return high ^ low;
    }

    /// <summary>The address and port, or the number of the session or connection.</summary>
    public override string ToString() => _kind switch
    {
        0 => ToEndPoint()!.ToString(),
        1 => $"session {_low:x}",
        _ => $"connection {_low}",
    };

    /// <summary>The same endpoint.</summary>
    public static bool operator ==(PeerKey left, PeerKey right) => left.Equals(right);

    /// <summary>Different endpoints.</summary>
    public static bool operator !=(PeerKey left, PeerKey right) => !left.Equals(right);
}
