namespace Surety.Server.Api.Filters;

/// <summary>Collects conditions from query parameters and from filter strings, within bounds.</summary>
internal sealed class FilterConditions
{
    /// <summary>Conditions in one request; the device directory has fewer fields.</summary>
    public const int MaxConditions = 64;

    /// <summary>UTF-16 units of one value or item of a list; the longest text that is stored has 2000.</summary>
    public const int MaxValueLength = 4096;

    /// <summary>Items of one list; as many as a page has.</summary>
    public const int MaxListItems = 1000;

    private readonly List<FilterCondition> _conditions = [];

    /// <summary>Adds a query parameter.</summary>
    /// <exception cref="ApiException">400: too many, or a value that cannot be stored anywhere.</exception>
    public void Add(string name, string value)
    {
        if (_conditions.Count == MaxConditions)
        {
            throw ApiException.Malformed($"The filter has more than {MaxConditions} conditions; use __in for lists of values.");
        }

        if (value.Contains('\0', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
        {
            var printable = ApiException.Shorten(name.Replace("\0", "\\0", StringComparison.Ordinal));
            throw ApiException.Invalid(printable, "must not contain the character NUL");
        }

        _conditions.Add(new FilterCondition(name, value));
    }

    /// <summary>
    /// Adds a filter string, <c>state=registered&amp;created_at__gte=2016-11-30T16:25:12Z</c>. Names and values may be form-encoded once
    /// more, as the Python SDK does; the empty string is no condition.
    /// </summary>
    /// <exception cref="ApiException">400: not such a string.</exception>
    public void AddString(string filter)
    {
        foreach (var part in filter.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw ApiException.Invalid("filter", $"has '{ApiException.Shorten(part)}' where field=value is expected");
            Add(Decode(part[..equals]), Decode(part[(equals + 1)..]));
        }
    }

    public IReadOnlyList<FilterCondition> ToList() => _conditions;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
