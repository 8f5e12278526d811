using System.Globalization;
using System.Text;

namespace Surety.Client;

/// <summary>Which items of a list are wanted: conditions on fields, joined by "and". <c>new Filter().Equal("state", "registered")</c></summary>
/// <remarks>Custom attributes are <c>custom_attributes__NAME</c>. Which fields and operators a list knows: docs/rest-api.md.</remarks>
public sealed class Filter
{
    private readonly List<KeyValuePair<string, string>> _conditions = [];

    /// <summary>The field has the value.</summary>
    public Filter Equal(string field, object value) => Add(field, "eq", Text(value));

    /// <summary>The field has another value.</summary>
    public Filter NotEqual(string field, object value) => Add(field, "neq", Text(value));

    /// <summary>The field has one of the values.</summary>
    public Filter In(string field, params IEnumerable<object> values) => Add(field, "in", string.Join(',', values.Select(Text)));

    /// <summary>The field has none of the values.</summary>
    public Filter NotIn(string field, params IEnumerable<object> values) => Add(field, "nin", string.Join(',', values.Select(Text)));

    /// <summary>The field is the value or above.</summary>
    public Filter AtLeast(string field, object value) => Add(field, "gte", Text(value));

    /// <summary>The field is the value or below.</summary>
    public Filter AtMost(string field, object value) => Add(field, "lte", Text(value));

    /// <summary>The text of the field contains the value.</summary>
    public Filter Like(string field, string value) => Add(field, "like", value);

    /// <summary>A condition as the API writes it: <c>state__eq=registered</c>; without an operator, equality.</summary>
    /// <exception cref="FormatException">It is no condition.</exception>
    public Filter Parse(string condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        int sign = condition.IndexOf('=', StringComparison.Ordinal);
        if (sign < 1)
            throw new FormatException($"'{condition}' is no condition; write field=value, or field__gte=value with an operator (eq, neq, in, nin, gte, lte, like).");
        string name = condition[..sign];
        _conditions.Add(new(name.Contains("__", StringComparison.Ordinal) && !IsBareAttribute(name) ? name : name + "__eq", condition[(sign + 1)..]));
        return this;
    }

    /// <summary>As a query string shows it.</summary>
    public override string ToString() => ToQuery().ToString();

    internal StringBuilder ToQuery()
    {
        var query = new StringBuilder();
        foreach ((string name, string value) in _conditions)
            query.Append(query.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return query;
    }

    private static bool IsBareAttribute(string name) =>
        name.StartsWith("custom_attributes__", StringComparison.Ordinal) && !name["custom_attributes__".Length..].Contains("__", StringComparison.Ordinal);

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private Filter Add(string field, string operation, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        _conditions.Add(new($"{field}__{operation}", value));
        return this;
    }
}
