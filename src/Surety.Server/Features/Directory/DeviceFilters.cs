using Surety.Server.Api.Filters;

namespace Surety.Server.Features.Directory;

/// <summary>The fields that devices can be filtered by. (device-directory, "Filters".)</summary>
internal static class DeviceFilters
{
    public static readonly FilterSet<Device> All = new FilterSet<Device>()
        .Id("account_id", device => device.AccountId)
        .Switch("auto_update", device => device.AutoUpdate)
        .Date("bootstrap_expiration_date", device => device.BootstrapExpirationDate)
        .Time("bootstrapped_timestamp", device => device.BootstrappedTimestamp)
        .Text("ca_id", device => device.CaId)
        .Map(
            "component_attributes",
            (name, versions) => device => device.ComponentAttributes.Any(attribute => attribute.Key == name && versions.Contains(attribute.Value)),
            name => device => device.ComponentAttributes.Any(attribute => attribute.Key == name))
        .Date("connector_expiration_date", device => device.ConnectorExpirationDate)
        .Time("created_at", device => device.CreatedAt)
        .Map(
            "custom_attributes",
            (key, values) => device => device.CustomAttributes.Any(attribute => attribute.Key == key && values.Contains(attribute.Value)),
            key => device => device.CustomAttributes.Any(attribute => attribute.Key == key))
        .Text("deployed_state", device => device.DeviceExecutionMode == DeviceExecutionMode.Development
            ? DeviceLifecycle.Development
            : DeviceLifecycle.Production)
        .Text("deployment", device => device.Deployment)
        .Text("description", device => device.Description, like: true)
        .Text("device_class", device => device.DeviceClass, like: true)
        .Number("device_execution_mode", device => (int)device.DeviceExecutionMode, ordered: false)
        .Text("device_key", device => device.DeviceKey)
        .OptionalText("endpoint_name", device => device.EndpointName, like: true)
        .Text("endpoint_type", device => device.EndpointType, like: true)
        .Time("enrolment_list_timestamp", device => device.EnrolmentListTimestamp)
        .Time("etag", device => device.UpdatedAt)
        .Text("firmware_checksum", device => device.FirmwareChecksum)
        .Membership("groups", id => device => device.Memberships.Any(member => member.GroupId == id), device => device.Memberships.Any())
        .Text("host_gateway", device => device.HostGateway)
        .Id("id", device => device.Id)
        .OptionalText("issuer_fingerprint", device => device.IssuerFingerprint)
        .OptionalText("last_operator_suspended_category", device => device.LastOperatorSuspendedCategory)
        .Time("last_operator_suspended_updated_at", device => device.LastOperatorSuspendedUpdatedAt)
        .OptionalText("last_system_suspended_category", device => device.LastSystemSuspendedCategory)
        .Time("last_system_suspended_updated_at", device => device.LastSystemSuspendedUpdatedAt)
        .Text("lifecycle_status", device => device.OperatorSuspended || device.SystemSuspended
            ? DeviceLifecycle.Blocked
            : DeviceLifecycle.Enabled)
        .Text("manifest", device => device.Manifest)
        .Time("manifest_timestamp", device => device.ManifestTimestamp)
        .Choice("mechanism", device => device.Mechanism)
        .Text("mechanism_url", device => device.MechanismUrl)
        .Text("name", device => device.Name, like: true)
        .Text("net_id", device => device.NetId)
        .Switch("operator_suspended", device => device.OperatorSuspended)
        .Text("serial_number", device => device.SerialNumber, like: true)
        .Choice("state", device => device.State)
        .Switch("system_suspended", device => device.SystemSuspended)
        .Time("updated_at", device => device.UpdatedAt)
        .Text("vendor_id", device => device.VendorId, like: true);
}
