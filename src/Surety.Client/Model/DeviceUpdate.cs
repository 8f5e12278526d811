namespace Surety.Client;

/// <summary>What a device is made of or changed to; null leaves a member as it is.</summary>
public sealed record DeviceUpdate
{
    /// <summary>The name for people.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The endpoint name.</summary>
    public string? EndpointName { get; init; }

    /// <summary>The endpoint type.</summary>
    public string? EndpointType { get; init; }

    /// <summary>The gateway that it is behind.</summary>
    public string? HostGateway { get; init; }

    /// <summary>The SHA-256 fingerprint of its certificate. Changes only together with <see cref="CaId"/>.</summary>
    public string? DeviceKey { get; init; }

    /// <summary>The trusted certificate that vouches for it.</summary>
    public string? CaId { get; init; }

    /// <summary>Whether it takes updates by itself.</summary>
    public bool? AutoUpdate { get; init; }

    /// <summary>The account's own attributes.</summary>
    public IReadOnlyDictionary<string, string?>? CustomAttributes { get; init; }
}
