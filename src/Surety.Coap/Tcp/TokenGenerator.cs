using System.Security.Cryptography;

namespace Surety.Coap;

/// <summary>Tokens that find their exchange: 24 bits of slot, 40 that cannot be guessed (RFC 7252, 5.3.1 asks for 32).</summary>
internal sealed class TokenGenerator
{
    private const int RandomBits = 40;
    private const int RandomBytes = RandomBits / 8;
    private const int PoolLength = 512;

    private readonly byte[] _pool = new byte[PoolLength];
    private int _used = PoolLength;

    public CoapToken Next(int slot)
    {
        if (_used + RandomBytes > PoolLength)
        {
            RandomNumberGenerator.Fill(_pool);
            _used = 0;
        }

        ulong random = 0;
        for (int i = 0; i < RandomBytes; i++)
            random = (random << 8) | _pool[_used++];
        return new CoapToken(((ulong)slot << RandomBits) | random);
    }

    /// <summary>The slot in a token, if it is one of ours.</summary>
    public static bool TryGetSlot(in CoapToken token, out int slot)
    {
        bool isOurs = token.TryGetUInt64(out ulong number);
        slot = (int)(number >> RandomBits);
        return isOurs;
    }
}
