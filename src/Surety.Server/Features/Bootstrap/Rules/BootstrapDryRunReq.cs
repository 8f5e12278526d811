using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Surety.Server.Features.Bootstrap;

/// <summary>A device that is asked about: one of the directory by its id, or one as it is described; what is described counts more.</summary>
internal sealed record BootstrapDryRunReq
{
    [Description("The ID of a device in the directory.")]
    public string? DeviceId { get; init; }

    [Description("The endpoint name.")]
    [MaxLength(255)]
    public string? EndpointName { get; init; }

    [Description("endpoint_type of its record.")]
    [MaxLength(64)]
    public string? EndpointType { get; init; }

    [Description("device_class of its record.")]
    [MaxLength(32)]
    public string? DeviceClass { get; init; }

    [Description("The trusted certificate that vouches for it.")]
    public EntityId? TrustedCertificateId { get; init; }

    [Description("The device groups it is in.")]
    public IReadOnlyList<EntityId>? Groups { get; init; }

    [Description("The LwM2M version it speaks. Default 1.1.")]
    [AllowedValues("1.0", "1.1", "1.2")]
    public string? Lwm2m { get; init; }

    [Description("It is one of Pelion's clients. Default false.")]
    public bool? PelionClient { get; init; }

    [Description("udp (DTLS, the default) or tcp (TLS).")]
    [AllowedValues("udp", "tcp")]
    public string? Transport { get; init; }
}
