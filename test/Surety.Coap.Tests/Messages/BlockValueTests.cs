namespace Surety.Coap.Tests.Messages;

/// <summary>RFC 7959, 2.2: the structure of a block option.</summary>
public sealed class BlockValueTests
{
    // The first two from RFC 7959, 3.
    [Theory]
    [InlineData(33u, "2/0/32")]
    [InlineData(59u, "3/1/128")]
    [InlineData(0u, "0/0/16")]
    [InlineData(6u, "0/0/1024")]
    [InlineData(14u, "0/1/1024")]
    [InlineData(0xFF_FFFEu, "1048575/1/1024")]
    [InlineData(7u, "0/0/BERT")]
    public void A_value_is_taken_apart_and_put_together(uint value, string text)
    {
        BlockValue block = BlockValue.FromUInt(value);
        Assert.Equal(text, block.ToString());
        Assert.Equal(value, block.ToUInt());
        // The RFC's own way to the position.
        if (!block.IsBert)
            Assert.Equal((long)(value & ~0xFu) << (int)(value & 7), block.Offset);
    }

    [Fact]
    public void Sizes_are_powers_of_two_from_16_to_1024() =>
        Assert.Equal([16, 32, 64, 128, 256, 512, 1024, 1024], Enumerable.Range(0, 8).Select(exponent => new BlockValue(0, false, exponent).Size));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(16, 0)]
    [InlineData(31, 0)]
    [InlineData(32, 1)]
    [InlineData(1023, 5)]
    [InlineData(1024, 6)]
    [InlineData(5000, 6)]
    public void The_exponent_is_that_of_the_largest_size_that_fits(int size, int exponent) => Assert.Equal(exponent, BlockValue.ExponentFor(size));

    [Theory]
    [InlineData(0, 0, "0/1/16")]
    [InlineData(1024, 6, "1/1/1024")]
    [InlineData(4096, 7, "4/1/BERT")]
    [InlineData(0xF_FFFFL * 16, 0, "1048575/1/16")]
    [InlineData(0x10_0000L * 16, 0, null)]
    [InlineData(0xF_FFFFL * 1024, 6, "1048575/1/1024")]
    [InlineData(0x10_0000L * 1024, 6, null)]
    public void A_block_begins_at_an_offset_as_far_as_20_bits_go(long offset, int exponent, string? expected) =>
        Assert.Equal(expected, BlockValue.At(offset, true, exponent)?.ToString());

    [Fact]
    public void A_number_has_20_bits_and_an_exponent_3()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockValue(1 << 20, false, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockValue(0, false, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockValue(0, false, -1));
    }
}
