namespace Surety.Coap;

/// <summary>Walks the values of one repeatable option: the segments of a path, the arguments of a query.</summary>
public ref struct RepeatedOptionReader
{
    private readonly CoapOptionNumber _number;
    private CoapOptionReader _options;

    internal RepeatedOptionReader(CoapOptionReader options, CoapOptionNumber number)
    {
        _options = options;
        _number = number;
    }

    /// <summary>The bytes of the segment or argument.</summary>
    public readonly ReadOnlySpan<byte> Current => _options.Value;

    /// <summary>For <c>foreach</c>.</summary>
    public readonly RepeatedOptionReader GetEnumerator() => this;

    /// <summary>Goes to the next value.</summary>
    public bool MoveNext()
    {
        while (_options.MoveNext())
        {
            if (_options.Number == _number)
                return true;
            if (_options.Number > _number)
                return false;
        }

        return false;
    }
}
