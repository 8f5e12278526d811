using System.Linq.Expressions;

namespace Surety.Server.Api.Filters;

/// <summary>A field that a list can be filtered by.</summary>
/// <param name="name">The name on the wire.</param>
/// <param name="operators">The operators that the contract gives it.</param>
/// <param name="format">Type and format in the OpenAPI document.</param>
internal abstract class FilterField<T>(string name, IReadOnlyList<FilterOperator> operators, FilterFormat format)
{
    public string Name { get; } = name;

    public IReadOnlyList<FilterOperator> Operators { get; } = operators;

    public FilterFormat Format { get; } = format;

    /// <summary>True when the name is followed by a key: <c>custom_attributes__colour</c>.</summary>
    public virtual bool HasKeys => false;

    /// <summary>The condition as an expression over a row. Values go into it as parameters, never as text of a statement.</summary>
    /// <param name="key">The key, for a field that has keys; else empty.</param>
    /// <param name="op">One of <see cref="Operators"/>.</param>
    /// <param name="value">As it was sent, within the bounds.</param>
    /// <exception cref="FormatException">The value is not of the field's type; the message says what it must be.</exception>
    public abstract Expression<Func<T, bool>> Build(string key, FilterOperator op, string value);

    /// <summary>The opposite of a condition.</summary>
    protected static Expression<Func<T, bool>> Not(Expression<Func<T, bool>> condition) =>
        Expression.Lambda<Func<T, bool>>(Expression.Not(condition.Body), condition.Parameters);

    /// <summary>Two conditions of the same row as one.</summary>
    protected static Expression<Func<T, bool>> Combine(
        Expression<Func<T, bool>> left, Expression<Func<T, bool>> right, Func<Expression, Expression, Expression> by) =>
        Expression.Lambda<Func<T, bool>>(by(left.Body, new Rename(right.Parameters[0], left.Parameters[0]).Visit(right.Body)), left.Parameters);

    /// <summary>The items of a list.</summary>
    /// <exception cref="FormatException">There are too many.</exception>
    protected static string[] Items(string value)
    {
        var items = value.Split(',');
        return items.Length <= FilterConditions.MaxListItems
            ? items
            : throw new FormatException($"must have at most {FilterConditions.MaxListItems} items");
    }

    private sealed class Rename(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
