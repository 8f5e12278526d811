using System.Globalization;
using System.Linq.Expressions;

namespace Surety.Server.Api.Filters;

/// <summary>The fields that a list of <typeparamref name="T"/> can be filtered by, in the order in which they are documented.</summary>
internal sealed class FilterSet<T> : IFilterDescriptions
{
    private readonly List<FilterField<T>> _fields = [];

    public IEnumerable<FilterDescription> Descriptions =>
        _fields.Select(known => new FilterDescription(known.Name, known.Operators, known.Format, known.HasKeys));

    /// <summary>Adds a text; an empty value means rows where it is empty or null.</summary>
    public FilterSet<T> Text(string name, Expression<Func<T, string?>> selector, bool like = false) => Add(new ValueField<T, string?>(
        name, like ? [.. FilterOperators.OfText, FilterOperator.Like] : FilterOperators.OfText, FilterFormat.Text, selector, ParseText));

    /// <summary>Adds a text that is null in rows without one; an empty value means those rows.</summary>
    public FilterSet<T> OptionalText(string name, Expression<Func<T, string?>> selector, bool like = false) => Add(new ValueField<T, string?>(
        name,
        like ? [.. FilterOperators.OfText, FilterOperator.Like] : FilterOperators.OfText,
        FilterFormat.Text,
        selector,
        value => value.Length == 0 ? null : ParseText(value)));

    /// <summary>Adds an id.</summary>
    public FilterSet<T> Id(string name, Expression<Func<T, EntityId>> selector) => Add(new ValueField<T, EntityId>(
        name, FilterOperators.OfText, FilterFormat.Text, selector, ParseId));

    /// <summary>Adds an id that rows may lack.</summary>
    public FilterSet<T> OptionalId(string name, Expression<Func<T, EntityId?>> selector) => Add(new ValueField<T, EntityId?>(
        name, FilterOperators.OfText, FilterFormat.Text, selector, value => IsNull(value) ? null : ParseId(value)));

    /// <summary>Adds a boolean.</summary>
    public FilterSet<T> Switch(string name, Expression<Func<T, bool>> selector) => Add(new ValueField<T, bool>(
        name, FilterOperators.OfSwitch, FilterFormat.Switch, selector, ParseSwitch));

    /// <summary>Adds a whole number.</summary>
    public FilterSet<T> Number(string name, Expression<Func<T, int>> selector, bool ordered = true) => Add(new ValueField<T, int>(
        name, ordered ? FilterOperators.OfOrdered : FilterOperators.OfText, FilterFormat.Number, selector, ParseNumber));

    /// <summary>Adds a whole number that rows may lack; it can be compared for equality.</summary>
    public FilterSet<T> OptionalNumber(string name, Expression<Func<T, int?>> selector) => Add(new ValueField<T, int?>(
        name, FilterOperators.OfSwitch, FilterFormat.Number, selector, value => IsNull(value) ? null : ParseNumber(value)));

    /// <summary>Adds an enumeration with the names of the Service API.</summary>
    public FilterSet<T> Choice<TEnum>(string name, Expression<Func<T, TEnum>> selector)
        where TEnum : struct, Enum => Add(new ValueField<T, TEnum>(
            name, FilterOperators.OfText, FilterFormat.Text, selector, ParseChoice<TEnum>));

    /// <summary>Adds a time; an empty value or <c>null</c> means rows without one.</summary>
    public FilterSet<T> Time(string name, Expression<Func<T, DateTimeOffset?>> selector) => Add(new ValueField<T, DateTimeOffset?>(
        name, FilterOperators.OfOrdered, FilterFormat.DateTime, selector, ParseTime));

    /// <summary>Adds a date; an empty value or <c>null</c> means rows without one.</summary>
    public FilterSet<T> Date(string name, Expression<Func<T, DateOnly?>> selector) => Add(new ValueField<T, DateOnly?>(
        name, FilterOperators.OfOrdered, FilterFormat.Date, selector, ParseDate));

    /// <summary>
    /// Adds a value that can be compared for equality only; <paramref name="parse"/> throws <see cref="FormatException"/>.
    /// </summary>
    public FilterSet<T> Equality<TValue>(string name, Expression<Func<T, TValue>> selector, Func<string, TValue> parse) =>
        Add(new ValueField<T, TValue>(name, [FilterOperator.Eq], FilterFormat.Text, selector, parse));

    /// <summary>Adds a text of which a part is looked for, whatever the case of letters.</summary>
    public FilterSet<T> Like(string name, Expression<Func<T, string?>> selector) =>
        Add(new ValueField<T, string?>(name, [FilterOperator.Like], FilterFormat.Text, selector, ParseText));

    /// <summary>
    /// Adds a condition that is more than a comparison; <paramref name="build"/> makes it of the value, and throws <see cref="FormatException"/>.
    /// </summary>
    public FilterSet<T> Condition(string name, FilterFormat format, Func<string, Expression<Func<T, bool>>> build) =>
        Add(new ConditionField<T>(name, format, build));

