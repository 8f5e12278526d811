namespace Surety.Server.Api.Filters;

/// <summary>A filter field, for the OpenAPI document.</summary>
internal sealed record FilterDescription(string Name, IReadOnlyList<FilterOperator> Operators, FilterFormat Format, bool HasKeys);
