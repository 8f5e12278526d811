using System.Linq.Expressions;

namespace Surety.Server.Api.Filters;

/// <summary>A field that maps keys to texts: <c>custom_attributes__colour=red</c>. A key that a row lacks is as good as an empty text.</summary>
/// <param name="name">The name on the wire, before the key.</param>
/// <param name="holds">The condition that a row has the key with one of the values.</param>
/// <param name="has">The condition that a row has the key.</param>
internal sealed class MapField<T>(
    string name, Func<string, IReadOnlyList<string>, Expression<Func<T, bool>>> holds, Func<string, Expression<Func<T, bool>>> has)
    : FilterField<T>(name, FilterOperators.OfText, FilterFormat.Text)
{
    public override bool HasKeys => true;

    public override Expression<Func<T, bool>> Build(string key, FilterOperator op, string value)
    {
        string[] values = op is FilterOperator.In or FilterOperator.Nin ? Items(value) : [value];
        var positive = holds(key, values);
        if (values.Contains(""))
            positive = Combine(positive, Not(has(key)), Expression.OrElse);
        return op is FilterOperator.Eq or FilterOperator.In ? positive : Not(positive);
    }
}
