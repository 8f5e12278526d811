using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Surety.Dtls;

/// <summary>
/// Where a peer's datagrams come from, in 24 bytes: address, scope and port, and through which of our own addresses they came, which does not
/// count when two are compared.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct PeerAddress : IEquatable<PeerAddress>
{
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly uint _scope;
    private readonly ushort _port;
    private readonly byte _local;
    private readonly byte _kind;

    /// <summary>The address of an end point.</summary>
    public PeerAddress(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        Span<byte> bytes = stackalloc byte[16];
        endPoint.Address.MapToIPv6().TryWriteBytes(bytes, out _);
        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _port = (ushort)endPoint.Port;
        _scope = endPoint.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !endPoint.Address.IsIPv4MappedToIPv6 ? (uint)endPoint.Address.ScopeId : 0;
        _local = 0;
        _kind = 0;
    }

    /// <summary>Bytes of an address, when written.</summary>
    public const int Size = 24;

    /// <summary>Writes all of it.</summary>
    /// <param name="destination"><see cref="Size"/> bytes.</param>
    public void WriteTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _high);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _low);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], _scope);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[20..], _port);
        destination[22] = _local;
        destination[23] = _kind;
    }

    /// <summary>Writes what counts when two are compared: the way through our own addresses is left out.</summary>
    /// <param name="destination"><see cref="Size"/> bytes.</param>
    public void WriteRemoteTo(Span<byte> destination)
    {
        WriteTo(destination);
        destination[22] = 0;
    }

    /// <summary>Reads what <see cref="WriteTo"/> has written.</summary>
    /// <param name="bytes"><see cref="Size"/> bytes.</param>
    public static PeerAddress ReadFrom(ReadOnlySpan<byte> bytes) => BitConverter.IsLittleEndian
        ? MemoryMarshal.Read<PeerAddress>(bytes[..Size])
        : throw new PlatformNotSupportedException("Saved sessions are read on little-endian machines.");

    /// <summary>The address and port.</summary>
    public IPEndPoint ToEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _low);
        bool isIPv4 = _high == 0 && _low >> 32 == 0xFFFF;
        return new IPEndPoint(isIPv4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes, _scope), _port);
    }

    /// <inheritdoc/>
    public bool Equals(PeerAddress other) =>
        _low == other._low && _high == other._high && _port == other._port && _scope == other._scope && _kind == other._kind;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PeerAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low, _port, _scope);

    /// <inheritdoc/>
    public override string ToString() => ToEndPoint().ToString();

    /// <summary>The same peer.</summary>
    public static bool operator ==(PeerAddress left, PeerAddress right) => left.Equals(right);

    /// <summary>Different peers.</summary>
    public static bool operator !=(PeerAddress left, PeerAddress right) => !left.Equals(right);
}
