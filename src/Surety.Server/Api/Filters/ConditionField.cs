using System.Linq.Expressions;

namespace Surety.Server.Api.Filters;

/// <summary>A field whose condition is made of the value: <c>expire__eq=30</c>, what ends within 30 days.</summary>
/// <param name="name">The name on the wire.</param>
/// <param name="format">Type and format in the OpenAPI document.</param>
/// <param name="build">The condition; throws <see cref="FormatException"/> with what the value must be.</param>
internal sealed class ConditionField<T>(string name, FilterFormat format, Func<string, Expression<Func<T, bool>>> build)
    : FilterField<T>(name, [FilterOperator.Eq], format)
{
    public override Expression<Func<T, bool>> Build(string key, FilterOperator op, string value) => build(value);
}
