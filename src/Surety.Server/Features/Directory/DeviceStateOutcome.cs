namespace Surety.Server.Features.Directory;

/// <summary>What became of a <see cref="DeviceStateChange"/>.</summary>
internal enum DeviceStateOutcome
{
    /// <summary>There is no such device, for example because it was deleted meanwhile: its registration must go.</summary>
    Missing,

    /// <summary>The record said so already and was not touched.</summary>
    Unchanged,

    /// <summary>The record was changed.</summary>
    Changed,
}
