namespace Surety.Lwm2m.Server.Tests.Storage;

/// <summary>Whatever state a crash or a bad disk leaves the files in, the log opens, gives what is whole, and takes new records.</summary>
public sealed class LogDamageTests
{
    private static readonly string[] Records = ["one", "", "a longer record, of more than one word", "four"];

    [Fact]
    public void A_file_that_ends_at_any_byte_gives_the_records_that_are_whole()
    {
        using LogFiles files = Written();
        byte[] whole = File.ReadAllBytes(files.Segment(1));
        int[] ends = [.. Records.Select((_, i) => Records.Take(i + 1).Sum(r => 8 + r.Length))];
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(files.Segment(1), whole[..length]);
            int expected = ends.Count(end => end <= length);
            Assert.Equal([.. Records[..expected], "new"], AppendAndReadAnew(files));
        }
    }

    [Fact]
    public void A_bit_that_is_flipped_anywhere_costs_records_but_never_makes_one_up()
    {
        using LogFiles files = Written();
        byte[] whole = File.ReadAllBytes(files.Segment(1));
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(files.Segment(1), damaged);
            List<string> read = AppendAndReadAnew(files);
            Assert.Equal("new", read[^1]);
            Assert.Equal(Records.Intersect(read), read[..^1]);
            Assert.True(read.Count <= Records.Length);
        }
    }

    [Fact]
    public void A_record_whose_content_is_damaged_does_not_hide_those_behind_it()
    {
        using LogFiles files = Written();
        byte[] bytes = File.ReadAllBytes(files.Segment(1));
        bytes[8] ^= 1;
        bytes[8 + 3 + 8 + 8 + 5] ^= 1;
        File.WriteAllBytes(files.Segment(1), bytes);
        Assert.Equal(["", "four", "new"], AppendAndReadAnew(files));
    }

    [Fact]
    public void Space_that_was_allocated_and_never_written_is_no_record()
    {
        using LogFiles files = Written();
        byte[] bytes = File.ReadAllBytes(files.Segment(1));
        File.WriteAllBytes(files.Segment(1), [.. bytes, .. new byte[5000]]);
        Assert.Equal([.. Records, "new"], AppendAndReadAnew(files));
    }

    [Fact]
    public void Random_bytes_are_no_records()
    {
        using var files = new LogFiles();
        byte[] noise = new byte[300_000];
        var random = new Random(11);
        for (int round = 0; round < 50; round++)
        {
            random.NextBytes(noise);
            File.WriteAllBytes(files.Segment(1), noise[..random.Next(noise.Length)]);
            Assert.Equal(["new"], AppendAndReadAnew(files));
        }
    }

    [Fact]
    public void A_length_without_end_does_not_take_memory()
    {
        using var files = new LogFiles();
        File.WriteAllBytes(files.Segment(1), [0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.Equal(["new"], AppendAndReadAnew(files));
    }

    [Fact]
    public void Damage_in_an_older_file_leaves_the_newer_ones_readable()
    {
        var options = new AppendLogOptions { SegmentSize = 60 };
        using var files = new LogFiles();
        using (AppendLog log = files.Open(options))
        {
            for (int i = 0; i < 12; i++)
                log.Append(LogFiles.Bytes($"record {i:00}"));
        }

        Assert.Equal([1, 2, 3, 4], files.Segments());
        File.WriteAllBytes(files.Segment(2), File.ReadAllBytes(files.Segment(2))[..30]);
        File.Delete(files.Segment(3));
        Assert.Equal(["record 00", "record 01", "record 02", "record 03", "record 09", "record 10", "record 11"], files.ReadAnew(options));
    }

    [Fact]
    public void A_kill_between_two_files_loses_nothing()
    {
        using LogFiles files = Written();
        File.WriteAllBytes(files.Segment(2), []);
        Assert.Equal([.. Records, "new"], AppendAndReadAnew(files));
        Assert.Equal(2, files.Segments().Last());
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_ends_the_reading()
    {
        using var files = new LogFiles();
        using AppendLog log = files.Open();
        log.Append("first"u8);
        log.Append(new byte[500_000]);
        log.Flush();
        using (var stream = new FileStream(files.Segment(1), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(100);
        Assert.Equal(["first"], LogFiles.Read(log));
    }

    private static LogFiles Written()
    {
        var files = new LogFiles();
        using AppendLog log = files.Open();
        foreach (string record in Records)
            log.Append(LogFiles.Bytes(record));
        return files;
    }

    /// <summary>A damaged log must also be able to go on.</summary>
    private static List<string> AppendAndReadAnew(LogFiles files)
    {
        using (AppendLog log = files.Open())
        {
            log.Append("new"u8);
            log.Flush();
            Assert.Equal("new", LogFiles.Read(log)[^1]);
        }

        return files.ReadAnew();
    }
}
