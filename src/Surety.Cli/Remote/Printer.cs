using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Surety.Cli;

/// <summary>Tables for people; for programs one JSON object a line.</summary>
internal sealed class Printer(TextWriter output, bool isJson)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool IsJson => isJson;

    public async Task TableAsync<T>(IAsyncEnumerable<T> items, int limit, CancellationToken cancellationToken, params (string Heading, Func<T, object?> Value)[] columns)
    {
        List<string[]> rows = [[.. columns.Select(column => column.Heading)]];
        await foreach (T item in items.Take(limit).WithCancellation(cancellationToken))
        {
            if (isJson)
                Object(item);
            else
                rows.Add([.. columns.Select(column => Text(column.Value(item)))]);
        }

        if (isJson)
            return;
        int[] widths = [.. columns.Select((_, i) => rows.Max(row => row[i].Length))];
        foreach (string[] row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }

    /// <summary>One thing with all its members that have a value.</summary>
    public void One<T>(T item)
    {
        if (isJson)
        {
            Object(item);
            return;
        }

        foreach (JsonProperty member in JsonSerializer.SerializeToElement(item, Json).EnumerateObject().Where(m => m.Value.ToString() is not ("" or "[]" or "{}")))
            output.WriteLine($"{member.Name,-32}{(member.Value.ValueKind == JsonValueKind.String && member.Value.GetString()!.StartsWith("-----BEGIN", StringComparison.Ordinal) ? member.Value.GetString() : Text(member.Value))}");
    }

    public void Object<T>(T item) => output.WriteLine(JsonSerializer.Serialize(item, Json));

    public void Line(string text)
    {
        output.WriteLine(Text(text));
        output.Flush();
    }

    // Names come from devices and other people: they must not steer the terminal.
    private static string Text(object? value)
    {
        string text = value switch
        {
            null => "",
            bool flag => flag ? "yes" : "no",
            DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
    }
}
