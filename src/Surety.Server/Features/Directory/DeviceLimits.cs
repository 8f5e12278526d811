namespace Surety.Server.Features.Directory;

/// <summary>Bounds that the contract leaves open.</summary>
internal static class DeviceLimits
{
    /// <summary>Characters of a text for which the contract documents no maximum; its longest documented one has 2000.</summary>
    public const int FreeText = 2000;
}
