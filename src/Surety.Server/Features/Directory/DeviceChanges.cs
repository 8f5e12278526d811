namespace Surety.Server.Features.Directory;

/// <summary>Applies requests to a device record.</summary>
internal static class DeviceChanges
{
    public static Device Create(EntityId id, EntityId accountId, DeviceDataPostRequest request, DateTimeOffset now)
    {
        var device = new Device
        {
            Id = id,
            AccountId = accountId,
            EndpointName = string.IsNullOrEmpty(request.EndpointName) ? null : request.EndpointName,
            EndpointType = request.EndpointType ?? "",
            Name = request.Name ?? "",
            Description = request.Description ?? "",
            State = request.State ?? DeviceState.Unenrolled,
            DeviceExecutionMode = (DeviceExecutionMode)(request.DeviceExecutionMode ?? 0),
            DeviceClass = request.DeviceClass ?? "",
            VendorId = request.VendorId ?? "",
            SerialNumber = request.SerialNumber ?? "",
            DeviceKey = request.DeviceKey ?? "",
            CaId = request.CaId ?? "",
            IssuerFingerprint = request.IssuerFingerprint,
            HostGateway = request.HostGateway ?? "",
            Manifest = request.Manifest ?? "",
            Mechanism = request.Mechanism ?? DeviceMechanism.Connector,
            MechanismUrl = request.MechanismUrl ?? "",
            Deployment = request.Deployment ?? "",
            AutoUpdate = request.AutoUpdate ?? false,
            BootstrapExpirationDate = request.BootstrapExpirationDate,
            ConnectorExpirationDate = request.ConnectorExpirationDate,
            CreatedAt = now,
            UpdatedAt = now,
        };
        DeviceAttribute.Replace(device.CustomAttributes, request.CustomAttributes);
        return device;
    }

    public static void Update(Device device, DeviceDataPutRequest request)
    {
        device.AutoUpdate = request.AutoUpdate ?? device.AutoUpdate;
        device.CaId = request.CaId ?? device.CaId;
        device.Description = request.Description ?? device.Description;
        device.DeviceKey = request.DeviceKey ?? device.DeviceKey;
        device.EndpointType = request.EndpointType ?? device.EndpointType;
        device.HostGateway = request.HostGateway ?? device.HostGateway;
        device.Name = request.Name ?? device.Name;
        DeviceAttribute.Replace(device.CustomAttributes, request.CustomAttributes);
    }

    /// <summary>The device bootstraps.</summary>
    public static void Enrol(Device device, DeviceEnrolment enrolment)
    {
        device.DeviceExecutionMode = enrolment.ExecutionMode ?? device.DeviceExecutionMode;
        device.DeviceKey = enrolment.DeviceKey ?? device.DeviceKey;
        device.CaId = enrolment.CaId ?? device.CaId;
        device.IssuerFingerprint = enrolment.IssuerFingerprint ?? device.IssuerFingerprint;
        device.BootstrapExpirationDate = enrolment.BootstrapExpirationDate ?? device.BootstrapExpirationDate;
        device.EnrolmentListTimestamp = enrolment.EnrolmentListTimestamp ?? device.EnrolmentListTimestamp;
        // The state of one that was bootstrapped before stays until it has its new credentials.
        if (device.State == DeviceState.Unenrolled)
            device.State = DeviceState.CloudEnrolling;
    }

    public static void Suspend(Device device, string category, string? description, DateTimeOffset now)
    {
        device.OperatorSuspended = true;
        device.LastOperatorSuspendedCategory = category;
        device.LastOperatorSuspendedDescription = description;
        device.LastOperatorSuspendedUpdatedAt = now;
        // A connected device is dropped and deregistered. (device-directory, suspend.)
        if (device.State == DeviceState.Registered)
            device.State = DeviceState.Deregistered;
    }

    public static void Resume(Device device, string? description, DateTimeOffset now)
    {
        device.OperatorSuspended = false;
        device.LastOperatorSuspendedDescription = description;
        device.LastOperatorSuspendedUpdatedAt = now;
    }
}
