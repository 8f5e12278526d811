using Surety.Pki;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// GlobalSign Atlas. The account's validation policy, which is known to GlobalSign's customer alone, decides which members a request must have; no
/// request is guessed that a policy would refuse or, worse, charge for. Issuers of this type are kept by contract, and say so when they are used.
/// </summary>
internal sealed class GlobalSignIssuer : IExternalIssuer
{
    public CertificateIssuerType Type => CertificateIssuerType.GlobalSign;

    public Task<IssuedCertificate> IssueAsync(IssuerAccess issuer, CertificationRequest request, CancellationToken cancellationToken) =>
        Task.FromException<IssuedCertificate>(new IssuerException(
            $"the issuer '{issuer.Name}' is of the type GLOBAL_SIGN, which this version keeps and cannot use; CFSSL_AUTH and EST issue"));
}
