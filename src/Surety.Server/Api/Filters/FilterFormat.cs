namespace Surety.Server.Api.Filters;

/// <summary>The type of a filter's value, for the OpenAPI document.</summary>
internal enum FilterFormat
{
    Text,
    Switch,
    Number,
    DateTime,
    Date,
}
