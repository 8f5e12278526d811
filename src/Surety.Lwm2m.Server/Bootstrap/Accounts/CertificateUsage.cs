namespace Surety.Lwm2m.Server;

/// <summary>Certificate Usage: resource 15 of the Security object, whose certificate Server Public Key is (since LwM2M 1.1; the numbers of RFC 6698, 2.1.1).</summary>
public enum CertificateUsage : byte
{
    /// <summary>An authority's, in a chain that the device believes anyhow.</summary>
    CaConstraint = 0,

    /// <summary>The server's, in a chain that the device believes anyhow.</summary>
    ServiceCertificateConstraint = 1,

    /// <summary>An authority's, which makes it a trust anchor.</summary>
    TrustAnchorAssertion = 2,

    /// <summary>The server's, and nothing else is asked.</summary>
    DomainIssuedCertificate = 3,
}
