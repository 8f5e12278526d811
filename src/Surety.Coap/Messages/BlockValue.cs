using System.Globalization;

namespace Surety.Coap;

/// <summary>The value of a Block1 or Block2 option (RFC 7959, 2.2; BERT: RFC 8323, 6).</summary>
public readonly record struct BlockValue
{
    /// <summary>The largest block number: 20 bits.</summary>
    public const uint MaxNumber = 0xF_FFFF;

    /// <summary>SZX 7: Block-wise Extension for Reliable Transports; a message carries several blocks of 1024 bytes.</summary>
    public const int BertSizeExponent = 7;

    /// <summary>A block value.</summary>
    /// <param name="number">The block's number, 0 to <see cref="MaxNumber"/>.</param>
    /// <param name="more">More blocks follow.</param>
    /// <param name="sizeExponent">SZX, 0 to 7: the size is 2^(SZX+4), and 7 is BERT.</param>
    public BlockValue(uint number, bool more, int sizeExponent)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MaxNumber);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)sizeExponent, 7u, nameof(sizeExponent));
        Number = number;
        More = more;
        SizeExponent = sizeExponent;
    }

    /// <summary>NUM.</summary>
    public uint Number { get; }

    /// <summary>M.</summary>
    public bool More { get; }

    /// <summary>SZX.</summary>
    public int SizeExponent { get; }

    /// <summary>SZX is 7.</summary>
    public bool IsBert => SizeExponent == BertSizeExponent;

    /// <summary>The size of a block, 16 to 1024 bytes; 1024 with BERT.</summary>
    public int Size => 1 << (Math.Min(SizeExponent, 6) + 4);

    /// <summary>Where the block begins in the body, bytes.</summary>
    public long Offset => (long)Number * Size;

    /// <summary>The largest SZX whose block size is at most <paramref name="size"/> bytes; 0 (16 bytes) at the least.</summary>
    public static int ExponentFor(int size) => size switch
    {
        >= 1024 => 6,
        >= 512 => 5,
        >= 256 => 4,
        >= 128 => 3,
        >= 64 => 2,
        >= 32 => 1,
        _ => 0,
    };

    /// <summary>The block that begins at <paramref name="offset"/>, a multiple of its size; null when its number does not fit into 20 bits.</summary>
    public static BlockValue? At(long offset, bool more, int sizeExponent)
    {
        long number = offset / new BlockValue(0, false, sizeExponent).Size;
        return number <= MaxNumber ? new BlockValue((uint)number, more, sizeExponent) : null;
    }

    /// <summary>The option's value as an unsigned integer.</summary>
    public uint ToUInt() => (Number << 4) | (More ? 8u : 0u) | (uint)SizeExponent;

    /// <summary>The block value of an option of at most three bytes.</summary>
    public static BlockValue FromUInt(uint value) => new(value >> 4 & MaxNumber, (value & 8) != 0, (int)(value & 7));

    /// <summary>A payload of this length may be the block: all but the last are full (RFC 7959, 2.3); with BERT, several of 1024 bytes (RFC 8323, 6).</summary>
    internal bool Fits(int length, bool allowsBert) => IsBert
        ? allowsBert && (!More || (length > 0 && length % Size == 0))
        : !More || length == Size;

    /// <summary>The form of the RFC: <c>2/1/64</c> or <c>0/0/BERT</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number}/{(More ? 1 : 0)}/{(IsBert ? "BERT" : Size.ToString(CultureInfo.InvariantCulture))}");
}
