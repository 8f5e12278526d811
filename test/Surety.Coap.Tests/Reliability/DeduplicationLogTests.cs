using System.Net;
using System.Runtime.InteropServices;
using Answer = Surety.Coap.DeduplicationLog.Answer;

namespace Surety.Coap.Tests.Reliability;

/// <summary>The memory of RFC 7252, 4.5, by itself.</summary>
public sealed class DeduplicationLogTests
{
    private const long Smallest = 64 * 1024;

    // Times are kept in units of 64 ms, and lifetimes rounded up.
    private const long Slack = 192;

    private static readonly long NonLifetime = (long)TransmissionParameters.Default.NonLifetime.TotalMilliseconds;
    private static readonly long Lifetime = (long)TransmissionParameters.Default.ExchangeLifetime.TotalMilliseconds;

    [Theory]
    [InlineData(Smallest, 200_000, 20, 50, 1)]
    [InlineData(Smallest, 200_000, 2000, 65536, 2)]
    [InlineData(1 << 19, 1_000_000, 300, 1000, 3)]
    [InlineData(16 << 20, 2_000_000, 5000, 65536, 4)]
    public void Its_answers_are_those_of_a_plain_dictionary_as_far_as_it_remembers(long capacity, int operations, int peers, int messageIds, int seed)
    {
        using var log = new DeduplicationLog(capacity, TransmissionParameters.Default);
        var random = new Random(seed);
        PeerKey[] keys = [.. Enumerable.Range(0, peers).Select(i => NewPeer(random, i))];
        var model = new Dictionary<(PeerKey, byte, ushort), List<Entry>>();
        var recent = new List<(PeerKey Peer, ushort MessageId)>();
        var sinceMark = new List<Entry>();
        long now = 1_000_000;
        long mark = log.Mark;
        int found = 0, forgotten = 0;
        for (int i = 0; i < operations; i++)
        {
            now += random.Next(10) == 0 ? random.Next(200) : 0;
            (PeerKey peer, ushort messageId) = recent.Count > 0 && random.Next(3) == 0 ? recent[random.Next(recent.Count)] : (keys[random.Next(peers)], (ushort)random.Next(messageIds));
            bool isConfirmable = random.Next(4) > 0;
            Answer answer = log.Find(peer, messageId, isConfirmable, now, out ReadOnlySpan<byte> datagram);
            List<Entry> entries = CollectionsMarshal.GetValueRefOrAddDefault(model, (peer, peer.LocalIndex, messageId), out _) ??= [];
            Entry? expected = Newest(entries, now, isConfirmable ? Lifetime : NonLifetime);
            if (answer != Answer.Unknown)
            {
                found++;
                Assert.NotNull(expected);
                Assert.Equal(expected.Answer, answer);
                Assert.True(datagram.SequenceEqual(expected.Datagram));
                continue;
            }

            // Only what has left the ring may be unknown.
            if (expected is not null && now - expected.Time <= (isConfirmable ? Lifetime : NonLifetime))
            {
                forgotten++;
                Assert.True(expected.Position < log.Mark - capacity, $"forgotten early: {expected} at {now}");
            }

            byte[] bytes = [];
            var given = (Answer)random.Next(1, 6);
            if (given == Answer.Datagram)
            {
                bytes = new byte[random.Next(20) == 0 ? random.Next(2000) : random.Next(64)];
                random.NextBytes(bytes);
            }

            log.Add(peer, messageId, given, bytes, now);
            // The entry is the last that was written: 40 bytes and the answer, aligned to 8.
            var entry = new Entry(given, bytes, now, log.Mark - ((40 + bytes.Length + 7) & ~7));
            entries.Add(entry);
            sinceMark.Add(entry);
            if (recent.Count < 100)
                recent.Add((peer, messageId));
            else
                recent[random.Next(100)] = (peer, messageId);
            if (random.Next(40) > 0)
                continue;
            // The end of a batch, which fails now and then.
            if (random.Next(3) == 0)
            {
                log.Forget(mark);
                sinceMark.ForEach(e => e.IsForgotten = true);
            }

            sinceMark.Clear();
            mark = log.Mark;
        }

        Assert.True(found > operations / 10, $"{found} found");
        Assert.Equal(capacity < 16 << 20, forgotten > 0);

        static Entry? Newest(List<Entry> entries, long now, long lifetime)
        {
            for (int i = entries.Count - 1; i >= 0 && now - entries[i].Time <= lifetime + Slack; i--)
            {
                if (!entries[i].IsForgotten)
                    return entries[i];
                // Of a message in hand only the acknowledgement was lost.
                if (entries[i].Answer != Answer.Acknowledged)
                    return null;
            }

            return null;
        }
    }

