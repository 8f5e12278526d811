using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Surety.Pki;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>Developer certificates: one certificate and key for a handful of development devices, which the platform makes and keeps.</summary>
internal sealed class DeveloperCertificates(
    SuretyDbFactory databases,
    TrustedCertificates trusted,
    PlatformAuthority platform,
    ServerCredentials servers,
    SecretProtector secrets,
    EntityIdGenerator ids,
    TimeProvider time)
{
    private const string Kind = "developer certificate";

    // (certificates: 1 is a developer certificate.)
    private const int DeveloperMode = 1;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(10 * 365);

    /// <exception cref="ApiException">403: the account has as many as it may have; 409: the name is taken.</exception>
    public async Task<DeveloperCertificateResponseData> CreateAsync(Caller caller, DeveloperCertificateRequestData request, CancellationToken cancellationToken)
    {
        var id = ids.Next();
        var now = time.GetInstant();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Make(id, caller.AccountId, key);
        var pkcs8 = key.ExportPkcs8PrivateKey();
        var row = new TrustedCertificate
        {
            Id = id,
            AccountId = caller.AccountId,
            Name = request.Name!,
            Description = request.Description,
            Service = TrustedCertificateService.Bootstrap,
            DeviceExecutionMode = DeveloperMode,
            Certificate = certificate.ExportCertificatePem() + "\n",
            Fingerprint = IssuedCertificates.FingerprintOf(certificate.RawData),
            Subject = certificate.Subject,
            Issuer = certificate.Issuer,
            Validity = new DateTimeOffset(certificate.NotAfter).ToUniversalTime(),
            OwnerId = caller.ApplicationId is { IsNone: false } owner ? owner : null,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var companion = new DeveloperCertificate { Id = id, AccountId = caller.AccountId, ProtectedKey = secrets.Protect(PurposeOf(id), pkcs8) };
        await trusted.AddAsync(row, cancellationToken, companion);
        return ToWire(row, pkcs8);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<DeveloperCertificateResponseData> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var developer = await db.Set<DeveloperCertificate>().AsNoTracking().RequireAsync(id, Kind, cancellationToken);
        var certificate = await db.Set<TrustedCertificate>().AsNoTracking().SingleAsync(row => row.Id == developer.Id, cancellationToken);
        return ToWire(certificate, secrets.Unprotect(PurposeOf(developer.Id), developer.ProtectedKey));
    }

    private static string PurposeOf(EntityId id) => $"developer-certificate/{id}";

    // Signed by itself, and no authority: whoever has its key is a device, and nobody can make others of it.
    private X509Certificate2 Make(EntityId id, EntityId account, ECDsa key)
    {
        var subject = new CertificateSubject(id.ToString(), OrganizationalUnit: account.ToString());
        var request = new CertificateRequest(subject.ToDistinguishedName(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(CertificateProfile.ClientAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, X509SubjectKeyIdentifierHashAlgorithm.ShortSha256, critical: false));
        var validity = ValidityPeriod.FromEpoch(time, Lifetime);
        return request.CreateSelfSigned(validity.NotBefore, validity.NotAfter);
    }

    private DeveloperCertificateResponseData ToWire(TrustedCertificate certificate, byte[] pkcs8)
    {
        using var parsed = X509Certificate2.CreateFromPem(certificate.Certificate);
        var uri = $"{servers.BootstrapUri}?aid={certificate.AccountId}";
        return new DeveloperCertificateResponseData
        {
            Id = certificate.Id,
            AccountId = certificate.AccountId,
            Name = certificate.Name,
            Description = certificate.Description,
            DeveloperCertificate = certificate.Certificate,
            DeveloperPrivateKey = PemEncoding.WriteString("PRIVATE KEY", pkcs8) + "\n",
            SecurityFileContent = SecurityFile.Write(certificate.Id, certificate.AccountId, uri, parsed.RawData, pkcs8, platform.Root.RawData),
            Etag = certificate.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            CreatedAt = certificate.CreatedAt,
        };
    }
}
