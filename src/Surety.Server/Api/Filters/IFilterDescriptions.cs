namespace Surety.Server.Api.Filters;

/// <summary>The filters of a list, as metadata of its endpoint.</summary>
internal interface IFilterDescriptions
{
    IEnumerable<FilterDescription> Descriptions { get; }
}
