namespace Surety.Server.Features.Certificates;

/// <summary>The revocation lists of one authority, as they are given out.</summary>
/// <param name="Full">DER: everything that is revoked.</param>
/// <param name="Delta">DER: what was revoked since the base, a list of the same day (RFC 5280, 5.2.4).</param>
/// <param name="BaseNumber">The number of the base.</param>
/// <param name="BaseAt">When the base was made.</param>
/// <param name="MadeAt">When these were made.</param>
/// <param name="Effort">How long it took to make them.</param>
/// <param name="Changes">Changes that were known of then.</param>
internal sealed record PublishedLists(byte[] Full, byte[] Delta, long BaseNumber, DateTimeOffset BaseAt, DateTimeOffset MadeAt, TimeSpan Effort, long Changes);
