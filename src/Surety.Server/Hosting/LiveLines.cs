using System.Globalization;
using System.Text;

namespace Surety.Server.Hosting;

/// <summary>
/// An output whose last lines change in place on a terminal; what else is written to it goes above them. Elsewhere - a file, a service
/// manager's journal - a line is written when the state of what it tells about has changed. Thread-safe.
/// </summary>
/// <param name="output">Where it goes.</param>
/// <param name="width">The columns of the terminal; null: it is none.</param>
internal sealed class LiveLines(TextWriter output, Func<int>? width) : TextWriter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _states = [];
    private IReadOnlyList<LiveLine> _lines = [];
    private int _drawn;
    private bool _isWithinLine;

    public override Encoding Encoding => output.Encoding;

    /// <summary>Shows these lines in place of the ones before.</summary>
    public void Show(IReadOnlyList<LiveLine> lines)
    {
        lock (_gate)
        {
            if (width is null)
            {
                ShowChanges(lines);
                return;
            }

            _lines = lines;
            Erase();
            Draw();
            output.Flush();
        }
    }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (buffer.IsEmpty)
            return;
        lock (_gate)
        {
            Erase();
            output.Write(buffer);
            _isWithinLine = buffer[^1] != '\n';
            Draw();
        }
    }

    public override void Flush()
    {
        lock (_gate)
            output.Flush();
    }

    private void ShowChanges(IReadOnlyList<LiveLine> lines)
    {
        foreach (var line in lines)
        {
            if (_states.TryGetValue(line.Name, out var last) && last == line.State)
                continue;
            _states[line.Name] = line.State;
            output.WriteLine($"  {line}");
        }

        output.Flush();
    }

    // ECMA-48: cursor up, erase below.
    private void Erase()
    {
        if (_drawn > 0)
            output.Write($"\e[{_drawn}A\e[J");
        _drawn = 0;
    }

    private void Draw()
    {
        if (_isWithinLine || width is null)
            return;
        // A line that wraps would be two.
        var columns = Math.Max(width(), 20) - 1;
        foreach (var line in _lines)
        {
            var text = $"  {line}";
            output.WriteLine(text[..Math.Min(text.Length, columns)]);
        }

        _drawn = _lines.Count;
    }
}

/// <summary>A line of <see cref="LiveLines"/>.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Value">What changes all the time.</param>
/// <param name="State">What is news when it changes.</param>
internal sealed record LiveLine(string Name, string Value, string State)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name,-16}  {Value,-30}  {State}");
}
