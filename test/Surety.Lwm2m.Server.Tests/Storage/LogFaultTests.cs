using Surety.Testing;

namespace Surety.Lwm2m.Server.Tests.Storage;

/// <summary>A full disk, and when the disk is asked to keep what it was given.</summary>
public sealed class LogFaultTests
{
    [Fact]
    public void What_a_full_disk_did_not_take_is_written_when_there_is_space_again()
    {
        var disk = new Disk();
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { Space = disk.Fit });
        log.Append("before"u8);
        log.Flush();

        for (int space = 0; space < 20; space++)
        {
            disk.Space = space;
            log.Append(LogFiles.Bytes($"with {space} bytes left"));
            Assert.Throws<IOException>(log.Flush);
            Assert.Throws<IOException>(log.Flush);
            // What was written before can be read, so that somebody can consume it and make room.
            Assert.Equal("before", LogFiles.Read(log)[0]);
            disk.Space = int.MaxValue;
            log.Flush();
        }

        Assert.Equal(["before", .. Enumerable.Range(0, 20).Select(i => $"with {i} bytes left")], LogFiles.Read(log));
    }

    [Fact]
    public void A_kill_while_the_disk_is_full_loses_only_what_was_not_flushed()
    {
        var disk = new Disk();
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { Space = disk.Fit });
        log.Append("acknowledged"u8);
        log.Flush();
        disk.Space = 15;
        log.Append("half of this is on the disk"u8);
        Assert.Throws<IOException>(log.Flush);
        using LogFiles copy = files.Copy();
        Assert.Equal(["acknowledged"], copy.ReadAnew());
        disk.Space = int.MaxValue;
    }

    [Fact]
    public void While_the_disk_is_full_records_wait_in_memory_up_to_the_limit_across_the_end_of_a_file()
    {
        var disk = new Disk { Space = 0 };
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { Space = disk.Fit, SegmentSize = 100, MaxUnwritten = 1000 });
        var taken = new List<string>();
        while (taken.Count < 1000)
        {
            string record = $"record {taken.Count}";
            try
            {
                log.Append(LogFiles.Bytes(record));
                taken.Add(record);
            }
            catch (IOException)
            {
                break;
            }
        }

        Assert.InRange(taken.Count, 50, 60);
        Assert.Equal([1], files.Segments());
        disk.Space = int.MaxValue;
        log.Flush();
        Assert.Equal(taken, LogFiles.Read(log));
        log.Append("the next file"u8);
        log.Flush();
        Assert.Equal([1, 2], files.Segments());
        Assert.Equal([.. taken, "the next file"], files.Copy().ReadAnew());
    }

    [Fact]
    public void Appending_without_flushing_writes_when_the_limit_is_reached()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { MaxUnwritten = 1000 });
        for (int i = 0; i < 200; i++)
            log.Append(LogFiles.Bytes($"record {i}"));
        log.Flush();
        Assert.Equal(200, LogFiles.Read(log).Count);
    }

    [Fact]
    public void Closing_on_a_full_disk_says_so_and_closes_the_files()
    {
        var disk = new Disk { Space = 0 };
        using var files = new LogFiles();
        AppendLog log = files.Open(new() { Space = disk.Fit });
        log.Append("lost"u8);
        Assert.Throws<IOException>(log.Dispose);
        log.Dispose();
        Assert.Empty(files.ReadAnew());
    }

    [Fact]
    public void The_kernel_itself_says_that_the_disk_is_full()
    {
        if (!File.Exists("/dev/full"))
            return;
        using var files = new LogFiles();
        File.CreateSymbolicLink(files.Segment(1), "/dev/full");
        AppendLog log = files.Open();
        log.Append("lost"u8);
        Assert.Throws<IOException>(log.Flush);
        Assert.Throws<IOException>(log.Dispose);
    }

    [Fact]
    public void An_idle_log_has_no_timer_and_a_dirty_one_synchronises_after_the_interval()
    {
        var time = new CountingTime();
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { SyncInterval = TimeSpan.FromSeconds(5) }, time);
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, time.Due);
        log.Append("record"u8);
        log.Flush();
        log.Append("record"u8);
        log.Flush();
        Assert.Equal(1, time.Due);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, time.Due);
        log.Append("record"u8);
        log.Flush();
        Assert.Equal(1, time.Due);
    }

    [Fact]
    public void A_log_that_is_closed_leaves_no_timer()
    {
        var time = new CountingTime();
        using var files = new LogFiles();
        AppendLog log = files.Open(time: time);
        log.Append("record"u8);
        log.Dispose();
        Assert.Equal(0, time.Due);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Without_an_interval_there_is_no_timer_and_everything_can_be_read_after_the_call(int milliseconds)
    {
        var time = new CountingTime();
        using var files = new LogFiles();
        using AppendLog log = files.Open(new() { SyncInterval = TimeSpan.FromMilliseconds(milliseconds), SegmentSize = 50 }, time);
        for (int i = 0; i < 20; i++)
        {
            log.Append(LogFiles.Bytes($"record {i}"));
            log.Flush();
        }

        log.Append("last"u8);
        log.Sync();
        Assert.Equal(21, LogFiles.Read(log).Count);
        Assert.Equal(0, time.Due);
    }

    private sealed class Disk
    {
        public int Space { get; set; } = int.MaxValue;

        public int Fit(int bytes) => Math.Min(bytes, Space);
    }

    /// <summary>Counts the timers that are due some time.</summary>
    private sealed class CountingTime : TimeProvider
    {
        private readonly ManualTime _time = new();

        public int Due { get; private set; }

        public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

        public void Advance(TimeSpan by) => _time.Advance(by);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(this);
            timer.Inner = _time.CreateTimer(s =>
            {
                timer.Set(false);
                callback(s);
            }, state, dueTime, period);
            return timer;
        }

        private sealed class Timer(CountingTime time) : ITimer
        {
            private bool _isSet;

            public ITimer Inner { get; set; } = null!;

            public void Set(bool isSet)
            {
                time.Due += (isSet ? 1 : 0) - (_isSet ? 1 : 0);
                _isSet = isSet;
            }

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Set(dueTime != Timeout.InfiniteTimeSpan);
                return Inner.Change(dueTime, period);
            }

            public void Dispose()
            {
                Set(false);
                Inner.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
