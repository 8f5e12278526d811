using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Directory;

/// <summary>A device record of the directory. Members and meanings are those of DeviceData; a text that is not known is empty.</summary>
[Audited("device", Label = nameof(EndpointName), OnlyByCallers = true)]
internal sealed class Device : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>The LwM2M endpoint client name, unique in its account; null in a record made without one.</summary>
    public string? EndpointName { get; set; }

    public string EndpointType { get; set; } = "";

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public DeviceState State { get; set; }

    public DeviceExecutionMode DeviceExecutionMode { get; set; }

    public string DeviceClass { get; set; } = "";

    public string VendorId { get; set; } = "";

    public string SerialNumber { get; set; } = "";

    /// <summary>Fingerprint of the device certificate.</summary>
    public string DeviceKey { get; set; } = "";

    /// <summary>Id of the certificate's issuer.</summary>
    public string CaId { get; set; } = "";

    /// <summary>SHA-256 of the certificate that validated the device certificate, 64 hexadecimal digits.</summary>
    public string? IssuerFingerprint { get; set; }

    public string HostGateway { get; set; } = "";

    public string NetId { get; set; } = "";

    public string FirmwareChecksum { get; set; } = "";

    public string Manifest { get; set; } = "";

    public DateTimeOffset? ManifestTimestamp { get; set; }

    public DeviceMechanism Mechanism { get; set; }

    public string MechanismUrl { get; set; } = "";

    public string Deployment { get; set; } = "";

    public bool AutoUpdate { get; set; }

    public DateTimeOffset? BootstrappedTimestamp { get; set; }

    public DateOnly? BootstrapExpirationDate { get; set; }

    public DateOnly? ConnectorExpirationDate { get; set; }

    public DateTimeOffset? EnrolmentListTimestamp { get; set; }

    public bool OperatorSuspended { get; set; }

    public string? LastOperatorSuspendedCategory { get; set; }

    public string? LastOperatorSuspendedDescription { get; set; }

    public DateTimeOffset? LastOperatorSuspendedUpdatedAt { get; set; }

    public bool SystemSuspended { get; set; }

    public string? LastSystemSuspendedCategory { get; set; }

    public string? LastSystemSuspendedDescription { get; set; }

    public DateTimeOffset? LastSystemSuspendedUpdatedAt { get; set; }

    [NotAudited("the time of the entry")]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change of any member; also the etag.</summary>
    [NotAudited("goes with every change")]
    public DateTimeOffset UpdatedAt { get; set; }

    public List<DeviceAttribute> CustomAttributes { get; init; } = [];

    /// <summary>Component name and version, as the update client reports them.</summary>
    public List<DeviceAttribute> ComponentAttributes { get; init; } = [];

    /// <summary>The groups that it is in; read only where they are asked for.</summary>
    public List<DeviceGroupMember> Memberships { get; init; } = [];
}
