using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <inheritdoc cref="ICertificateIssuance"/>
internal sealed partial class CertificateIssuance(
    PlatformAuthority platform,
    CertificateIssuerConfigs configs,
    ExternalIssuers external,
    IssuedCertificates record,
    RevocationAddresses addresses,
    SuretyDbFactory databases,
    SuretySettings settings,
    TimeProvider time,
    ILogger<CertificateIssuance> log) : ICertificateIssuance
{
    private const int MaxChain = 10;

    public async Task<IssuedCertificate> IssueAsync(CertificateOrder order, CancellationToken cancellationToken)
    {
        order = order with { CertificateName = CertificateIssuerConfigs.Normalize(order.CertificateName) };
        RequestedSubject.Check(order);
        if (order.EndpointName.Length > CertificateSubject.MaxCommonNameLength)
        {
            throw new CoapException(
                CoapCode.BadRequest, $"the endpoint name has more than {CertificateSubject.MaxCommonNameLength} characters, which no certificate can hold (RFC 5280, A.1)");
        }

        var (isConfigured, issuer) = await configs.ResolveAsync(order.AccountId, order.CertificateName, cancellationToken);
        if (!isConfigured)
            throw new CoapException(CoapCode.NotFound, $"no issuer is configured for certificates with the name '{Api.ApiException.Shorten(order.CertificateName)}'");
        var issued = issuer is null ? IssueByPlatform(order) : await IssueByAsync(issuer, order, cancellationToken);
        await record.AddAsync(order, issued.Certificate, issuer?.Id, cancellationToken);
        return issued;
    }

    public IReadOnlyList<X509Certificate2> GetAuthorities(EntityId accountId) => [platform.Root, .. platform.Intermediates];

    private IssuedCertificate IssueByPlatform(CertificateOrder order)
    {
        var subject = new CertificateSubject(order.EndpointName, OrganizationalUnit: order.AccountId.ToString(), Locality: order.DeviceId.ToString());
        var profile = CertificateProfile.Device(subject, ValidityPeriod.FromEpoch(time, settings.Certificates.DeviceLifetime));
        profile = addresses.AddTo(profile, platform.Authority.Certificate);
        try
        {
            return new IssuedCertificate(platform.Authority.Issue(order.Request.PublicKey, profile), [platform.Intermediates[0], platform.Root]);
        }
        catch (SigningKeyException error)
        {
            LogKeyAway(error, order.EndpointName);
            throw new CoapException(CoapCode.ServiceUnavailable, "the key of the platform's authority cannot be used at the moment; ask again in a while");
        }
    }

    private async Task<IssuedCertificate> IssueByAsync(CertificateIssuer issuer, CertificateOrder order, CancellationToken cancellationToken)
    {
        IssuedCertificate issued;
        try
        {
            issued = await external.IssueAsync(issuer, order.Request, cancellationToken);
        }
        catch (IssuerException error)
        {
            LogIssuerFailed(error, issuer.Id, order.EndpointName);
            throw new CoapException(CoapCode.BadGateway, error.Message);
        }

        // What a device cannot register with must not replace what it can: better no certificate than this one.
        var isLwm2m = order.CertificateName == CertificateOrder.Lwm2m;
        if (isLwm2m && issued.Certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is var name && name != order.EndpointName)
            throw Refuse(issuer, order, $"made a certificate with the common name '{Api.ApiException.Shorten(name)}', and not the endpoint name '{order.EndpointName}'");
        var chain = await CompleteAsync(issued, order.AccountId, cancellationToken);
        if (isLwm2m && !chain.IsTrusted)
            throw Refuse(issuer, order, $"signs with '{issued.Certificate.Issuer}', which the account does not trust: add it to /v3/trusted-certificates with the service lwm2m");
        return chain.Issued;
    }

    /// <summary>Adds the authorities that the account has uploaded, as far as they belong into the chain.</summary>
    private async Task<(IssuedCertificate Issued, bool IsTrusted)> CompleteAsync(IssuedCertificate issued, EntityId account, CancellationToken cancellationToken)
    {
        List<TrustedCertificate> rows;
        await using (var db = databases.Open(account))
        {
            rows = await db.Set<TrustedCertificate>().AsNoTracking().Where(row => row.Status == TrustedCertificateStatus.Active && row.DeviceExecutionMode == null)
                .ToListAsync(cancellationToken);
        }

        var known = new List<X509Certificate2>(issued.Issuers);
        foreach (var row in rows)
        {
            if (IssuerMembers.TryReadCertificates(row.Certificate, out var certificates))
                known.AddRange(certificates);
        }

        var trusted = rows.Where(row => row.Service == TrustedCertificateService.Lwm2m).Select(row => row.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var chain = new List<X509Certificate2>();
        for (var current = issued.Certificate; chain.Count < MaxChain && !CertificateSignature.IsBy(current, current);)
        {
            if (known.Find(candidate => CertificateSignature.IsBy(current, candidate)) is not { } above)
                break;
            chain.Add(above);
            current = above;
        }

        return (new IssuedCertificate(issued.Certificate, chain), chain.Any(one => trusted.Contains(IssuedCertificates.FingerprintOf(one.RawData))));
    }

    private CoapException Refuse(CertificateIssuer issuer, CertificateOrder order, string reason)
    {
        LogRefused(issuer.Id, order.EndpointName, reason);
        return new CoapException(CoapCode.BadGateway, $"the issuer '{issuer.Name}' {reason}");
    }

    [LoggerMessage(1760, LogLevel.Error, "The platform's authority makes no certificate for {Endpoint}: its key cannot be used")]
    private partial void LogKeyAway(Exception exception, string endpoint);

    [LoggerMessage(1755, LogLevel.Warning, "Issuer {IssuerId} made no certificate for {Endpoint}")]
    private partial void LogIssuerFailed(Exception error, EntityId issuerId, string endpoint);

    [LoggerMessage(1756, LogLevel.Warning, "What issuer {IssuerId} made for {Endpoint} was not handed out: it {Reason}")]
    private partial void LogRefused(EntityId issuerId, string endpoint, string reason);
}
