namespace Surety.Server.Features.Directory;

/// <summary>
/// What kind of certificate the device has; the numbers are those of the Service API. (device-directory, device_execution_mode.)
/// </summary>
internal enum DeviceExecutionMode
{
    /// <summary>Neither a developer nor a production certificate.</summary>
    Unspecified = 0,

    /// <summary>A developer certificate.</summary>
    Development = 1,

    /// <summary>A certificate that a factory made.</summary>
    Production = 5,
}
