using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Server.Tests.Certificates;

/// <summary>Certificates that a customer could upload, good and bad, made with the platform and nothing of Surety.</summary>
internal static class Authorities
{
    public static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-30);
    public static readonly DateTimeOffset Until = TimeProvider.System.GetUtcNow().AddDays(3650);

    /// <summary>A root with its key.</summary>
    public static X509Certificate2 Root(string name, AsymmetricAlgorithm? key = null, bool isAuthority = true, DateTimeOffset? until = null)
    {
        var request = Request(name, key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256), isAuthority);
        return request.CreateSelfSigned(until is null ? From : until.Value.AddDays(-1), until ?? Until);
    }

    /// <summary>An authority under another one, with its key.</summary>
    public static X509Certificate2 Under(X509Certificate2 issuer, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(name, key, isAuthority: true).Create(issuer, From, Until.AddDays(-1), RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>Signs a request as an authority elsewhere would.</summary>
    public static X509Certificate2 Sign(X509Certificate2 issuer, byte[] request, string? name = null)
    {
        var read = CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA256);
        var made = new CertificateRequest(name is null ? read.SubjectName : new X500DistinguishedName($"CN={name}"), read.PublicKey, HashAlgorithmName.SHA256);
        return made.Create(issuer, From, Until.AddDays(-2), RandomNumberGenerator.GetBytes(16));
    }

    public static string Unique(string name) => $"CN={name} {RandomNumberGenerator.GetHexString(8)}, O=Acme";

    public static string Pem(params X509Certificate2[] certificates) => string.Join('\n', certificates.Select(certificate => certificate.ExportCertificatePem()));

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key, bool isAuthority)
    {
        var subject = new X500DistinguishedName(name);
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        if (isAuthority)
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }
}
