namespace Surety.Server.Api.Filters;

/// <summary>Operators by name, and the groups that the Service API gives to types of fields.</summary>
internal static class FilterOperators
{
    /// <summary>What stands between a field and its operator.</summary>
    public const string Separator = "__";

    public static readonly IReadOnlyList<FilterOperator> OfText = [FilterOperator.Eq, FilterOperator.Neq, FilterOperator.In, FilterOperator.Nin];

    public static readonly IReadOnlyList<FilterOperator> OfSwitch = [FilterOperator.Eq, FilterOperator.Neq];

    public static readonly IReadOnlyList<FilterOperator> OfOrdered =
        [FilterOperator.Eq, FilterOperator.Neq, FilterOperator.In, FilterOperator.Nin, FilterOperator.Lte, FilterOperator.Gte];

    /// <summary>The name on the wire.</summary>
    public static string Name(FilterOperator value) => value switch
    {
        FilterOperator.Eq => "eq",
        FilterOperator.Neq => "neq",
        FilterOperator.In => "in",
        FilterOperator.Nin => "nin",
        FilterOperator.Lte => "lte",
        FilterOperator.Gte => "gte",
        FilterOperator.Like => "like",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>Reads the name on the wire.</summary>
    public static bool TryParse(string name, out FilterOperator value)
    {
        foreach (var candidate in Enum.GetValues<FilterOperator>())
        {
            if (Name(candidate) == name)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }
}
