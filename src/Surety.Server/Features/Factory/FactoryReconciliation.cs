namespace Surety.Server.Features.Factory;

/// <summary>What was produced, against what was seen.</summary>
internal sealed record FactoryReconciliation
{
    /// <summary>Devices that have bootstrapped with the certificate in the manifest.</summary>
    public required int Seen { get; init; }

    /// <summary>Devices that nobody has seen yet.</summary>
    public required int NotSeen { get; init; }

    /// <summary>Devices of the directory that have the endpoint name and another certificate: it was replaced, or the device is no product of the factory.</summary>
    public required int SeenWithAnotherKey { get; init; }

    /// <summary>The first 100 endpoint names of those.</summary>
    public required IReadOnlyList<string> AnotherKey { get; init; }

    /// <summary>Certificates that the factory's log has between the manifest before this one and this one: made, and reported by no manifest that was imported.</summary>
    public required int UnreportedBefore { get; init; }
}
