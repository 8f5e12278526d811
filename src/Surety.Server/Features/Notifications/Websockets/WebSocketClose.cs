namespace Surety.Server.Features.Notifications.Websockets;

/// <summary>Close codes (RFC 6455, 7.4.1; connect, "Channels").</summary>
internal enum WebSocketClose : ushort
{
    Normal = 1000,

    /// <summary>Another socket has taken the channel.</summary>
    GoingAway = 1001,

    ProtocolError = 1002,

    /// <summary>The key is gone.</summary>
    PolicyViolation = 1008,

    /// <summary>There is no channel, or something unexpected has happened.</summary>
    Unexpected = 1011,

    ServiceRestart = 1012,
}
