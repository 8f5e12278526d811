using System.ComponentModel;

namespace Surety.Server.Features.Bootstrap;

/// <summary>Which devices a rule is for: those that everything named here is true of.</summary>
internal sealed record BootstrapRuleMatch
{
    [Description("The endpoint name; * stands for any characters, ? for one.")]
    public string? EndpointName { get; init; }

    [Description("endpoint_type of the device in the directory.")]
    public string? EndpointType { get; init; }

    [Description("device_class of the device in the directory.")]
    public string? DeviceClass { get; init; }

    [Description("The trusted certificate that vouches for the device.")]
    public EntityId? TrustedCertificateId { get; init; }

    [Description("A device group that the device is in.")]
    public EntityId? GroupId { get; init; }
}
