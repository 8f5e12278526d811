using System.Text;

namespace Surety.Server.Features.Enrollment;

/// <summary>
/// Reads the identities of a CSV file: the first value of each line but the first line. Lines end with CR, LF or both; values that are empty
/// are passed over; what is wrong with a value is found out when it is processed. (enrollment, "Identity and CSV rules".)
/// </summary>
internal sealed class IdentityCsv
{
    /// <summary>Identities in a file. Of whole ones, 10 MB hold half as many; more would only make reports grow.</summary>
    public const int MaxIdentities = 200_000;

    /// <summary>A value that is longer is wrong in any case, and is cut.</summary>
    private const int MaxValueLength = 128;

    private readonly StringBuilder _batch = new();
    private readonly List<string> _batches = [];
    private int _inBatch;

    private IdentityCsv()
    {
    }

    /// <summary>The identities in batches, a line each.</summary>
    public IReadOnlyList<string> Batches => _batches;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Reads a file to its end.</summary>
    /// <exception cref="FormatException">The file is not UTF-8, or holds too much; the message says so.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<IdentityCsv> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        var csv = new IdentityCsv();
        // No other encoding is guessed; a byte order mark of UTF-8 stands in the line that is passed over.
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        using var reader = new StreamReader(file, strict, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        try
        {
            if (await reader.ReadLineAsync(cancellationToken) is null)
                return csv;
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
                csv.Add(line);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("must be a CSV file in UTF-8");
        }

        csv.EndBatch();
        return csv;
    }

    /// <summary>The identities of a batch.</summary>
    public static string[] Split(string batch) => batch.Split('\n');

    /// <summary>The first value of a line; false when there is none.</summary>
    public static bool TryReadValue(ReadOnlySpan<char> line, out string value)
    {
        var trimmed = Trim(line);
        if (trimmed is ['"', ..])
        {
            value = ReadQuoted(trimmed);
            return true;
        }

        var comma = trimmed.IndexOf(',');
        var first = Trim(comma < 0 ? trimmed : trimmed[..comma]);
        value = Bounded(first);
        return first.Length > 0;
    }

    private static string ReadQuoted(ReadOnlySpan<char> text)
    {
        var end = text[1..].IndexOf('"');
        // A quote that never ends, or something between its end and the comma: the quote stays, so that it is found to be wrong.
        if (end < 0)
            return Bounded(text);
        var rest = Trim(text[(end + 2)..]);
        return rest.IsEmpty || rest[0] == ',' ? Bounded(text.Slice(1, end)) : Bounded(text);
    }

    // What the contract calls white space: U+0000 to U+0020.
    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (text is [<= ' ', ..])
            text = text[1..];
        while (text is [.., <= ' '])
            text = text[..^1];
        return text;
    }

    private static string Bounded(ReadOnlySpan<char> value)
    {
        var cut = value.Length <= MaxValueLength ? value : value[..(char.IsHighSurrogate(value[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength)];
        // NUL cannot be stored in PostgreSQL.
        return new string(cut).Replace('\0', '\uFFFD');
    }

    private void Add(string line)
    {
        if (!TryReadValue(line, out var value))
            return;
        if (Count == MaxIdentities)
            throw new FormatException($"must have at most {MaxIdentities} lines");
        if (_inBatch > 0)
            _batch.Append('\n');
        _batch.Append(value);
        Count++;
        if (++_inBatch == BulkBatch.Size)
            EndBatch();
    }

    private void EndBatch()
    {
        if (_inBatch == 0)
            return;
        _batches.Add(_batch.ToString());
        _batch.Clear();
        _inBatch = 0;
    }
}
