namespace Surety.Server.Features.Directory;

/// <summary>
/// Words of the Service API for what Surety derives from other members. (device-directory, lifecycle_status and deployed_state.)
/// </summary>
internal static class DeviceLifecycle
{
    public const string Enabled = "enabled";
    public const string Blocked = "blocked";
    public const string Development = "development";
    public const string Production = "production";
}
