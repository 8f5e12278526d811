namespace Surety.Lwm2m.Server;

/// <summary>Why a registration ended.</summary>
public enum RemovalReason
{
    /// <summary>The device asked to.</summary>
    Deregistered,

    /// <summary>Its lifetime passed without an update.</summary>
    Expired,

    /// <summary>The device registered again.</summary>
    Replaced,

    /// <summary>The platform ended it: the device was deleted or suspended.</summary>
    Revoked,

    /// <summary>The device is registered at another server of the platform by now.</summary>
    Moved,
}
