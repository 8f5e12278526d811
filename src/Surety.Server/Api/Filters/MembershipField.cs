using System.Linq.Expressions;

namespace Surety.Server.Api.Filters;

/// <summary>A field that holds ids, any number of them in a row: <c>groups__in=...</c>.</summary>
/// <param name="name">The name on the wire.</param>
/// <param name="parse">Reads an id, or null for rows without any; throws <see cref="FormatException"/>.</param>
/// <param name="isIn">The condition that the id is among those of a row.</param>
/// <param name="isInAny">The condition that a row has one.</param>
internal sealed class MembershipField<T>(
    string name, Func<string, EntityId?> parse, Func<EntityId, Expression<Func<T, bool>>> isIn, Expression<Func<T, bool>> isInAny)
    : FilterField<T>(name, FilterOperators.OfText, FilterFormat.Text)
{
    // Each is a subquery of its own.
    private const int MaxGroups = 20;

    public override Expression<Func<T, bool>> Build(string key, FilterOperator op, string value)
    {
        string[] values = op is FilterOperator.In or FilterOperator.Nin ? Items(value) : [value];
        if (values.Length > MaxGroups)
            throw new FormatException($"must have at most {MaxGroups} items");
        var positive = values.Select(item => parse(item) is { } id ? isIn(id) : Not(isInAny))
            .Aggregate((left, right) => Combine(left, right, Expression.OrElse));
        return op is FilterOperator.Eq or FilterOperator.In ? positive : Not(positive);
    }
}
