using System.Collections.Concurrent;
using System.Numerics;

namespace Surety.Coap.Tests.Messages;

public sealed class RandomNumbersTests
{
    [Fact]
    public void No_number_comes_twice_on_any_thread_and_every_bit_varies()
    {
        var numbers = new ConcurrentBag<ulong>();
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 2_000; i++)
                numbers.Add(RandomNumbers.NextUInt64());
        });
        Assert.Equal(16_000, numbers.Distinct().Count());
        Assert.Equal(ulong.MaxValue, numbers.Aggregate((a, b) => a | b));
        Assert.Equal(0UL, numbers.Aggregate((a, b) => a & b));
        // 32 of 64 bits, within many standard deviations.
        Assert.InRange(numbers.Average(n => BitOperations.PopCount(n)), 31.5, 32.5);
    }

    [Fact]
    public void A_token_finds_its_slot()
    {
        foreach (int slot in new[] { 0, 1, 255, 65_536, (1 << 24) - 1 })
        {
            CoapToken token = SlotToken.Create(slot);
            Assert.Equal(8, token.Length);
            Assert.True(SlotToken.TryGetSlot(token, out int found));
            Assert.Equal(slot, found);
            Assert.NotEqual(token, SlotToken.Create(slot));
        }

        Assert.False(SlotToken.TryGetSlot(new CoapToken([1, 2, 3]), out _));
    }
}
