namespace Surety.Pki;

/// <summary>What a revocation list says (RFC 5280, 5).</summary>
public sealed record RevocationList
{
    /// <summary>Its number: higher than those of all lists before it, full and delta alike (5.2.3).</summary>
    public required long Number { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset ThisUpdate { get; init; }

    /// <summary>When the next one comes at the latest.</summary>
    public required DateTimeOffset NextUpdate { get; init; }

    /// <summary>All that is revoked; in a delta: what changed since the base.</summary>
    public IReadOnlyCollection<RevokedCertificate> Entries { get; init; } = [];

    /// <summary>Makes it a delta: the number of the full list that it adds to (5.2.4).</summary>
    public long? BaseNumber { get; init; }

    /// <summary>Where the deltas to this full list are (5.2.6).</summary>
    public IReadOnlyList<string> FreshestUris { get; init; } = [];
}
