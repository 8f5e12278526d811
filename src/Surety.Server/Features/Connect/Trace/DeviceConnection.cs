namespace Surety.Server.Features.Connect;

/// <summary>How a device is connected. (<c>GET /v3/devices/{device_id}/connection</c>, an addition of Surety.)</summary>
internal sealed record DeviceConnection
{
    /// <summary>Always device-connection.</summary>
    public string Object { get; } = "device-connection";

    /// <summary>The device.</summary>
    public required string Id { get; init; }

    /// <summary>It is registered now.</summary>
    public required bool Registered { get; init; }

    /// <summary>The platform could send to it at this moment; false over TCP, TLS and DTLS when its connection or session is gone.</summary>
    public bool Reachable { get; init; }

    /// <summary>It sleeps, and is sent to when it has been heard from.</summary>
    public bool QueueMode { get; init; }

    /// <summary>coap, coaps, coap+tcp or coaps+tcp.</summary>
    public string? Scheme { get; init; }

    /// <summary>Address and port that it was heard from last.</summary>
    public string? Address { get; init; }

    /// <summary>DTLS 1.2, TLS 1.2 or TLS 1.3.</summary>
    public string? SecurityProtocol { get; init; }

    /// <summary>The cipher suite, by its name in the registry of TLS.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>The session survives changes of the address (RFC 9146).</summary>
    public bool? ConnectionId { get; init; }

    /// <summary>The version of LwM2M, such as 1.1.</summary>
    public string? Lwm2mVersion { get; init; }

    /// <summary>The bindings that it has named, such as UT.</summary>
    public string? Binding { get; init; }

    /// <summary>Seconds after an update until its registration ends; 0: never.</summary>
    public long? Lifetime { get; init; }

    /// <summary>When it registered.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>When it was heard from last. Of a device that is not registered it is known to the hour.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>When its registration ends unless it is heard from.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
