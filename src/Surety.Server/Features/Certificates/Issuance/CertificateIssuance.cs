using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Certificates;

/// <inheritdoc cref="ICertificateIssuance"/>
internal sealed class CertificateIssuance(PlatformAuthority platform, IssuedCertificates record, SuretySettings settings, TimeProvider time) : ICertificateIssuance
{
    public async Task<IssuedCertificate> IssueAsync(CertificateOrder order, CancellationToken cancellationToken)
    {
        RequestedSubject.Check(order);
        if (order.EndpointName.Length > CertificateSubject.MaxCommonNameLength)
        {
            throw new CoapException(
                CoapCode.BadRequest, $"the endpoint name has more than {CertificateSubject.MaxCommonNameLength} characters, which no certificate can hold (RFC 5280, A.1)");
        }

        var issued = IssueByPlatform(order);
        await record.AddAsync(order, issued.Certificate, issuerId: null, cancellationToken);
        return issued;
    }

    public IReadOnlyList<X509Certificate2> GetAuthorities(EntityId accountId) => [platform.Root, .. platform.Intermediates];

    private IssuedCertificate IssueByPlatform(CertificateOrder order)
    {
        var subject = new CertificateSubject(order.EndpointName, OrganizationalUnit: order.AccountId.ToString(), Locality: order.DeviceId.ToString());
        var profile = CertificateProfile.Device(subject, ValidityPeriod.FromEpoch(time, settings.Certificates.DeviceLifetime));
        return new IssuedCertificate(platform.Authority.Issue(order.Request.PublicKey, profile), [platform.Intermediates[0], platform.Root]);
    }
}
