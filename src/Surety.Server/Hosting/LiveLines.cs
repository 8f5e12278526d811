using System.Text;

namespace Surety.Server.Hosting;

/// <summary>
/// An output whose last lines change in place on a terminal; what else is written to it goes above them. Elsewhere - a file, a service
/// manager's journal - a line is written when its last word has changed, which is the state of what it tells about. Thread-safe.
/// </summary>
/// <param name="output">Where it goes.</param>
/// <param name="width">The columns of the terminal; null: it is none.</param>
internal sealed class LiveLines(TextWriter output, Func<int>? width) : TextWriter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _states = [];
    private IReadOnlyList<string> _lines = [];
    private int _drawn;
    private bool _isWithinLine;

    public override Encoding Encoding => output.Encoding;

    /// <summary>Shows these lines in place of the ones before. The first word names what a line is about.</summary>
    public void Show(IReadOnlyList<string> lines)
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

    private void ShowChanges(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (_states.TryGetValue(words[0], out var last) && last == words[^1])
                continue;
            _states[words[0]] = words[^1];
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
            output.WriteLine($"  {line}"[..Math.Min(line.Length + 2, columns)]);
        _drawn = _lines.Count;
    }
}
