namespace Surety.Server.Features.Directory;

/// <summary>The state of a device in the directory.</summary>
/// <remarks>The numbers are stored. (device-directory, state.)</remarks>
internal enum DeviceState
{
    /// <summary>The record exists; the device has not been seen.</summary>
    Unenrolled = 0,

    /// <summary>The first bootstrap is running.</summary>
    CloudEnrolling = 1,

    /// <summary>The device has credentials for the LwM2M server.</summary>
    Bootstrapped = 2,

    /// <summary>The device has an LwM2M registration.</summary>
    Registered = 3,

    /// <summary>The registration was given up or has expired.</summary>
    Deregistered = 4,
}
