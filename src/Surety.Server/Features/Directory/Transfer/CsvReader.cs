using System.Text;

namespace Surety.Server.Features.Directory;

/// <summary>Reads CSV, RFC 4180, record by record; lines may end with CR, LF or both. Memory is bounded by one record.</summary>
/// <param name="reader">The text; a byte order mark at its begin is passed over.</param>
internal sealed class CsvReader(TextReader reader)
{
    /// <summary>Characters of a value; the longest text of a device has 2000.</summary>
    public const int MaxValueLength = 4096;

    /// <summary>Values of a record.</summary>
    public const int MaxValues = 256;

    private readonly StringBuilder _value = new();
    private readonly char[] _buffer = new char[4096];
    private int _length;
    private int _position;
    private bool _hasBegun;

    /// <summary>The next record; null at the end. Lines without anything are passed over.</summary>
    /// <exception cref="FormatException">Not CSV; the message says what is wrong.</exception>
    /// <exception cref="DecoderFallbackException">Not the text that the reader expects.</exception>
    public async ValueTask<IReadOnlyList<string>?> ReadAsync(CancellationToken cancellationToken)
    {
        var values = new List<string>();
        var wasQuoted = false;
        while (true)
        {
            var next = await NextAsync(cancellationToken);
            switch (next)
            {
                case '"' when _value.Length == 0 && !wasQuoted:
                    await ReadQuotedAsync(cancellationToken);
                    wasQuoted = true;
                    continue;
                case ',':
                    End(values);
                    wasQuoted = false;
                    continue;
                case '\r' or '\n' or -1:
                    if (values.Count == 0 && _value.Length == 0 && !wasQuoted)
                    {
                        if (next < 0)
                            return null;
                        continue;
                    }

                    End(values);
                    return values;
                default:
                    if (wasQuoted)
                        throw new FormatException("has text behind a quoted value; write quotes within a value twice");
                    Add((char)next);
                    continue;
            }
        }
    }

    private async ValueTask ReadQuotedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = await NextAsync(cancellationToken);
            if (next < 0)
                throw new FormatException("ends within a quoted value");
            if (next != '"')
            {
                Add((char)next);
                continue;
            }

            if (await PeekAsync(cancellationToken) != '"')
                return;
            _position++;
            Add('"');
        }
    }

    private void Add(char next)
    {
        if (_value.Length == MaxValueLength)
            throw new FormatException($"has a value of more than {MaxValueLength} characters");
        _value.Append(next);
    }

    private void End(List<string> values)
    {
        if (values.Count == MaxValues)
            throw new FormatException($"has more than {MaxValues} values in a line");
        values.Add(_value.ToString());
        _value.Clear();
    }

    private async ValueTask<int> NextAsync(CancellationToken cancellationToken)
    {
        var next = await PeekAsync(cancellationToken);
        _position++;
        return next;
    }

    private async ValueTask<int> PeekAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_position >= _length)
            {
                _length = await reader.ReadAsync(_buffer, cancellationToken);
                _position = 0;
                if (_length == 0)
                    return -1;
            }

            if (_hasBegun || _buffer[_position] != '\uFEFF')
                break;
            _hasBegun = true;
            _position++;
        }

        _hasBegun = true;
        return _buffer[_position];
    }
}
