namespace Surety.Coap;

/// <summary>Tokens that find their exchange: 24 bits of slot, 40 that cannot be guessed (RFC 7252, 5.3.1 asks for 32).</summary>
internal static class SlotToken
{
    private const int RandomBits = 40;

    /// <summary>A new token for a slot.</summary>
    public static CoapToken Create(int slot) => new(((ulong)slot << RandomBits) | (RandomNumbers.NextUInt64() >> (64 - RandomBits)));

    /// <summary>The slot in a token, if it has the length of ours.</summary>
    public static bool TryGetSlot(in CoapToken token, out int slot)
    {
        bool isOurs = token.TryGetUInt64(out ulong number);
        slot = (int)(number >> RandomBits);
        return isOurs;
    }
}
