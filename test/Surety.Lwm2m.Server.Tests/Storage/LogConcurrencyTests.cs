using System.Buffers.Binary;

namespace Surety.Lwm2m.Server.Tests.Storage;

public sealed class LogConcurrencyTests
{
    private const int Writers = 4;
    private const int PerWriter = 20_000;

    [Fact]
    public async Task Records_of_many_threads_are_all_there_each_thread_in_order()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { SegmentSize = 100_000, SyncInterval = TimeSpan.FromMilliseconds(1) });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Write(log, writer))));
        Assert.Equal(Writers * PerWriter, Check(log, log.Start, new int[Writers], out _));
        using LogFiles copy = files.Copy();
        using AppendLog copied = copy.Open();
        Assert.Equal(Writers * PerWriter, Check(copied, copied.Start, new int[Writers], out _));
    }

    [Fact]
    public async Task A_consumer_that_follows_the_writers_and_removes_what_it_read_misses_nothing()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { SegmentSize = 50_000 });
        Task writers = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Write(log, writer))));
        int[] expected = new int[Writers];
        int count = 0;
        LogPosition position = log.Start;
        while (true)
        {
            bool isLast = writers.IsCompleted;
            count += Check(log, position, expected, out LogPosition? next);
            position = next ?? position;
            log.DeleteBefore(position.Segment);
            if (isLast)
                break;
        }

        await writers;
        Assert.Equal(Writers * PerWriter, count);
        Assert.Single(files.Segments());
    }

    [Fact]
    public async Task Removing_files_under_a_reader_makes_gaps_and_no_errors()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { SegmentSize = 10_000 });
        using var stop = new CancellationTokenSource();
        Task reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                int last = -1;
                log.Read(log.Start, (_, _, record) =>
                {
                    int number = BinaryPrimitives.ReadInt32LittleEndian(record[4..]);
                    Assert.True(number > last);
                    last = number;
                    return true;
                });
            }
        }, TestContext.Current.CancellationToken);
        for (int i = 0; i < 50_000; i++)
        {
            Append(log, 0, i);
            if (i % 100 == 0)
            {
                log.Flush();
                log.DeleteBefore(log.End.Segment);
            }
        }

        await stop.CancelAsync();
        await reader;
    }

    [Fact]
    public async Task Synchronising_at_every_flush_serves_many_threads()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { SyncInterval = TimeSpan.Zero, SegmentSize = 1000 });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                Append(log, writer, i);
                log.Flush();
            }
        })));
        Assert.Equal(Writers * 50, Check(log, log.Start, new int[Writers], out _));
    }

    private static void Write(AppendLog log, int writer)
    {
        for (int i = 0; i < PerWriter; i++)
        {
            Append(log, writer, i);
            if (i % 7 == 0)
                log.Flush();
        }

        log.Flush();
    }

    private static void Append(AppendLog log, int writer, int number)
    {
        Span<byte> record = stackalloc byte[8 + (number % 50)];
        record.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(record, writer);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], number);
        log.Append(record);
    }

    private static int Check(AppendLog log, LogPosition from, int[] expected, out LogPosition? end)
    {
        int count = 0;
        LogPosition? last = null;
        log.Read(from, (_, next, record) =>
        {
            int writer = BinaryPrimitives.ReadInt32LittleEndian(record);
            Assert.Equal(expected[writer]++, BinaryPrimitives.ReadInt32LittleEndian(record[4..]));
            Assert.Equal(8 + ((expected[writer] - 1) % 50), record.Length);
            count++;
            last = next;
            return true;
        });
        end = last;
        return count;
    }
}
