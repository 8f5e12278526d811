using System.Linq.Expressions;

namespace Surety.Server.Api.Filters;

/// <summary>A field with one value in each row.</summary>
/// <param name="name">The name on the wire.</param>
/// <param name="operators">The operators that the contract gives it.</param>
/// <param name="format">Type and format in the OpenAPI document.</param>
/// <param name="selector">The value in a row, translatable to SQL.</param>
/// <param name="parse">Reads a value; throws <see cref="FormatException"/> with what it must be.</param>
internal sealed class ValueField<T, TValue>(
    string name,
    IReadOnlyList<FilterOperator> operators,
    FilterFormat format,
    Expression<Func<T, TValue>> selector,
    Func<string, TValue> parse) : FilterField<T>(name, operators, format)
{
    public override Expression<Func<T, bool>> Build(string key, FilterOperator op, string value)
    {
        Expression body = op switch
        {
            FilterOperator.Eq => Expression.Equal(selector.Body, Parameter(parse(value))),
            FilterOperator.Neq => Expression.NotEqual(selector.Body, Parameter(parse(value))),
            FilterOperator.Lte => Expression.LessThanOrEqual(selector.Body, Parameter(Bound(value))),
            FilterOperator.Gte => Expression.GreaterThanOrEqual(selector.Body, Parameter(Bound(value))),
            FilterOperator.In => Contains(value),
            FilterOperator.Nin => Expression.Not(Contains(value)),
            FilterOperator.Like => Like(value),
            _ => throw new ArgumentOutOfRangeException(nameof(op)),
        };
        return Expression.Lambda<Func<T, bool>>(body, selector.Parameters);
    }

    private TValue Bound(string value) => parse(value) is { } bound ? bound : throw new FormatException("must have a value to compare with");

    private MethodCallExpression Contains(string value) => Expression.Call(
        typeof(Enumerable),
        nameof(Enumerable.Contains),
        [typeof(TValue)],
        Parameter<IEnumerable<TValue>>(Items(value).Select(parse).ToList()),
        selector.Body);

    private MethodCallExpression Like(string value) => Expression.Call(
        Expression.Call(selector.Body, nameof(string.ToLower), Type.EmptyTypes),
        nameof(string.Contains),
        Type.EmptyTypes,
        Parameter(value.ToLowerInvariant()));

    private static MemberExpression Parameter(TValue value) => Parameter<TValue>(value);

    // EF Core makes a parameter of a member of an object, and a literal of a constant.
    private static MemberExpression Parameter<TParameter>(TParameter value) =>
        Expression.Property(Expression.Constant(new Box<TParameter>(value)), nameof(Box<>.Value));

    private sealed record Box<TBoxed>(TBoxed Value);
}
