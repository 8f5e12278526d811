using System.Runtime.InteropServices;

namespace Surety.Coap;

/// <summary>
/// Names a block-wise transfer: the peer, the method, and the options that are part of the cache key, without those of the blocks
/// themselves (RFC 7959, 2.5; with Request-Tag: RFC 9175, 3.3). Options are hashed to 64 bits: a collision needs the same peer, which
/// then only confuses itself.
/// </summary>
internal readonly record struct TransferKey(PeerKey Peer, ulong Hash)
{
    private const ulong Prime = 0x0000_0100_0000_01B3;

    /// <param name="peer">The peer.</param>
    /// <param name="message">A request of the transfer.</param>
    /// <param name="withTag">Request-Tag tells request bodies apart; response bodies do without.</param>
    public static TransferKey Of(in PeerKey peer, in CoapMessage message, bool withTag)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325 ^ message.Code.Value;
        CoapOptionReader options = message.Options;
        while (options.MoveNext())
        {
            CoapOptionNumber number = options.Number;
            if (number is CoapOptionNumber.Block1 or CoapOptionNumber.Block2 or CoapOptionNumber.Observe or CoapOptionNumber.Echo or CoapOptionNumber.NoResponse
                || number.IsNoCacheKey() || (number == CoapOptionNumber.RequestTag && !withTag))
                continue;
            // ETag in a request is a validator: it does not name the resource (RFC 7252, 5.6.2).
            if (number == CoapOptionNumber.ETag)
                continue;
            hash = (hash ^ (uint)number) * Prime;
            hash = (hash ^ (uint)options.Value.Length) * Prime;
            ReadOnlySpan<byte> value = options.Value;
            for (; value.Length >= 8; value = value[8..])
            {
                hash = (hash ^ MemoryMarshal.Read<ulong>(value)) * 0x9E37_79B9_7F4A_7C15;
                hash ^= hash >> 32;
            }

            foreach (byte b in value)
                hash = (hash ^ b) * Prime;
        }

        return new(peer, hash);
    }
}
