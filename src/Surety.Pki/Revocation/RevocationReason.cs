namespace Surety.Pki;

/// <summary>CRLReason (RFC 5280, 5.3.1).</summary>
public enum RevocationReason
{
    /// <summary>Not said; the extension is left out.</summary>
    Unspecified = 0,

    /// <summary>The private key is, or may be, known to others.</summary>
    KeyCompromise = 1,

    /// <summary>The authority's key is, or may be, known to others.</summary>
    CaCompromise = 2,

    /// <summary>The names no longer hold.</summary>
    AffiliationChanged = 3,

    /// <summary>Another certificate took its place.</summary>
    Superseded = 4,

    /// <summary>It is not needed any more.</summary>
    CessationOfOperation = 5,

    /// <summary>Suspended; may be lifted.</summary>
    CertificateHold = 6,

    /// <summary>Lifted again: in delta lists alone.</summary>
    RemoveFromCrl = 8,

    /// <summary>The right to it was withdrawn.</summary>
    PrivilegeWithdrawn = 9,
}
