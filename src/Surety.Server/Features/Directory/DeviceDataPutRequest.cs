using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Directory;

/// <summary>
/// What to change of a device. A member that is absent or null stays as it is, and members that are not listed here are ignored, because
/// SDKs send back everything they have read.
/// </summary>
internal sealed record DeviceDataPutRequest
{
    [Description("Deprecated: marks the device for automatic firmware update.")]
    public bool? AutoUpdate { get; init; }

    [Description("Id of the issuer of the device certificate; comes from the device.")]
    [MaxLength(500)]
    public string? CaId { get; init; }

    [Description("Up to five keys and values, which replace all that were there; keys begin with a letter.")]
    [CustomAttributes(5)]
    public IReadOnlyDictionary<string, string?>? CustomAttributes { get; init; }

    [Description("The description of the device.")]
    [MaxLength(2000)]
    public string? Description { get; init; }

    [Description("Fingerprint of the device certificate; comes from the device.")]
    [MaxLength(512)]
    public string? DeviceKey { get; init; }

    [Description("Read-only: the name that the record has already is accepted, another one is an error.")]
    public string? EndpointName { get; init; }

    [Description("The LwM2M endpoint type.")]
    [MaxLength(64)]
    public string? EndpointType { get; init; }

    [Description("Id of the gateway device.")]
    [MaxLength(DeviceLimits.FreeText)]
    public string? HostGateway { get; init; }

    [Description("The name an application gives to the device.")]
    [MaxLength(128)]
    public string? Name { get; init; }
}
