namespace Surety.Server.Features.Certificates;

/// <summary>Proof that the first entries of the log are those of an older head (RFC 6962, 2.1.2).</summary>
internal sealed record CertificateConsistency
{
    /// <summary>Always <c>certificate-log-consistency</c>.</summary>
    public string Object { get; init; } = "certificate-log-consistency";

    /// <summary>Entries of the older tree.</summary>
    public required int First { get; init; }

    /// <summary>Its root, hexadecimal.</summary>
    public required string FirstRootHash { get; init; }

    /// <summary>Entries of the newer tree.</summary>
    public required int Second { get; init; }

    /// <summary>Its root, hexadecimal.</summary>
    public required string SecondRootHash { get; init; }

    /// <summary>The proof, hexadecimal.</summary>
    public required IReadOnlyList<string> Consistency { get; init; }
}
