using System.Globalization;

namespace HostMetrics;

/// <summary>What Linux says about itself.</summary>
internal static class Proc
{
    public static string? TryRead(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    public static double? FirstNumber(string path) =>
        double.TryParse(TryRead(path)?.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    /// <summary>A line of <c>/proc/meminfo</c>, KiB.</summary>
    public static long Memory(string name)
    {
        string? line = TryRead("/proc/meminfo")?.Split('\n').FirstOrDefault(item => item.StartsWith(name + ":", StringComparison.Ordinal));
        return long.TryParse(line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes : 0;
    }

    /// <summary>Busy and total time of all processors since the start, in ticks.</summary>
    public static (long Busy, long Total) Processor()
    {
        string? line = TryRead("/proc/stat")?.Split('\n')[0];
        long[] times = [.. (line ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        // user, nice, system, idle, iowait, irq, softirq, steal
        return times.Length < 5 ? (0, 0) : (times.Sum() - times[3] - times[4], times.Sum());
    }
}
