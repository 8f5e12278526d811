namespace Surety.Server.Api.Filters;

/// <summary>One condition as it was sent.</summary>
/// <param name="Name">Field, with or without operator: <c>state</c>, <c>created_at__gte</c>, <c>custom_attributes__colour__neq</c>.</param>
/// <param name="Value">The value, or a comma-separated list.</param>
internal readonly record struct FilterCondition(string Name, string Value);
