using System.Runtime.InteropServices;

namespace Surety.Coap;

/// <summary>
/// Names a block-wise transfer: the peer, the method, and the options that tell requests apart (RFC 7959, 2.4, 2.5; RFC 9175, 3.3).
/// Options are hashed to 64 bits: a collision needs the same peer, which then only confuses itself.
/// </summary>
internal readonly record struct TransferKey(PeerKey Peer, ulong Hash)
{
    private const ulong Start = 0xCBF2_9CE4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01B3;

    /// <summary>Names the body of the request that a message carries a block of.</summary>
    public static TransferKey OfRequest(in PeerKey peer, in CoapMessage message) => new(peer, HashOptions(message));

    /// <summary>
    /// Names the body of the response to a request. The body of a FETCH says what is asked for (RFC 8132, 2); when it came in blocks, the
    /// requests for the response's further blocks are without it, as with POST (RFC 7959, 3.3).
    /// </summary>
    public static TransferKey OfResponse(in PeerKey peer, in CoapMessage message)
    {
        ulong hash = HashOptions(message, isOfResponse: true);
        if (message.Code == CoapCode.Fetch && !message.Payload.IsEmpty && !message.TryGetOption(CoapOptionNumber.Block1, out _))
            hash = Add(hash * Prime, message.Payload);
        return new(peer, hash);
    }

    private static ulong HashOptions(in CoapMessage message, bool isOfResponse = false)
    {
        ulong hash = Start ^ message.Code.Value;
        CoapOptionReader options = message.Options;
        while (options.MoveNext())
        {
            CoapOptionNumber number = options.Number;
            if (!IsPartOfName(number) || (isOfResponse && IsAboutBody(number, message.Code)))
                continue;
            hash = (hash ^ (uint)number) * Prime;
            hash = (hash ^ (uint)options.Value.Length) * Prime;
            hash = Add(hash, options.Value);
        }

        return hash;
    }

    /// <summary>
    /// Not the blocks themselves, nor what may differ between the requests of a transfer: conditions are for the first block, If-None-Match
    /// must even be (RFC 7959, 2.10), and ETag in a request is a validator (RFC 7252, 5.6.2).
    /// </summary>
    private static bool IsPartOfName(CoapOptionNumber number) => !number.IsNoCacheKey() && number is not (CoapOptionNumber.Block1 or CoapOptionNumber.Block2
        or CoapOptionNumber.Observe or CoapOptionNumber.NoResponse or CoapOptionNumber.IfMatch or CoapOptionNumber.IfNoneMatch or CoapOptionNumber.ETag);

    /// <summary>
    /// The requests for a response's further blocks have no body (RFC 7959, 3.3), and so need not say what it is in. Pelion's client leaves out
    /// Max-Age, too, which means nothing in a request (RFC 7252, 5.10.5).
    /// </summary>
    private static bool IsAboutBody(CoapOptionNumber number, CoapCode method) =>
        number == CoapOptionNumber.MaxAge || (number == CoapOptionNumber.ContentFormat && method != CoapCode.Fetch);

    private static ulong Add(ulong hash, ReadOnlySpan<byte> value)
    {
        for (; value.Length >= 8; value = value[8..])
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(value)) * 0x9E37_79B9_7F4A_7C15;
            hash ^= hash >> 32;
        }

        foreach (byte b in value)
            hash = (hash ^ b) * Prime;
        return hash;
    }
}
