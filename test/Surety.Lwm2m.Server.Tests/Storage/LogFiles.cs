using System.Text;

namespace Surety.Lwm2m.Server.Tests.Storage;

/// <summary>A directory with the files of one log, removed at the end.</summary>
internal sealed class LogFiles : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("surety-log-").FullName;

    public AppendLog Open(AppendLogOptions? options = null, TimeProvider? time = null) => AppendLog.Open(Path, "log", options, time);

    public string Segment(int number) => System.IO.Path.Combine(Path, $"log.{number:00000000}.log");

    public IEnumerable<int> Segments() => Directory.EnumerateFiles(Path, "log.*.log")
        .Select(file => int.Parse(System.IO.Path.GetFileName(file)[4..12])).Order();

    /// <summary>The files as they are now, as if the process had been killed: whatever the log holds in memory is not among them.</summary>
    public LogFiles Copy()
    {
        var copy = new LogFiles();
        foreach (string file in Directory.EnumerateFiles(Path))
            File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static List<string> Read(AppendLog log, LogPosition? from = null, int most = int.MaxValue)
    {
        var records = new List<string>();
        log.Read(from ?? log.Start, (_, _, record) =>
        {
            records.Add(Encoding.UTF8.GetString(record));
            return records.Count < most;
        });
        return records;
    }

    /// <summary>Opens the files anew and reads them from the start.</summary>
    public List<string> ReadAnew(AppendLogOptions? options = null)
    {
        using AppendLog log = Open(options);
        return Read(log);
    }
}
