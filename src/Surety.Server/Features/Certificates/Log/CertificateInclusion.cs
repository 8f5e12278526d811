namespace Surety.Server.Features.Certificates;

/// <summary>Proof that a certificate is in the log (RFC 6962, 2.1.1).</summary>
internal sealed record CertificateInclusion
{
    /// <summary>Always <c>certificate-log-inclusion</c>.</summary>
    public string Object { get; init; } = "certificate-log-inclusion";

    /// <summary>SHA-256 of the certificate, hexadecimal.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Hexadecimal.</summary>
    public required string SerialNumber { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Its place in the log, from 0.</summary>
    public required int LeafIndex { get; init; }

    /// <summary>
    /// The 58 bytes that the leaf hash is made of, base64: fingerprint (32), length of the serial number (1), serial number with zeros behind it
    /// (20), seconds since 1970 (5).
    /// </summary>
    public required string LeafEntry { get; init; }

    /// <summary>Entries of the tree that the proof is for.</summary>
    public required int TreeSize { get; init; }

    /// <summary>Its root, hexadecimal.</summary>
    public required string RootHash { get; init; }

    /// <summary>The hashes from the leaf to the root, hexadecimal.</summary>
    public required IReadOnlyList<string> AuditPath { get; init; }
}
