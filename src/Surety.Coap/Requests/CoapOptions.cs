using System.Collections;
using System.Text;

namespace Surety.Coap;

/// <summary>The options of a request or response that is being built or was received whole; kept in the order of their numbers.</summary>
public sealed class CoapOptions : IEnumerable<KeyValuePair<CoapOptionNumber, ReadOnlyMemory<byte>>>
{
    private readonly List<KeyValuePair<CoapOptionNumber, ReadOnlyMemory<byte>>> _options = [];

    /// <summary>How many there are.</summary>
    public int Count => _options.Count;

    /// <summary>Adds an option behind those of the same number.</summary>
    public CoapOptions Add(CoapOptionNumber number, ReadOnlyMemory<byte> value)
    {
        int index = _options.Count;
        while (index > 0 && _options[index - 1].Key > number)
            index--;
        _options.Insert(index, new(number, value));
        return this;
    }

    /// <summary>Adds an option that is a string.</summary>
    public CoapOptions Add(CoapOptionNumber number, string value) => Add(number, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds an option that is an unsigned integer.</summary>
    public CoapOptions Add(CoapOptionNumber number, uint value)
    {
        byte[] bytes = new byte[(32 - (int)uint.LeadingZeroCount(value) + 7) / 8];
        for (int i = bytes.Length - 1; i >= 0; i--, value >>= 8)
            bytes[i] = (byte)value;
        return Add(number, bytes);
    }

    /// <summary>Replaces all options of this number by one; null removes them.</summary>
    public CoapOptions Set(CoapOptionNumber number, uint? value)
    {
        Remove(number);
        return value is { } v ? Add(number, v) : this;
    }

    /// <summary>Removes all options of this number.</summary>
    public void Remove(CoapOptionNumber number) => _options.RemoveAll(option => option.Key == number);

    /// <summary>There is an option of this number.</summary>
    public bool Contains(CoapOptionNumber number) => TryGet(number, out _);

    /// <summary>The first option of this number.</summary>
    public bool TryGet(CoapOptionNumber number, out ReadOnlyMemory<byte> value)
    {
        foreach ((CoapOptionNumber key, ReadOnlyMemory<byte> bytes) in _options)
        {
            if (key == number)
            {
                value = bytes;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The first option of this number as an unsigned integer; null when absent or longer than four bytes.</summary>
    public uint? GetUInt(CoapOptionNumber number) =>
        TryGet(number, out ReadOnlyMemory<byte> value) && value.Length <= 4 ? CoapOption.ReadUInt(value.Span) : null;

    /// <summary>All options of this number as strings.</summary>
    public IEnumerable<string> GetStrings(CoapOptionNumber number)
    {
        foreach ((CoapOptionNumber key, ReadOnlyMemory<byte> bytes) in _options)
        {
            if (key == number)
                yield return Encoding.UTF8.GetString(bytes.Span);
        }
    }

    /// <summary>Copies the options of a received message, without those that must be ignored: of a wrong length, or repeated (RFC 7252, 5.4.3, 5.4.5).</summary>
    internal static CoapOptions Read(CoapOptionReader reader)
    {
        var options = new CoapOptions();
        CoapOptionNumber? previous = null;
        while (reader.MoveNext())
        {
            CoapOptionNumber number = reader.Number;
            bool isRepeated = number == previous;
            previous = number;
            if (!CoapOptionNumbers.TryGetDefinition(number, out CoapOptionNumbers.OptionDefinition definition) || definition.Allows(reader.Value.Length, isRepeated))
                options._options.Add(new(number, reader.Value.ToArray()));
        }

        return options;
    }

    internal void WriteTo(ref CoapMessageWriter writer)
    {
        foreach ((CoapOptionNumber number, ReadOnlyMemory<byte> value) in _options)
            writer.Option(number, value.Span);
    }

    internal CoapOptions Clone()
    {
        var clone = new CoapOptions();
        clone._options.AddRange(_options);
        return clone;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<CoapOptionNumber, ReadOnlyMemory<byte>>> GetEnumerator() => _options.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
