using Surety.Server.Api.Filters;

namespace Surety.Server.Features.Directory;

/// <summary>A device group as the API shows it.</summary>
internal sealed record DeviceGroupData
{
    /// <summary>What a list of groups can be filtered by. (device-directory, device-groups.)</summary>
    public static readonly FilterSet<DeviceGroup> Filters = new FilterSet<DeviceGroup>()
        .Time("created_at", group => group.CreatedAt)
        .Map(
            "custom_attributes",
            (key, values) => group => group.CustomAttributes.Any(attribute => attribute.Key == key && values.Contains(attribute.Value)),
            key => group => group.CustomAttributes.Any(attribute => attribute.Key == key))
        .Text("description", group => group.Description, like: true)
        .Number("devices_count", group => group.Members.Count)
        .Time("etag", group => group.UpdatedAt)
        .Id("id", group => group.Id)
        .Text("name", group => group.Name, like: true)
        .Time("updated_at", group => group.UpdatedAt);

    /// <summary>Always <c>device-group</c>.</summary>
    public string Object { get; init; } = "device-group";

    public required EntityId Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyDictionary<string, string> CustomAttributes { get; init; }

    /// <summary>How many devices are in it.</summary>
    public required int DevicesCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change of the group, or of who is in it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset Etag { get; init; }

    public static DeviceGroupData Of(DeviceGroup group, int devicesCount) => new()
    {
        Id = group.Id,
        Name = group.Name,
        Description = group.Description,
        CustomAttributes = DeviceAttribute.ToMap(group.CustomAttributes),
        DevicesCount = devicesCount,
        CreatedAt = group.CreatedAt,
        UpdatedAt = group.UpdatedAt,
        Etag = group.UpdatedAt,
    };
}
