namespace Surety.Lwm2m.Client;

/// <summary>Where a client stands with its bootstrap server.</summary>
public enum BootstrapState
{
    /// <summary>There is no need, or no account.</summary>
    Idle,

    /// <summary>The Client Hold Off Time runs (resource 11 of the Security Object).</summary>
    HoldingOff,

    /// <summary>The way to the bootstrap server is being opened.</summary>
    Connecting,

    /// <summary>A Bootstrap-Request or Bootstrap-Pack-Request was sent.</summary>
    Requesting,

    /// <summary>The bootstrap server writes; Bootstrap-Finish ends it.</summary>
    Configuring,

    /// <summary>The new configuration is consistent, and is being stored.</summary>
    Storing,

    /// <summary>Certificates are enrolled over EST, on the connection to the bootstrap server.</summary>
    Enrolling,

    /// <summary>It failed, and is tried again later.</summary>
    Retrying,

    /// <summary>The configuration is in force.</summary>
    Finished,
}
