namespace Surety.Server.Features.Echo;

/// <summary>How much an echo may have: all of it is read, and shown, at once.</summary>
internal static class EchoLimits
{
    /// <summary>Resources of a device.</summary>
    public const int MaxResources = 256;

    /// <summary>Bytes of a value. A longer one that a device reports is kept without the value.</summary>
    public const int MaxValue = 8192;
}
