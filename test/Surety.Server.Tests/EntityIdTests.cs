using Surety.Testing;

namespace Surety.Server.Tests;

public sealed class EntityIdTests
{
    [Theory]
    [InlineData("015c3029f6f700000000000000000000")]
    [InlineData("015C3029F6F700000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffff")]
    [InlineData("00000000000000000000000000000000")]
    public void Thirty_two_digits_of_either_case_are_an_id_and_are_written_in_lower_case(string text)
    {
        Assert.True(EntityId.TryParse(text, out var id));
        Assert.Equal(text.ToLowerInvariant(), id.ToString());
        Assert.Equal(id, EntityId.Read(id.ToByteArray()));
        Assert.Equal(id, EntityId.FromGuid(id.ToGuid()));
        Assert.Equal(text.ToLowerInvariant(), id.ToGuid().ToString("n"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("015c3029f6f7")]
    [InlineData("015c3029f6f7000000000000000000000")]
    [InlineData("015c3029f6f70000000000000000000g")]
    [InlineData("+15c3029f6f700000000000000000000")]
    [InlineData(" 15c3029f6f70000000000000000000 ")]
    [InlineData("0x5c3029f6f700000000000000000000")]
    [InlineData("015c3029-f6f7-0000-0000-00000000")]
    [InlineData("٠15c3029f6f700000000000000000000")]
    public void Anything_else_is_not(string? text) => Assert.False(EntityId.TryParse(text, out _));

    [Fact]
    public void An_id_begins_with_its_milliseconds()
    {
        // The sample of the conventions: 015c3029f6f7 is 2017-05-22T12:37:55.575Z.
        var time = new ManualTime();
        time.Advance(new DateTimeOffset(2026, 5, 22, 12, 37, 55, 575, TimeSpan.Zero) - time.GetUtcNow());
        var milliseconds = Convert.ToInt64(new EntityIdGenerator(time).Next().ToString()[..12], 16);
        Assert.Equal(new DateTimeOffset(2026, 5, 22, 12, 37, 55, 575, TimeSpan.Zero), DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
    }

    [Fact]
    public void Ids_grow_while_the_clock_stands_still_and_sort_alike_as_text_bytes_and_UUID()
    {
        var generator = new EntityIdGenerator(new ManualTime());
        // More than the counter of a millisecond holds.
        var ids = Enumerable.Range(0, 70_000).Select(_ => generator.Next()).ToList();
        for (var i = 1; i < ids.Count; i++)
        {
            Assert.True(ids[i] > ids[i - 1]);
            Assert.True(string.CompareOrdinal(ids[i].ToString(), ids[i - 1].ToString()) > 0);
            Assert.True(ids[i].ToByteArray().AsSpan().SequenceCompareTo(ids[i - 1].ToByteArray()) > 0);
        }
    }

    [Fact]
    public void Ids_grow_when_the_clock_goes_back()
    {
        var time = new BackwardTime();
        var generator = new EntityIdGenerator(time);
        var before = generator.Next();
        time.Now -= TimeSpan.FromHours(1);
        Assert.True(generator.Next() > before);
    }

    [Fact]
    public async Task Ids_of_many_threads_differ()
    {
        var generator = new EntityIdGenerator(TimeProvider.System);
        var batches = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 10_000).Select(_ => generator.Next()).ToList())));
        Assert.Equal(40_000, batches.SelectMany(batch => batch).Distinct().Count());
        Assert.All(batches, batch => Assert.Equal(batch.Order(), batch));
    }

    private sealed class BackwardTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
