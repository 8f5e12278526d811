using Surety.Pki;

namespace Surety.Server.Features.Certificates;

/// <summary>Speaks with one kind of external authority.</summary>
internal interface IExternalIssuer
{
    /// <summary>Which kind.</summary>
    CertificateIssuerType Type { get; }

    /// <summary>Has a request signed.</summary>
    /// <returns>The certificate, and the authorities above it that the issuer tells of.</returns>
    /// <exception cref="IssuerException">It was not.</exception>
    Task<IssuedCertificate> IssueAsync(IssuerAccess issuer, CertificationRequest request, CancellationToken cancellationToken);
}
