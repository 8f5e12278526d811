using System.Runtime.InteropServices;

namespace Surety.Coap;

/// <summary>
/// Message IDs of what an endpoint sends, unique for each peer within EXCHANGE_LIFETIME (RFC 7252, 4.4) without keeping anything for a
/// peer: peers share counters by their hash. A counter lasts for 248 messages a second.
/// </summary>
internal sealed class MessageIds
{
    // A node cannot tell unicast from multicast by the Message ID, so the two must not overlap (RFC 7252, 4.4, 8.1).
    private const ushort FirstMulticast = 0xF000;
    private const int CounterCount = 1 << 14;

    private readonly ushort[] _next = new ushort[CounterCount];
    private ushort _nextMulticast;

    public MessageIds(Random random)
    {
        random.NextBytes(MemoryMarshal.AsBytes(_next.AsSpan()));
        foreach (ref ushort next in _next.AsSpan())
            next %= FirstMulticast;
        _nextMulticast = (ushort)random.Next(FirstMulticast, ushort.MaxValue + 1);
    }

    public ushort Next(in PeerKey peer)
    {
        if (peer.IsMulticast)
        {
            ushort multicast = _nextMulticast;
            _nextMulticast = multicast == ushort.MaxValue ? FirstMulticast : (ushort)(multicast + 1);
            return multicast;
        }

        ref ushort next = ref _next[peer.Hash(0) & (CounterCount - 1)];
        ushort id = next;
        next = id + 1 == FirstMulticast ? (ushort)0 : (ushort)(id + 1);
        return id;
    }
}
