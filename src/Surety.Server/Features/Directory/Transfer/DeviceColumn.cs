using System.Globalization;
using Surety.Server.Api;

namespace Surety.Server.Features.Directory;

/// <summary>A column of a CSV file of devices.</summary>
/// <param name="Name">As the member is called in JSON.</param>
/// <param name="Read">The value of a device as text.</param>
/// <param name="IsImported">An import changes it; the others are of the device, or of the platform.</param>
internal sealed record DeviceColumn(string Name, Func<DeviceData, string?> Read, bool IsImported = false)
{
    /// <summary>Before the key of an attribute: <c>custom_attributes__site</c>, as in filters.</summary>
    public const string AttributePrefix = "custom_attributes__";

    public const string Id = "id";
    public const string EndpointName = "endpoint_name";
    public const string Groups = "groups";

    /// <summary>Between the ids of groups.</summary>
    public const char GroupSeparator = ' ';

    private static readonly Dictionary<DeviceState, string> StateNames =
        Enum.GetValues<DeviceState>().Zip(EnumNames.Of(typeof(DeviceState))).ToDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>All of them but those of attributes, in the order of an export.</summary>
    public static readonly IReadOnlyList<DeviceColumn> All =
    [
        new(Id, device => device.Id.ToString()),
        new(EndpointName, device => device.EndpointName),
        new("name", device => device.Name, IsImported: true),
        new("description", device => device.Description, IsImported: true),
        new("endpoint_type", device => device.EndpointType, IsImported: true),
        new("host_gateway", device => device.HostGateway, IsImported: true),
        new(Groups, device => string.Join(GroupSeparator, device.Groups), IsImported: true),
        new("state", device => StateNames[device.State]),
        new("lifecycle_status", device => device.LifecycleStatus),
        new("device_execution_mode", device => device.DeviceExecutionMode.ToString(CultureInfo.InvariantCulture)),
        new("device_class", device => device.DeviceClass),
        new("vendor_id", device => device.VendorId),
        new("serial_number", device => device.SerialNumber),
        new("device_key", device => device.DeviceKey),
        new("ca_id", device => device.CaId),
        new("issuer_fingerprint", device => device.IssuerFingerprint),
        new("net_id", device => device.NetId),
        new("firmware_checksum", device => device.FirmwareChecksum),
        new("manifest_timestamp", device => Time(device.ManifestTimestamp)),
        new("bootstrapped_timestamp", device => Time(device.BootstrappedTimestamp)),
        new("bootstrap_expiration_date", device => Date(device.BootstrapExpirationDate)),
        new("connector_expiration_date", device => Date(device.ConnectorExpirationDate)),
        new("enrolment_list_timestamp", device => Time(device.EnrolmentListTimestamp)),
        new("operator_suspended", device => device.OperatorSuspended ? "true" : "false"),
        new("last_operator_suspended_category", device => device.LastOperatorSuspendedCategory),
        new("last_operator_suspended_description", device => device.LastOperatorSuspendedDescription),
        new("last_operator_suspended_updated_at", device => Time(device.LastOperatorSuspendedUpdatedAt)),
        new("system_suspended", device => device.SystemSuspended ? "true" : "false"),
        new("created_at", device => Time(device.CreatedAt)),
        new("updated_at", device => Time(device.UpdatedAt)),
    ];

    /// <summary>The column of an attribute.</summary>
    public static DeviceColumn OfAttribute(string key) =>
        new(AttributePrefix + key, device => device.CustomAttributes.GetValueOrDefault(key), IsImported: true);

    private static string? Time(DateTimeOffset? time) => time is { } known ? MicrosecondsJsonConverter.Format(known) : null;

    private static string? Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
