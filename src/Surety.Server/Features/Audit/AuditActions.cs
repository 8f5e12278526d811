namespace Surety.Server.Features.Audit;

/// <summary>What can be done to something.</summary>
internal static class AuditActions
{
    public const string Create = "create";
    public const string Update = "update";
    public const string Delete = "delete";
    public const string SignIn = "sign_in";
    public const string SignInFailed = "sign_in_failed";
    public const string SignOut = "sign_out";

    /// <summary>A caller has asked a device to change something.</summary>
    public const string DeviceRequest = "device_request";

    /// <summary>What became of it.</summary>
    public const string DeviceResponse = "device_response";
}
