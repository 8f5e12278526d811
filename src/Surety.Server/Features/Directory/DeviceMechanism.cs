namespace Surety.Server.Features.Directory;

/// <summary>The channel to the device; without effect.</summary>
/// <remarks>Kept for the Service API. (device-directory, mechanism.)</remarks>
internal enum DeviceMechanism
{
    Connector = 0,
    Direct = 1,
}
