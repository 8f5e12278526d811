using System.Text.Json.Nodes;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Server.Features.Notifications;
using Surety.Testing;

namespace Surety.Server.Tests.Notifications;

/// <summary>The events of a channel: kept, bounded in size and age, told once. (Pelion Connect, "Documented queue limits".)</summary>
public sealed class ChannelQueueTests : IDisposable
{
    private static readonly EntityId Account = new(1, 2);
    private static readonly EntityId Device = new(3, 4);

    private readonly string _directory = Directory.CreateTempSubdirectory("surety-queue").FullName;
    private readonly ManualTime _time = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_was_flushed_is_there_again_and_what_was_confirmed_is_not()
    {
        using (var queue = Open())
        {
            Add(queue, 10);
            using var batch = queue.Read(queue.Cursor, 4, int.MaxValue)!;
            Assert.Equal(4, batch.Count);
            queue.Confirm(batch);
            Assert.Equal(6, queue.Count);
        }

        using (var queue = Open())
        {
            Assert.Equal(6, queue.Count);
            Assert.Equal(["4", "5", "6", "7", "8", "9"], ReadAll(queue));
        }
    }

    [Fact]
    public void Events_are_dropped_when_they_are_a_day_old()
    {
        using var queue = Open();
        Add(queue, 3);
        _time.Advance(TimeSpan.FromHours(12));
        queue.Sweep();
        Add(queue, 2, from: 3);
        _time.Advance(TimeSpan.FromHours(12) + TimeSpan.FromSeconds(1));
        Assert.Equal(["3", "4"], ReadAll(queue));
        Assert.Equal(3, queue.Sweep());
        Assert.Equal(2, queue.Count);
    }

    [Fact]
    public void Above_50_MB_the_oldest_events_go()
    {
        using var queue = Open();
        var value = new byte[100_000];
        for (var i = 0; i < 600; i++)
        {
            Append(queue, i, value);
            queue.Flush();
        }

        Assert.InRange(new DirectoryInfo(_directory).EnumerateFiles().Sum(file => file.Length), 40_000_000, 52_000_000);
        using var batch = queue.Read(queue.Cursor, int.MaxValue, int.MaxValue)!;
        Assert.Equal(queue.Count, batch.Count);
        var ages = Render(batch).Select(item => (int)item["max-age"]!).ToList();
        Assert.Equal(Enumerable.Range(600 - batch.Count, batch.Count), ages);
        Assert.Equal(600 - batch.Count, queue.Sweep());
    }

    [Fact]
    public void A_delivery_is_bounded_in_number_and_size_but_takes_one_event_of_any_size()
    {
        using var queue = Open();
        Add(queue, 20);
        Append(queue, 20, new byte[1_048_576]);
        queue.Flush();
        using (var batch = queue.Read(queue.Cursor, 15, int.MaxValue)!)
        {
            Assert.Equal(15, batch.Count);
            queue.Confirm(batch);
        }

        using (var batch = queue.Read(queue.Cursor, 100, ChannelLimits.MaxDelivery)!)
        {
            Assert.Equal(5, batch.Count);
            queue.Confirm(batch);
        }

        using (var batch = queue.Read(queue.Cursor, 100, ChannelLimits.MaxDelivery)!)
            Assert.Equal(1, batch.Count);
    }

    private ChannelQueue Open() => ChannelQueue.Open(_directory, Account, _time);

    private void Add(ChannelQueue queue, int count, int from = 0)
    {
        for (var i = from; i < from + count; i++)
            Append(queue, i, System.Text.Encoding.UTF8.GetBytes($"{i}"));
        queue.Flush();
    }

    private void Append(ChannelQueue queue, int number, byte[] value) => queue.Append(ChannelEvent.Notification(
        Device, "device", Lwm2mPath.Parse("/3303/0/5700"), ContentFormat.TextPlain, value, (uint)number).ToRecord(_time.GetUtcNow().ToUnixTimeMilliseconds()));

    private static List<string> ReadAll(ChannelQueue queue)
    {
        using var batch = queue.Read(queue.Cursor, int.MaxValue, int.MaxValue)!;
        return [.. Render(batch).Select(item => Connect.Application.Decode(item))];
    }

    private static IEnumerable<JsonNode> Render(ChannelBatch batch)
    {
        using var output = new PooledBuffer();
        Envelope.Write(batch, 1, SerializationConfig.Default, output);
        return [.. JsonNode.Parse(output.WrittenSpan)!["notifications"]!.AsArray().Select(item => item!)];
    }
}
