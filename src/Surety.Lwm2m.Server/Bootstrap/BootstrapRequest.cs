using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>What a device asks a Bootstrap-Server for: a Bootstrap-Request (Core TS 1.2.2, 6.1.7.1) or a Bootstrap-Pack-Request (6.1.7.7).</summary>
/// <param name="Peer">The device, and what it has proven.</param>
public sealed record BootstrapRequest(CoapPeer Peer)
{
    /// <summary>Longest endpoint name in characters; longer ones are refused.</summary>
    public const int MaxEndpointName = RegistrationParameters.MaxEndpointName;

    /// <summary><c>ep</c>: endpoint client name; null when the security identity tells it.</summary>
    public string? EndpointName { get; init; }

    /// <summary>
    /// The format in which the device wants what is written to it: <c>pct</c>, or Accept of a Bootstrap-Pack-Request. Null: it does not say, which
    /// is what LwM2M 1.0 clients do.
    /// </summary>
    public ContentFormat? PreferredContentFormat { get; init; }

    /// <summary>The device wants everything in one answer.</summary>
    public bool IsPackRequest { get; init; }

    /// <summary><c>acc</c> of a Bootstrap-Pack-Request (since 1.2.1): the instances that make up the device's Bootstrap-Server Account.</summary>
    public IReadOnlyList<Lwm2mPath> BootstrapServerAccount { get; init; } = [];

    /// <summary>Queries that LwM2M does not define, in order: <c>aid=...</c> for instance.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>The value of a query that LwM2M does not define; empty for one without value, null when it is not there.</summary>
    public string? GetOther(string name)
    {
        foreach (string other in Others)
        {
            if (other.StartsWith(name, StringComparison.Ordinal) && (other.Length == name.Length || other[name.Length] == '='))
                return other.Length == name.Length ? "" : other[(name.Length + 1)..];
        }

        return null;
    }
}
