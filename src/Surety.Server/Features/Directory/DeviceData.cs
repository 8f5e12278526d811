using System.Linq.Expressions;

namespace Surety.Server.Features.Directory;

/// <summary>
/// A device as the API shows it. Texts that are not known are empty; times, dates and the fingerprint that are not known are null.
/// </summary>
internal sealed record DeviceData
{
    /// <summary>Always <c>device</c>.</summary>
    public string Object { get; init; } = "device";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    /// <summary>The name the device gives to itself.</summary>
    public required string EndpointName { get; init; }

    public required string EndpointType { get; init; }

    /// <summary>The name an application gives to the device.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required DeviceState State { get; init; }

    /// <summary><c>enabled</c>, or <c>blocked</c> while the device may not connect.</summary>
    public required string LifecycleStatus { get; init; }

    /// <summary>0 unspecified, 1 developer certificate, 5 production certificate.</summary>
    public required int DeviceExecutionMode { get; init; }

    /// <summary>Deprecated: <c>development</c> with a developer certificate, else <c>production</c>.</summary>
    public required string DeployedState { get; init; }

    public required string DeviceClass { get; init; }

    public required string VendorId { get; init; }

    public required string SerialNumber { get; init; }

    /// <summary>Fingerprint of the device certificate.</summary>
    public required string DeviceKey { get; init; }

    /// <summary>Id of the issuer of the device certificate.</summary>
    public required string CaId { get; init; }

    public required string? IssuerFingerprint { get; init; }

    public required string HostGateway { get; init; }

    public required string NetId { get; init; }

    public required string FirmwareChecksum { get; init; }

    public required string Manifest { get; init; }

    public required DateTimeOffset? ManifestTimestamp { get; init; }

    public required DeviceMechanism Mechanism { get; init; }

    public required string MechanismUrl { get; init; }

    public required string Deployment { get; init; }

    public required bool AutoUpdate { get; init; }

    public required DateTimeOffset? BootstrappedTimestamp { get; init; }

    public required DateOnly? BootstrapExpirationDate { get; init; }

    public required DateOnly? ConnectorExpirationDate { get; init; }

    public required DateTimeOffset? EnrolmentListTimestamp { get; init; }

    public required bool OperatorSuspended { get; init; }

    public required string? LastOperatorSuspendedCategory { get; init; }

    public required string? LastOperatorSuspendedDescription { get; init; }

    public required DateTimeOffset? LastOperatorSuspendedUpdatedAt { get; init; }

    public required bool SystemSuspended { get; init; }

    public required string? LastSystemSuspendedCategory { get; init; }

    public required string? LastSystemSuspendedDescription { get; init; }

    public required DateTimeOffset? LastSystemSuspendedUpdatedAt { get; init; }

    public required IReadOnlyDictionary<string, string> CustomAttributes { get; init; }

    public required IReadOnlyDictionary<string, string> ComponentAttributes { get; init; }

    /// <summary>Ids of the device groups.</summary>
    public required IReadOnlyList<EntityId> Groups { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset Etag { get; init; }

    /// <summary>What the row of a device has of it: all but attributes and groups, which are other tables'.</summary>
    public static Expression<Func<Device, DeviceData>> Columns { get; } = device => new DeviceData
    {
        Id = device.Id,
        AccountId = device.AccountId,
        EndpointName = device.EndpointName ?? "",
        EndpointType = device.EndpointType,
        Name = device.Name,
        Description = device.Description,
        State = device.State,
        LifecycleStatus = device.OperatorSuspended || device.SystemSuspended ? DeviceLifecycle.Blocked : DeviceLifecycle.Enabled,
        DeviceExecutionMode = (int)device.DeviceExecutionMode,
        DeployedState = device.DeviceExecutionMode == Directory.DeviceExecutionMode.Development
            ? DeviceLifecycle.Development
            : DeviceLifecycle.Production,
        DeviceClass = device.DeviceClass,
        VendorId = device.VendorId,
        SerialNumber = device.SerialNumber,
        DeviceKey = device.DeviceKey,
        CaId = device.CaId,
        IssuerFingerprint = device.IssuerFingerprint,
        HostGateway = device.HostGateway,
        NetId = device.NetId,
        FirmwareChecksum = device.FirmwareChecksum,
        Manifest = device.Manifest,
        ManifestTimestamp = device.ManifestTimestamp,
        Mechanism = device.Mechanism,
        MechanismUrl = device.MechanismUrl,
        Deployment = device.Deployment,
        AutoUpdate = device.AutoUpdate,
        BootstrappedTimestamp = device.BootstrappedTimestamp,
        BootstrapExpirationDate = device.BootstrapExpirationDate,
        ConnectorExpirationDate = device.ConnectorExpirationDate,
        EnrolmentListTimestamp = device.EnrolmentListTimestamp,
        OperatorSuspended = device.OperatorSuspended,
        LastOperatorSuspendedCategory = device.LastOperatorSuspendedCategory,
        LastOperatorSuspendedDescription = device.LastOperatorSuspendedDescription,
        LastOperatorSuspendedUpdatedAt = device.LastOperatorSuspendedUpdatedAt,
        SystemSuspended = device.SystemSuspended,
        LastSystemSuspendedCategory = device.LastSystemSuspendedCategory,
        LastSystemSuspendedDescription = device.LastSystemSuspendedDescription,
        LastSystemSuspendedUpdatedAt = device.LastSystemSuspendedUpdatedAt,
        CustomAttributes = null!,
        ComponentAttributes = null!,
        Groups = null!,
        CreatedAt = device.CreatedAt,
        UpdatedAt = device.UpdatedAt,
        Etag = device.UpdatedAt,
    };

    private static readonly Func<Device, DeviceData> s_ofRow = Columns.Compile();

    /// <summary>Shows a device; its memberships must have been read.</summary>
    public static DeviceData Of(Device device) => s_ofRow(device) with
    {
        CustomAttributes = DeviceAttribute.ToMap(device.CustomAttributes),
        ComponentAttributes = DeviceAttribute.ToMap(device.ComponentAttributes),
        Groups = [.. device.Memberships.Select(member => member.GroupId).Order()],
    };
}
