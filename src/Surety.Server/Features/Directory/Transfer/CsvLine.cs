using System.Text;

namespace Surety.Server.Features.Directory;

/// <summary>
/// Writes lines of CSV, RFC 4180, that are safe to open in a spreadsheet: a value that such a program would take for a formula gets an apostrophe
/// before it, which <see cref="CsvReader"/> users take away with <see cref="Unguard"/>. (OWASP, "CSV Injection".)
/// </summary>
internal static class CsvLine
{
    private const char Guard = '\'';

    private static readonly System.Buffers.SearchValues<char> NeedsQuotes = System.Buffers.SearchValues.Create("\",\r\n;\t ");

    /// <summary>Appends a line with its end.</summary>
    public static void Append(StringBuilder target, IEnumerable<string> values)
    {
        var isFirst = true;
        foreach (var value in values)
        {
            if (!isFirst)
                target.Append(',');
            isFirst = false;
            AppendValue(target, value);
        }

        target.Append("\r\n");
    }

    /// <summary>The value that <see cref="Append"/> was given.</summary>
    public static string Unguard(string value) => value is [Guard, var next, ..] && (IsFormula(next) || next == Guard) ? value[1..] : value;

    /// <summary>Whether a spreadsheet takes a value that begins with it for a formula.</summary>
    public static bool IsFormula(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';

    private static void AppendValue(StringBuilder target, string value)
    {
        // An apostrophe that was there before gets one, too, so that none is lost on the way back.
        var isGuarded = value is [var first, ..] && (IsFormula(first) || first == Guard);
        if (!value.AsSpan().ContainsAny(NeedsQuotes) && !isGuarded)
        {
            target.Append(value);
            return;
        }

        target.Append('"');
        if (isGuarded)
            target.Append(Guard);
        target.Append(value).Replace("\"", "\"\"", target.Length - value.Length, value.Length).Append('"');
    }
}
