namespace Surety.Pki;

/// <summary>An entry of a revocation list (RFC 5280, 5.3).</summary>
/// <param name="Serial">Serial number, big-endian, as it stands in the certificate.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="Reason">Why.</param>
/// <param name="InvalidityDate">Since when the key is not to be believed, when that is earlier; null: not known.</param>
public readonly record struct RevokedCertificate(
    ReadOnlyMemory<byte> Serial, DateTimeOffset RevokedAt, RevocationReason Reason = RevocationReason.Unspecified, DateTimeOffset? InvalidityDate = null);