    [Fact]
    public void A_newer_answer_replaces_an_older_one()
    {
        using var log = new DeduplicationLog(Smallest, TransmissionParameters.Default);
        PeerKey peer = Peer(1);
        log.Add(peer, 7, Answer.Pending, default, 0);
        Assert.Equal(Answer.Pending, log.Find(peer, 7, true, 0, out _));
        log.Add(peer, 7, Answer.Datagram, [1, 2, 3], 100);
        Assert.Equal(Answer.Datagram, log.Find(peer, 7, true, 200, out ReadOnlySpan<byte> datagram));
        Assert.Equal([1, 2, 3], datagram.ToArray());
    }

    [Fact]
    public void Peers_of_one_address_are_told_apart_by_port_scope_and_by_the_address_of_ours_they_speak_to()
    {
        using var log = new DeduplicationLog(Smallest, TransmissionParameters.Default);
        byte[] address = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        PeerKey[] peers =
        [
            PeerKey.FromIPv6(address, 1000, 1, 0), PeerKey.FromIPv6(address, 1001, 1, 0), PeerKey.FromIPv6(address, 1000, 2, 0),
            PeerKey.FromIPv6(address, 1000, 1, 1), PeerKey.FromSession(1), PeerKey.FromConnection(1),
        ];
        foreach (PeerKey peer in peers)
        {
            Assert.Equal(Answer.Unknown, log.Find(peer, 7, true, 0, out _));
            log.Add(peer, 7, Answer.None, default, 0);
        }
    }

    [Fact]
    public void The_oldest_are_overwritten_first_and_the_rest_stays()
    {
        using var log = new DeduplicationLog(Smallest, TransmissionParameters.Default);
        for (int i = 0; i < 10_000; i++)
        {
            log.Add(Peer(i), 7, Answer.Datagram, BitConverter.GetBytes(i), 0);
            // 48 bytes each: the last 1300 fit in any case.
            for (int j = Math.Max(0, i - 1300); j <= i; j += 100)
            {
                Assert.Equal(Answer.Datagram, log.Find(Peer(j), 7, true, 0, out ReadOnlySpan<byte> datagram));
                Assert.Equal(j, BitConverter.ToInt32(datagram));
            }

            if (i >= 1400)
                Assert.Equal(Answer.Unknown, log.Find(Peer(i - 1400), 7, true, 0, out _));
        }
    }

    [Fact]
    public void What_was_added_before_a_mark_survives_when_everything_after_it_is_forgotten()
    {
        using var log = new DeduplicationLog(1 << 20, TransmissionParameters.Default);
        for (int i = 0; i < 1000; i++)
            log.Add(Peer(i), 7, Answer.Datagram, BitConverter.GetBytes(i), 0);
        for (int round = 0; round < 50; round++)
        {
            long mark = log.Mark;
            for (int i = 1000; i < 1300; i++)
                log.Add(Peer(i), 7, Answer.Datagram, BitConverter.GetBytes(i), 0);
            log.Forget(mark);
            for (int i = 1000; i < 1300; i++)
                Assert.Equal(Answer.Unknown, log.Find(Peer(i), 7, true, 0, out _));
        }

        for (int i = 0; i < 1000; i++)
            Assert.Equal(Answer.Datagram, log.Find(Peer(i), 7, true, 0, out _));
    }

