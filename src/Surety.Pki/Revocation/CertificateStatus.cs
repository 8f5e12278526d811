namespace Surety.Pki;

/// <summary>What is known of a certificate (RFC 6960, 2.2).</summary>
public abstract record CertificateStatus
{
    private CertificateStatus()
    {
    }

    /// <summary>Issued and not revoked.</summary>
    public sealed record Good : CertificateStatus;

    /// <summary>Revoked, or suspended.</summary>
    /// <param name="At">Since when.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Revoked(DateTimeOffset At, RevocationReason Reason) : CertificateStatus;

    /// <summary>Never issued, as far as is known.</summary>
    public sealed record Unknown : CertificateStatus;
}
