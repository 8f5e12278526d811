namespace Surety.Lwm2m.Client;

/// <summary>Where a client stands with one of its servers.</summary>
public enum RegistrationState
{
    /// <summary>Not started, or stopped.</summary>
    Stopped,

    /// <summary>Started; its turn, or its initial delay, has not come (LwM2M Core 6.2.1.1).</summary>
    Waiting,

    /// <summary>The way to the server is being opened.</summary>
    Connecting,

    /// <summary>A Register was sent, or an Update that takes up an earlier registration.</summary>
    Registering,

    /// <summary>The server knows the client; it serves and reports.</summary>
    Registered,

    /// <summary>The server refused, or cannot be reached; it is tried again later.</summary>
    Retrying,

    /// <summary>The server has disabled its account for a time (resource 4 of the Server Object).</summary>
    Disabled,

    /// <summary>A De-register was sent.</summary>
    Deregistering,

    /// <summary>The account forbids further attempts (resources 17 to 20 of the Server Object).</summary>
    Failed,
}
