using System.Globalization;

namespace Surety.Server.Hosting;

/// <summary>
/// Collects what the operator wants to know when the server has started - addresses, files, warnings - and prints it as short lines once
/// everything listens. A line that is added later is printed at once.
/// </summary>
/// <param name="output">Where the lines go; null sends them to the log.</param>
/// <param name="log">The log.</param>
internal sealed partial class StartupReport(TextWriter? output, ILogger<StartupReport> log)
{
    private readonly Lock _gate = new();
    private readonly List<(string Label, string Text)> _lines = [];
    private bool _isPrinted;

    /// <summary>Adds a line: a label of at most 14 characters, such as <c>LwM2M</c>, and what there is to say.</summary>
    public void Add(string label, string text)
    {
        lock (_gate)
        {
            if (_isPrinted)
                Print(label, text);
            else
                _lines.Add((label, text));
        }
    }

    /// <summary>Prints the lines in the order in which they were added.</summary>
    public void Print()
    {
        lock (_gate)
        {
            foreach (var (label, text) in _lines)
                Print(label, text);
            output?.Flush();
            _isPrinted = true;
        }
    }

    private void Print(string label, string text)
    {
        if (output is null)
            LogLine(label, text);
        else
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {label,-14}  {text}"));
    }

    [LoggerMessage(1121, LogLevel.Information, "{Label}: {Text}")]
    private partial void LogLine(string label, string text);
}
