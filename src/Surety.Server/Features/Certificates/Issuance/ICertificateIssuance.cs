using Surety.Coap;

namespace Surety.Server.Features.Certificates;

/// <summary>Has certificates made by the issuer that the account has configured, and keeps the record of what was issued.</summary>
internal interface ICertificateIssuance
{
    /// <summary>Issues what a device asks for. When this returns, the certificate is in the record of issued ones, durably.</summary>
    /// <exception cref="CoapException">The request is refused or the issuer fails; code and message are for the device.</exception>
    Task<IssuedCertificate> IssueAsync(CertificateOrder order, CancellationToken cancellationToken);

    /// <summary>The authorities that devices of an account must know to believe its servers and each other: what EST calls crts (RFC 7030, 4.1).</summary>
    IReadOnlyList<System.Security.Cryptography.X509Certificates.X509Certificate2> GetAuthorities(EntityId accountId);
}
