namespace Surety.Dtls.Tests;

/// <summary>Fragments of handshake messages, as a hostile peer sends them (RFC 6347, 4.2.3).</summary>
public sealed class FragmentTests
{
    private static readonly byte[] Body = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    [Fact]
    public void Fragments_in_any_order_doubled_and_overlapping_make_the_message()
    {
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            var reassembly = new HandshakeReassembly(4096);
            HandshakeMessage? message = null;
            for (int i = 0; i < 2000 && message is null; i++)
            {
                int offset = random.Next(100), length = random.Next(100 - offset + 1);
                Assert.True(reassembly.Add(Header(0, offset, length), Body.AsSpan(offset, length)));
                message = reassembly.TakeNext();
            }

            Assert.NotNull(message);
            Assert.Equal(Body, message.Body.ToArray());
            Assert.Equal([20, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 100], message.Bytes[..12]);
            Assert.False(reassembly.Add(Header(0, 0, 100), Body));
        }
    }

    [Fact]
    public void What_came_first_is_not_changed_by_what_overlaps_it()
    {
        var reassembly = new HandshakeReassembly(4096);
        reassembly.Add(Header(0, 0, 60), Body.AsSpan(0, 60));
        reassembly.Add(Header(0, 0, 100), new byte[100].AsSpan());
        HandshakeMessage? message = reassembly.TakeNext();
        Assert.NotNull(message);
        Assert.Equal(Body[..60], message.Body[..60].ToArray());
        Assert.Equal(new byte[40], message.Body[60..].ToArray());
    }

    [Fact]
    public void A_fragment_that_says_another_length_or_type_is_not_of_the_message()
    {
        var reassembly = new HandshakeReassembly(4096);
        reassembly.Add(Header(0, 0, 50), Body.AsSpan(0, 50));
        reassembly.Add(Header(0, 50, 50) with { Length = 120 }, Body.AsSpan(50, 50));
        reassembly.Add(Header(0, 50, 50) with { Type = HandshakeType.Certificate }, Body.AsSpan(50, 50));
        Assert.Null(reassembly.TakeNext());
        reassembly.Add(Header(0, 50, 50), Body.AsSpan(50, 50));
        Assert.NotNull(reassembly.TakeNext());
    }

    [Fact]
    public void A_bomb_of_first_fragments_takes_no_more_memory_than_allowed()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var reassembly = new HandshakeReassembly(24 * 1024);
        for (int i = 0; i < 100_000; i++)
            reassembly.Add(Header((ushort)(i % 5000), 0, 1) with { Length = (1 << 24) - 1 - i }, Body.AsSpan(0, 1));
        for (int i = 0; i < 100_000; i++)
            reassembly.Add(Header((ushort)(i % 8), 0, 1) with { Length = 20_000 }, Body.AsSpan(0, 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Theory]
    [InlineData("14000064000000000032000033")]
    [InlineData("140000640000000000650000000")]
    [InlineData("14000000000000000001000000")]
    public void A_fragment_that_reaches_beyond_its_message_is_none(string hex) =>
        Assert.False(HandshakeHeader.TryRead([.. Convert.FromHexString(hex.PadRight(26, '0')[..26]), .. new byte[100]], out _));

    private static HandshakeHeader Header(ushort sequence, int offset, int length) => new(HandshakeType.Finished, 100, sequence, offset, length);
}
