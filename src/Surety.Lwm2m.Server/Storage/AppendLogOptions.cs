namespace Surety.Lwm2m.Server;

/// <summary>How an <see cref="AppendLog"/> keeps its files.</summary>
public sealed record AppendLogOptions
{
    /// <summary>A new file is begun when the present one is this long, bytes. Default 8 MiB.</summary>
    public int SegmentSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>
    /// What was written survives the end of the process at once, and a power failure after this time. Default 1 s, which costs nothing
    /// measurable; <see cref="TimeSpan.Zero"/> synchronises at every <see cref="AppendLog.Flush"/>, which costs milliseconds each;
    /// <see cref="Timeout.InfiniteTimeSpan"/> leaves it to calls of <see cref="AppendLog.Sync"/>.
    /// </summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest record, bytes. Default 2 MiB.</summary>
    public int MaxRecord { get; init; } = 2 * 1024 * 1024;

    /// <summary>Records that could not be written yet, bytes; above this, appending fails. Default 64 MiB.</summary>
    public int MaxUnwritten { get; init; } = 64 * 1024 * 1024;

    /// <summary>For tests of a full disk: is given the bytes of a write and says how many of them still fit.</summary>
    internal Func<int, int>? Space { get; init; }
}
