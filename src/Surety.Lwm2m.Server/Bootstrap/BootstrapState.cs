namespace Surety.Lwm2m.Server;

/// <summary>Where a bootstrap stands.</summary>
public enum BootstrapState
{
    /// <summary>Operations are on their way.</summary>
    Running,

    /// <summary>The device has acknowledged the Finish.</summary>
    Finished,

    /// <summary>It came to nothing.</summary>
    Failed,
}
