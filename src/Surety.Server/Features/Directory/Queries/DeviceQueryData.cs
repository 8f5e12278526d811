using Surety.Server.Api.Filters;

namespace Surety.Server.Features.Directory;

/// <summary>A device query as the API shows it.</summary>
internal sealed record DeviceQueryData
{
    /// <summary>What a list of queries can be filtered by. (device-directory, device-queries; its example says <c>query_id</c> for the id.)</summary>
    public static readonly FilterSet<DeviceQuery> Filters = new FilterSet<DeviceQuery>()
        .Time("created_at", query => query.CreatedAt)
        .Time("etag", query => query.UpdatedAt)
        .Id("id", query => query.Id)
        .Text("name", query => query.Name, like: true)
        .Id("query_id", query => query.Id)
        .Text("query", query => query.Query)
        .Time("updated_at", query => query.UpdatedAt);

    /// <summary>Always <c>device-query</c>.</summary>
    public string Object { get; init; } = "device-query";

    public required EntityId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>A filter string, as in the list of devices.</summary>
    public required string Query { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset Etag { get; init; }

    public static DeviceQueryData Of(DeviceQuery query) => new()
    {
        Id = query.Id,
        Name = query.Name,
        Query = query.Query,
        CreatedAt = query.CreatedAt,
        UpdatedAt = query.UpdatedAt,
        Etag = query.UpdatedAt,
    };
}
