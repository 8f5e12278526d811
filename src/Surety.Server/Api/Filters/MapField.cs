using System.Linq.Expressions;

namespace Surety.Server.Api.Filters;

/// <summary>A field that maps keys to texts: <c>custom_attributes__colour=red</c>.</summary>
/// <param name="name">The name on the wire, before the key.</param>
/// <param name="holds">The condition that a row has the key with one of the values.</param>
internal sealed class MapField<T>(string name, Func<string, IReadOnlyList<string>, Expression<Func<T, bool>>> holds)
    : FilterField<T>(name, FilterOperators.OfText, FilterFormat.Text)
{
    public override bool HasKeys => true;

    public override Expression<Func<T, bool>> Build(string key, FilterOperator op, string value)
    {
        var isList = op is FilterOperator.In or FilterOperator.Nin;
        var positive = holds(key, isList ? Items(value) : [value]);
        return op is FilterOperator.Eq or FilterOperator.In
            ? positive
            : Expression.Lambda<Func<T, bool>>(Expression.Not(positive.Body), positive.Parameters);
    }
}
