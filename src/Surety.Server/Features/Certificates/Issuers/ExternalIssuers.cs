using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Surety.Pki;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Certificates;

/// <summary>The external authorities of all accounts: opens their credentials, uses them, and believes no answer that does not fit the request.</summary>
internal sealed class ExternalIssuers(IEnumerable<IExternalIssuer> kinds, SecretProtector secrets)
{
    /// <summary>Has a request signed by an issuer.</summary>
    /// <exception cref="IssuerException">It was not.</exception>
    public async Task<IssuedCertificate> IssueAsync(CertificateIssuer issuer, CertificationRequest request, CancellationToken cancellationToken)
    {
        var access = Open(issuer);
        var issued = await kinds.Single(kind => kind.Type == issuer.Type).IssueAsync(access, request, cancellationToken);
        var isForRequest = issued.Certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(request.PublicKey.ExportSubjectPublicKeyInfo());
        return isForRequest ? issued : throw new IssuerException($"the issuer '{issuer.Name}' made a certificate for another key than the one of the request");
    }

    /// <summary>Has a certificate made for a key of the platform's own, which is thrown away.</summary>
    /// <exception cref="IssuerException">It was not.</exception>
    public async Task<X509Certificate2> TryAsync(CertificateIssuer issuer, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new CertificateSubject($"surety-verify-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        var der = new CertificateRequest(subject.ToDistinguishedName(), key, HashAlgorithmName.SHA256).CreateSigningRequest();
        return CertificationRequest.TryParse(der, out var request, out var problem)
            ? (await IssueAsync(issuer, request, cancellationToken)).Certificate
            : throw new IssuerException(problem);
    }

    private IssuerAccess Open(CertificateIssuer issuer)
    {
        byte[]? plain = null;
        try
        {
            plain = secrets.Unprotect(CertificateIssuer.PurposeOf(issuer.Id), issuer.ProtectedCredentials);
            return new IssuerAccess(
                issuer.Id, issuer.Name, issuer.Type, JsonSerializer.Deserialize<Dictionary<string, string>>(issuer.Attributes)!, JsonSerializer.Deserialize<Dictionary<string, string>>(plain)!);
        }
        catch (CryptographicException error)
        {
            throw new IssuerException($"the credentials of the issuer '{issuer.Name}' cannot be decrypted: {error.Message} Or set them anew.", error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
