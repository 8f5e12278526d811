namespace Surety.Server.Features.Directory;

/// <summary>Why a device may not be connected any more.</summary>
internal enum DeviceWithdrawalReason
{
    /// <summary>Its record is gone; a device that registers under the name gets a new one.</summary>
    Deleted,

    /// <summary>It is suspended; its record says <c>blocked</c>.</summary>
    Blocked,
}
