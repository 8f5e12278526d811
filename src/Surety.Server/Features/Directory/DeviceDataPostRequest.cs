using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Directory;

/// <summary>What a new device record is to hold. A member that is absent or null has its default.</summary>
internal sealed record DeviceDataPostRequest
{
    [Description("Deprecated: marks the device for automatic firmware update.")]
    public bool? AutoUpdate { get; init; }

    [Description("Not-after date of the bootstrap certificate.")]
    public DateOnly? BootstrapExpirationDate { get; init; }

    [Description("Id of the issuer of the device certificate.")]
    [MaxLength(500)]
    public string? CaId { get; init; }

    [Description("Not-after date of the LwM2M certificate.")]
    public DateOnly? ConnectorExpirationDate { get; init; }

    [Description("Up to five keys and values; keys begin with a letter.")]
    [CustomAttributes(5)]
    public IReadOnlyDictionary<string, string?>? CustomAttributes { get; init; }

    [Description("Deprecated.")]
    [MaxLength(DeviceLimits.FreeText)]
    public string? Deployment { get; init; }

    [Description("The description of the device.")]
    [MaxLength(2000)]
    public string? Description { get; init; }

    [Description("Model and hardware revision.")]
    [MaxLength(32)]
    public string? DeviceClass { get; init; }

    [Description("0 unspecified, 1 developer certificate, 5 production certificate.")]
    [AllowedValues(0, 1, 5)]
    public int? DeviceExecutionMode { get; init; }

    [Description("Fingerprint of the device certificate.")]
    [MaxLength(512)]
    public string? DeviceKey { get; init; }

    [Description("The name the device gives to itself; unique in the account.")]
    [MaxLength(64)]
    public string? EndpointName { get; init; }

    [Description("The LwM2M endpoint type.")]
    [MaxLength(64)]
    public string? EndpointType { get; init; }

    [Description("Id of the gateway device.")]
    [MaxLength(DeviceLimits.FreeText)]
    public string? HostGateway { get; init; }

    [Description("SHA-256 of the certificate that validated the device certificate.")]
    [RegularExpression("[A-Fa-f0-9]{64}", ErrorMessage = "must have 64 hexadecimal digits")]
    public string? IssuerFingerprint { get; init; }

    [Description("Deprecated: URL of the manifest.")]
    [MaxLength(DeviceLimits.FreeText)]
    public string? Manifest { get; init; }

    [Description("Not used.")]
    public DeviceMechanism? Mechanism { get; init; }

    [Description("Not used.")]
    [MaxLength(DeviceLimits.FreeText)]
    public string? MechanismUrl { get; init; }

    [Description("The name an application gives to the device.")]
    [MaxLength(128)]
    public string? Name { get; init; }

    [Description("The serial number.")]
    [MaxLength(64)]
    public string? SerialNumber { get; init; }

    [Description("The state of the device; unenrolled by default.")]
    public DeviceState? State { get; init; }

    [Description("The vendor.")]
    [MaxLength(255)]
    public string? VendorId { get; init; }
}
