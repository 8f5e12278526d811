namespace Surety.Server.Features.Directory;

/// <summary>Bounds of texts.</summary>
internal static class DeviceLimits
{
    /// <summary>Characters of a text for which the contract documents no maximum; its longest documented one has 2000.</summary>
    public const int FreeText = 2000;

    /// <summary>Characters of a filter that is sent in a body. (device-directory, DeviceQueryPostPutRequest.)</summary>
    public const int FilterString = 1000;
}
