using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Surety.Coap;

/// <summary>
/// Makes and checks Echo values without keeping any: the time and a MAC over time and peer under a key of this process (RFC 9175, 2.3,
/// appendix A, method 2).
/// </summary>
internal sealed class EchoChallenge
{
    public const int Length = 16;

    // RFC 9175, 2.3: how fresh is fresh is the application's choice; a round trip with every retransmission fits into this.
    private const long Freshness = 100_000;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public void Write(in PeerKey peer, long now, Span<byte> value)
    {
        BinaryPrimitives.WriteInt64BigEndian(value, now);
        ComputeMac(peer, value[..8], value[8..Length]);
    }

    public bool IsFresh(in PeerKey peer, long now, ReadOnlySpan<byte> value)
    {
        if (value.Length != Length)
            return false;
        Span<byte> mac = stackalloc byte[8];
        ComputeMac(peer, value[..8], mac);
        long age = now - BinaryPrimitives.ReadInt64BigEndian(value);
        return CryptographicOperations.FixedTimeEquals(mac, value[8..]) && age is >= 0 and <= Freshness;
    }

    private void ComputeMac(in PeerKey peer, ReadOnlySpan<byte> time, Span<byte> mac)
    {
        Span<byte> input = stackalloc byte[8 + 8 + 16];
        time.CopyTo(input);
        BinaryPrimitives.WriteUInt64BigEndian(input[8..], peer.Port | (ulong)peer.Scope << 16);
        peer.CopyIPv6To(input[16..]);
        Span<byte> full = stackalloc byte[32];
        HMACSHA256.HashData(_key, input, full);
        full[..mac.Length].CopyTo(mac);
    }
}
