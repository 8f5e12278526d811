namespace Surety.Lwm2m.Server.Tests.Storage;

public sealed class AppendLogTests
{
    private static readonly AppendLogOptions Small = new() { SegmentSize = 100 };

    [Fact]
    public void Records_are_read_in_order_with_their_positions()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open();
        LogPosition first = log.Append("one"u8);
        LogPosition second = log.Append(""u8);
        LogPosition third = log.Append("three"u8);
        log.Flush();

        var read = new List<(LogPosition, LogPosition, int)>();
        log.Read(log.Start, (position, next, record) =>
        {
            read.Add((position, next, record.Length));
            return true;
        });
        Assert.Equal([(first, second, 3), (second, third, 0), (third, log.End, 5)], read);
        Assert.Equal(log.Start, first);
        Assert.True(first < second && second < third && third < log.End);
    }

    [Fact]
    public void Reading_begins_at_a_position_and_stops_when_the_reader_wants_no_more()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open(Small);
        LogPosition[] positions = [.. Enumerable.Range(0, 50).Select(i => log.Append(LogFiles.Bytes($"record {i}")))];
        log.Flush();
        Assert.Equal(["record 17", "record 18"], LogFiles.Read(log, positions[17], most: 2));
        Assert.Equal(33, LogFiles.Read(log, positions[17]).Count);
        Assert.Empty(LogFiles.Read(log, log.End));
    }

    [Fact]
    public void What_was_not_flushed_is_not_read()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open();
        log.Append("written"u8);
        log.Flush();
        log.Append("waiting"u8);
        Assert.Equal(["written"], LogFiles.Read(log));
        log.Flush();
        Assert.Equal(["written", "waiting"], LogFiles.Read(log));
    }

    [Fact]
    public void What_was_flushed_survives_a_kill_and_what_was_not_does_not()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open();
        log.Append("kept"u8);
        log.Flush();
        log.Append("lost"u8);
        using LogFiles copy = files.Copy();
        Assert.Equal(["kept"], copy.ReadAnew());
    }

    [Fact]
    public void Closing_writes_what_was_appended()
    {
        using var files = new LogFiles();
        using (AppendLog log = files.Open())
            log.Append("last words"u8);
        Assert.Equal(["last words"], files.ReadAnew());
    }

    [Fact]
    public void A_log_goes_on_where_it_was_closed()
    {
        using var files = new LogFiles();
        for (int i = 0; i < 5; i++)
        {
            using AppendLog log = files.Open();
            log.Append(LogFiles.Bytes($"run {i}"));
        }

        Assert.Equal(["run 0", "run 1", "run 2", "run 3", "run 4"], files.ReadAnew());
        Assert.Equal([1], files.Segments());
    }

    [Fact]
    public void A_new_file_is_begun_when_the_present_one_is_full()
    {
        using var files = new LogFiles();
        string[] records = [.. Enumerable.Range(0, 40).Select(i => $"record {i}")];
        using (AppendLog log = files.Open(Small))
        {
            foreach (string record in records)
                log.Append(LogFiles.Bytes(record));
            log.Flush();
            // 8 bytes of header and 8 or 9 of text: five in 100 bytes.
            Assert.Equal(Enumerable.Range(1, 8), files.Segments());
            Assert.Equal(records, LogFiles.Read(log));
            Assert.Equal(Enumerable.Range(1, 8).Sum(i => new FileInfo(files.Segment(i)).Length), log.Length);
        }

        Assert.Equal(records, files.ReadAnew(Small));
    }

    [Fact]
    public void A_record_that_is_larger_than_a_file_has_one_of_its_own()
    {
        using var files = new LogFiles();
        string large = new('x', 1000);
        using AppendLog log = files.Open(Small);
        foreach (string record in new[] { "before", large, "after" })
            log.Append(LogFiles.Bytes(record));
        log.Flush();
        Assert.Equal(["before", large, "after"], LogFiles.Read(log));
        Assert.Equal([1, 2, 3], files.Segments());
    }

    [Theory]
    [InlineData(256 * 1024 - 8)]
    [InlineData(256 * 1024 - 7)]
    [InlineData(2 * 1024 * 1024)]
    public void Records_larger_than_what_is_read_at_once_are_read_whole(int size)
    {
        using var files = new LogFiles();
        byte[] large = new byte[size];
        new Random(7).NextBytes(large);
        using AppendLog log = files.Open();
        log.Append("before"u8);
        log.Append(large);
        log.Append("after"u8);
        log.Flush();
        var read = new List<byte[]>();
        log.Read(log.Start, (_, _, record) =>
        {
            read.Add(record.ToArray());
            return true;
        });
        Assert.Equal(3, read.Count);
        Assert.Equal(large, read[1]);
    }

    [Fact]
    public void A_record_over_the_limit_is_refused()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { MaxRecord = 10 });
        log.Append(new byte[10]);
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Append(new byte[11]));
    }

    [Fact]
    public void Files_before_a_segment_are_removed_and_the_one_in_use_is_kept()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open(Small);
        LogPosition[] positions = [.. Enumerable.Range(0, 40).Select(i => log.Append(LogFiles.Bytes($"record {i}")))];
        log.Flush();
        log.DeleteBefore(positions[20].Segment);
        int first = Array.FindIndex(positions, p => p.Segment == positions[20].Segment);
        Assert.Equal(positions[first], log.Start);
        Assert.Equal($"record {first}", LogFiles.Read(log)[0]);
        // A reader that was slower than the removal goes on with what is left.
        Assert.Equal($"record {first}", LogFiles.Read(log, positions[3])[0]);
        log.DeleteBefore(int.MaxValue);
        Assert.Equal([log.End.Segment], files.Segments());
        Assert.Equal(new FileInfo(files.Segment(log.End.Segment)).Length, log.Length);
    }

    [Fact]
    public void Numbers_of_files_go_on_after_older_ones_were_removed()
    {
        using var files = new LogFiles();
        LogPosition last;
        using (AppendLog log = files.Open(Small))
        {
            for (int i = 0; i < 40; i++)
                log.Append(LogFiles.Bytes($"record {i}"));
            log.DeleteBefore(int.MaxValue);
            last = log.End;
        }

        using AppendLog reopened = files.Open(Small);
        Assert.Equal(last, reopened.End);
        Assert.Equal(last.Segment + 1, reopened.StartNewSegment());
        // An empty file is as good as a new one.
        Assert.Equal(last.Segment + 1, reopened.StartNewSegment());
    }

    [Fact]
    public void Files_that_do_not_belong_to_the_log_are_left_alone()
    {
        using var files = new LogFiles();
        foreach (string name in new[] { "log..log", "log.x.log", "log.1.log", "log.-0000001.log", "log.00000001.log.bak", "other.00000009.log", "log.other.00000009.log" })
            File.WriteAllText(System.IO.Path.Combine(files.Path, name), "something else");
        using AppendLog log = files.Open();
        log.Append("mine"u8);
        log.Flush();
        log.DeleteBefore(int.MaxValue);
        Assert.Equal(new LogPosition(1, 0), log.Start);
        Assert.Equal(["mine"], LogFiles.Read(log));
        Assert.Equal(8, Directory.GetFiles(files.Path).Length);
    }

    [Fact]
    public void A_closed_log_says_so()
    {
        using var files = new LogFiles();
        AppendLog log = files.Open();
        log.Dispose();
        log.Dispose();
        Assert.Throws<ObjectDisposedException>(() => log.Append("late"u8));
        Assert.Throws<ObjectDisposedException>(() => log.Read(default, (_, _, _) => true));
        Assert.Throws<ObjectDisposedException>(() => log.StartNewSegment());
    }

    [Fact]
    public void A_directory_that_is_not_there_is_an_IOException() =>
        Assert.ThrowsAny<IOException>(() => AppendLog.Open(System.IO.Path.Combine(System.IO.Path.GetTempPath(), "no-such-directory"), "log"));

    [Fact]
    public void Appending_and_flushing_do_not_allocate()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { SyncInterval = Timeout.InfiniteTimeSpan });
        byte[] record = new byte[150];
        Run(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int count)
        {
            for (int i = 0; i < count; i++)
            {
                log.Append(record);
                if (i % 16 == 0)
                    log.Flush();
            }
        }
    }
}
