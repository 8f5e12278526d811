using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Surety.Coap;

internal sealed partial class CoapEngine
{
    private const int TokenPoolLength = 512;
    private const int MaxStackToken = 256;

    // Requests whose caller chose the token. Those to a multicast group stand under no peer: anyone may respond.
    private readonly Dictionary<(PeerKey Peer, CoapToken Token), Exchange> _byToken = [];
    private readonly Stack<Exchange> _free = new();
    private readonly byte[] _tokenPool = new byte[TokenPoolLength];
    private int _tokenPoolUsed = TokenPoolLength;
    private Exchange[] _slots = new Exchange[64];
    private int _slotCount;

    private int InUse => _slotCount - _free.Count;

    private Exchange? FindByToken(in PeerKey peer, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == CoapToken.MaxShortLength && (int)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 40) is var slot && slot < _slotCount
            && _slots[slot] is { Message: not null, ExpectsResponse: true } candidate
            && (candidate.Peer.Key == peer || candidate.Peer.Key.IsMulticast) && candidate.Token == new CoapToken(bytes))
            return candidate;
        if (_byToken.Count == 0)
            return null;
        var token = new CoapToken(bytes);
        return _byToken.TryGetValue((peer, token), out Exchange? exchange) || _byToken.TryGetValue((default, token), out exchange) ? exchange : null;
    }

    private static (PeerKey Peer, CoapToken Token) TokenKey(Exchange exchange) =>
        (exchange.Peer.Key.IsMulticast ? default : exchange.Peer.Key, exchange.Token);

    /// <summary>24 bits that find the exchange, 40 that cannot be guessed (RFC 7252, 5.3.1 asks for 32).</summary>
    private CoapToken NewToken(int slot)
    {
        if (_tokenPoolUsed + 5 > TokenPoolLength)
        {
            RandomNumberGenerator.Fill(_tokenPool);
            _tokenPoolUsed = 0;
        }

        ulong random = 0;
        for (int i = 0; i < 5; i++)
            random = (random << 8) | _tokenPool[_tokenPoolUsed++];
        return new CoapToken(((ulong)slot << 40) | random);
    }

    private Exchange AddSlot()
    {
        if (_slotCount == _slots.Length)
            Array.Resize(ref _slots, _slots.Length * 2);
        var exchange = new Exchange(this, _slotCount);
        _slots[_slotCount++] = exchange;
        return exchange;
    }
}
