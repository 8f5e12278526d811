using Surety.Coap;

namespace Surety.Lwm2m;

/// <summary>A link in the answer to a Discover or Bootstrap-Discover (Core TS 1.2.2, 6.3.2 and 6.1.7.3).</summary>
/// <param name="Path">The node.</param>
public sealed record DiscoveredLink(Lwm2mPath Path)
{
    /// <summary>The attributes that the node shows to the server that asks.</summary>
    public NotificationAttributes Attributes { get; init; } = NotificationAttributes.None;

    /// <summary><c>dim</c>: how many instances a Resource has.</summary>
    public ushort? Dimension { get; init; }

    /// <summary><c>ssid</c>: short server id of an instance of Security, Server, OSCORE, COSE or MQTT Server.</summary>
    public ushort? ShortServerId { get; init; }

    /// <summary><c>uri</c>: the server of an instance of Security.</summary>
    public string? ServerUri { get; init; }

    /// <summary><c>ver</c>: version of an Object.</summary>
    public ObjectVersion? Version { get; init; }

    /// <summary>All other attributes, and those above whose value has the wrong form.</summary>
    public IReadOnlyList<LinkAttribute> Others { get; init; } = [];
}