    [Fact]
    public void A_batch_larger_than_the_memory_can_be_forgotten()
    {
        using var log = new DeduplicationLog(Smallest, TransmissionParameters.Default);
        long mark = log.Mark;
        for (int i = 0; i < 5000; i++)
            log.Add(Peer(i), 7, Answer.None, default, 0);
        log.Forget(mark);
        for (int i = 0; i < 5000; i++)
            Assert.Equal(Answer.Unknown, log.Find(Peer(i), 7, true, 0, out _));
        log.Add(Peer(1), 7, Answer.None, default, 0);
        Assert.Equal(Answer.None, log.Find(Peer(1), 7, true, 0, out _));
    }

    [Fact]
    public void An_answer_too_long_to_keep_is_remembered_as_given()
    {
        using var log = new DeduplicationLog(Smallest, TransmissionParameters.Default);
        log.Add(Peer(1), 7, Answer.Datagram, new byte[5000], 0);
        Assert.Equal(Answer.None, log.Find(Peer(1), 7, true, 0, out ReadOnlySpan<byte> datagram));
        Assert.Equal(0, datagram.Length);
        log.Add(Peer(2), 7, Answer.Datagram, new byte[4096], 0);
        Assert.Equal(Answer.Datagram, log.Find(Peer(2), 7, true, 0, out datagram));
        Assert.Equal(4096, datagram.Length);
    }

    [Fact]
    public void A_million_exchanges_with_answers_of_16_bytes_take_less_than_128_bytes_each()
    {
        const int Count = 1_000_000;
        using var log = new DeduplicationLog(CoapEndpointOptions.Default.DeduplicationMemory, TransmissionParameters.Default);
        byte[] answer = new byte[16];
        long before = ResidentBytes();
        for (int i = 0; i < Count; i++)
        {
            BitConverter.TryWriteBytes(answer, i);
            log.Add(Peer(i), (ushort)i, Answer.Datagram, answer, i / 5);
        }

        double each = (double)(ResidentBytes() - before) / Count;
        Assert.True(each <= 128, $"{each:0.0} bytes an exchange");
        Assert.True((double)log.Size / Count <= 128);
        for (int i = 0; i < Count; i += 997)
        {
            Assert.Equal(Answer.Datagram, log.Find(Peer(i), (ushort)i, true, 200_000, out ReadOnlySpan<byte> found));
            Assert.Equal(i, BitConverter.ToInt32(found));
        }
    }

    [Fact]
    public void Memory_stays_what_it_is_however_many_are_added()
    {
        using var log = new DeduplicationLog(1 << 20, TransmissionParameters.Default);
        byte[] answer = new byte[16];
        for (int i = 0; i < 100_000; i++)
            log.Add(Peer(i), (ushort)i, Answer.Datagram, answer, i);
        long resident = ResidentBytes();
        long managed = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 2_000_000; i++)
            log.Add(Peer(i), (ushort)i, Answer.Datagram, answer, i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - managed);
        Assert.True(ResidentBytes() - resident < 8 << 20);
        Assert.Equal((1 << 20) + (1 << 17), log.Size);
    }

    private static PeerKey Peer(int number) => PeerKey.FromIPv4((uint)(0x0A00_0000 + (number >> 4)), (ushort)(40_000 + (number & 15)), 0);

    private static PeerKey NewPeer(Random random, int number) => random.Next(3) switch
    {
        0 => PeerKey.FromIPv4((uint)number, 5683, (byte)random.Next(3)),
        1 => PeerKey.FromAddress(new IPEndPoint(new IPAddress([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(number >> 8), (byte)number]), 5683)),
        _ => PeerKey.FromSession((ulong)number),
    };

    private static long ResidentBytes()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private sealed record Entry(Answer Answer, byte[] Datagram, long Time, long Position)
    {
        public bool IsForgotten { get; set; }
    }
}