    /// <summary>
    /// Adds a map of texts; an empty value means rows where the key is missing or its text is empty. <paramref name="holds"/> says that a row
    /// has the key with one of the values, <paramref name="has"/> that it has the key.
    /// </summary>
    public FilterSet<T> Map(
        string name, Func<string, IReadOnlyList<string>, Expression<Func<T, bool>>> holds, Func<string, Expression<Func<T, bool>>> has) =>
        Add(new MapField<T>(name, holds, has));

    /// <summary>
    /// Adds the ids of what a row is in; an empty value or <c>null</c> means rows that are in nothing. <paramref name="isIn"/> says that a row is
    /// in the one with the id, <paramref name="isInAny"/> that it is in one at all.
    /// </summary>
    public FilterSet<T> Membership(string name, Func<EntityId, Expression<Func<T, bool>>> isIn, Expression<Func<T, bool>> isInAny) =>
        Add(new MembershipField<T>(name, value => IsNull(value) ? null : ParseId(value), isIn, isInAny));

    /// <summary>The rows for which every condition holds.</summary>
    /// <exception cref="ApiException">400: a field, operator or value that is not known; the message names those that are.</exception>
    public IQueryable<T> Apply(IQueryable<T> rows, IReadOnlyList<FilterCondition> conditions)
    {
        foreach (var condition in conditions)
            rows = rows.Where(Build(condition));
        return rows;
    }

    private Expression<Func<T, bool>> Build(FilterCondition condition)
    {
        var (field, key, op) = Resolve(condition.Name);
        try
        {
            return field.Build(key, op, Bounded(condition.Value, op));
        }
        catch (FormatException error)
        {
            throw ApiException.Invalid(ApiException.Shorten(condition.Name), error.Message);
        }
    }

    private (FilterField<T> Field, string Key, FilterOperator Operator) Resolve(string name)
    {
        foreach (var field in _fields)
        {
            if (name == field.Name && !field.HasKeys)
                return (field, "", FilterOperator.Eq);
            if (!name.StartsWith(field.Name + FilterOperators.Separator, StringComparison.Ordinal))
                continue;
            var rest = name[(field.Name.Length + FilterOperators.Separator.Length)..];
            if (!field.HasKeys)
                return (field, "", OperatorOf(field, name, rest));
            // A key may contain the separator itself, so only a last part that is an operator is taken for one.
            var cut = rest.LastIndexOf(FilterOperators.Separator, StringComparison.Ordinal);
            if (cut > 0 && FilterOperators.TryParse(rest[(cut + FilterOperators.Separator.Length)..], out _))
                return (field, rest[..cut], OperatorOf(field, name, rest[(cut + FilterOperators.Separator.Length)..]));
            if (rest.Length > 0)
                return (field, rest, FilterOperator.Eq);
        }

        var known = string.Join(", ", _fields.Select(field => field.HasKeys ? $"{field.Name}{FilterOperators.Separator}<key>" : field.Name));
        throw ApiException.Invalid(
            ApiException.Shorten(name),
            _fields.Count == 0 ? "is not a parameter of this list" : $"is not a filter of this list; known are {known}");
    }

    private static FilterOperator OperatorOf(FilterField<T> field, string name, string op)
    {
        if (FilterOperators.TryParse(op, out var value) && field.Operators.Contains(value))
            return value;
        var known = string.Join(", ", field.Operators.Select(FilterOperators.Name));
        throw ApiException.Invalid(ApiException.Shorten(name), $"has no such operator; {field.Name} knows {known}");
    }

    private static string Bounded(string value, FilterOperator op)
    {
        var isList = op is FilterOperator.In or FilterOperator.Nin;
        if (!isList && value.Length > FilterConditions.MaxValueLength)
            throw new FormatException($"must have at most {FilterConditions.MaxValueLength} characters");
        return value;
    }

    private FilterSet<T> Add(FilterField<T> field)
    {
        _fields.Add(field);
        return this;
    }

    private static string ParseText(string value) => value.Length <= FilterConditions.MaxValueLength
        ? value
        : throw new FormatException($"must have at most {FilterConditions.MaxValueLength} characters");

    private static bool IsNull(string value) => value.Length == 0 || value == "null";

    private static EntityId ParseId(string value) => EntityId.TryParse(value.Trim(), out var id)
        ? id
        : throw new FormatException("must be an id of 32 hexadecimal digits");

    private static bool ParseSwitch(string value) => bool.TryParse(value, out var result)
        ? result
        : throw new FormatException("must be true or false");

    private static int ParseNumber(string value) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException("must be a whole number");

    private static DateTimeOffset? ParseTime(string value) => IsNull(value) ? null : Rfc3339.TryParse(value, out var time)
        ? time
        : throw new FormatException("must be a time such as 2016-11-30T16:25:12Z or 20161130T162512Z");

    private static DateOnly? ParseDate(string value) => IsNull(value) ? null : Rfc3339.TryParseDate(value, out var date)
        ? date
        : throw new FormatException("must be a date such as 2017-05-22");

    private static TEnum ParseChoice<TEnum>(string value)
        where TEnum : struct, Enum => EnumNames.TryParse<TEnum>(value.Trim(), out var choice)
            ? choice
            : throw new FormatException($"must be one of {string.Join(", ", EnumNames.Of(typeof(TEnum)))}");
}
