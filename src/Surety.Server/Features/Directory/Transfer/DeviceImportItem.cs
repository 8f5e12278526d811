using System.ComponentModel;

namespace Surety.Server.Features.Directory;

/// <summary>
/// A device of a JSON import: which one, and what it is to be. A member that is absent or null stays as it is; the others that an export has are
/// ignored.
/// </summary>
internal sealed record DeviceImportItem
{
    [Description("The ID of the device; it or endpoint_name must be given.")]
    public string? Id { get; init; }

    [Description("The endpoint name of the device.")]
    public string? EndpointName { get; init; }

    [Description("The name an application gives to the device.")]
    public string? Name { get; init; }

    [Description("The description of the device.")]
    public string? Description { get; init; }

    [Description("The LwM2M endpoint type.")]
    public string? EndpointType { get; init; }

    [Description("Id of the gateway device.")]
    public string? HostGateway { get; init; }

    [Description("Up to five keys and values, which replace all that were there.")]
    public IReadOnlyDictionary<string, string?>? CustomAttributes { get; init; }

    [Description("IDs of the groups that the device is to be in, and no others.")]
    public IReadOnlyList<string>? Groups { get; init; }
}
