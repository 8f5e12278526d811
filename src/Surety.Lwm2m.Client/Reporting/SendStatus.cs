namespace Surety.Lwm2m.Client;

/// <summary>What became of a Send.</summary>
public enum SendStatus
{
    /// <summary>The server has the values.</summary>
    Delivered,

    /// <summary>Nothing was sent: the server has muted Send (resource 23 of the Server Object).</summary>
    Muted,

    /// <summary>Nothing was sent: the client is not registered with the server, or speaks LwM2M 1.0 with it.</summary>
    NotRegistered,

    /// <summary>Nothing was sent: nothing readable is at the paths, or the format cannot carry the values.</summary>
    NothingToSend,

    /// <summary>The server answered with an error.</summary>
    Rejected,

    /// <summary>No answer came.</summary>
    Unreachable,
}
