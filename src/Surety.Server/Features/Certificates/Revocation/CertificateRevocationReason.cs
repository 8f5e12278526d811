namespace Surety.Server.Features.Certificates;

/// <summary>What an operator may give as the reason (RFC 5280, 5.3.1).</summary>
internal enum CertificateRevocationReason
{
    /// <summary>Not said.</summary>
    Unspecified,

    /// <summary>The device's key is, or may be, known to others.</summary>
    KeyCompromise,

    /// <summary>The device's names, or its owner, changed.</summary>
    AffiliationChanged,

    /// <summary>The device is out of use.</summary>
    CessationOfOperation,

    /// <summary>It may not connect any more.</summary>
    PrivilegeWithdrawn,
}
