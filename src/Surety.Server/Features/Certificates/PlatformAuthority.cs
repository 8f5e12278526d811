using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// The certificate authority that the first run makes, and the server's own certificate under it: in the folder <c>ca</c> of the data directory.
/// </summary>
internal sealed class PlatformAuthority(DataDirectory data, SuretySettings settings, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(20 * 365);
    private static readonly TimeSpan ServerLifetime = TimeSpan.FromDays(825);

    // A server certificate is made anew at a start within this time of its end.
    private static readonly TimeSpan RenewalTime = TimeSpan.FromDays(60);

    private CertificateAuthority? _authority;

    /// <summary>The authority; after <see cref="Load"/>.</summary>
    public CertificateAuthority Authority => _authority ?? throw new InvalidOperationException("The authority is not loaded yet.");

    /// <summary>The server's certificate, for devices.</summary>
    public TlsCertificate ServerCertificate { get; private set; } = null!;

    /// <summary>SHA-256 of the authority's certificate, hexadecimal.</summary>
    public string Thumbprint => Convert.ToHexStringLower(SHA256.HashData(Authority.Certificate.RawData));

    /// <summary>Where the authority's certificate is, for devices that must know it.</summary>
    public string CertificatePath => data.File(Path.Combine("ca", "ca.pem"));

    /// <summary>Reads the authority, or makes it.</summary>
    /// <exception cref="StartupException">A file cannot be used.</exception>
    public void Load()
    {
        try
        {
            System.IO.Directory.CreateDirectory(data.File("ca"));
            var keyPath = data.File(Path.Combine("ca", "ca.key"));
            if (File.Exists(CertificatePath) && File.Exists(keyPath))
            {
                _authority = CertificateAuthority.Load(CertificatePath, keyPath);
            }
            else
            {
                // From 1970 on: clients without a clock start there.
                _authority = CertificateAuthority.CreateRoot(CertificateProfile.Authority(
                    new CertificateSubject($"Surety {RandomNumberGenerator.GetHexString(8, lowercase: true)}"), ValidityPeriod.FromEpoch(time, AuthorityLifetime)));
                _authority.Save(CertificatePath, keyPath);
            }

            LoadServerCertificate();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException($"The certificate authority in '{data.File("ca")}' cannot be used: {e.Message}", e);
        }
    }

    public void Dispose() => _authority?.Dispose();

    private void LoadServerCertificate()
    {
        var certificatePath = data.File(Path.Combine("ca", "server.pem"));
        var keyPath = data.File(Path.Combine("ca", "server.key"));
        string[] hosts = [.. new[] { settings.PublicHost, "localhost", "127.0.0.1", "::1", ListensAt(settings.Lwm2m.CoapsTcp) }
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        if (File.Exists(certificatePath) && File.Exists(keyPath))
        {
            using var certificate = PemFiles.ReadCertificates(certificatePath)[0];
            if (certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime > RenewalTime && hosts.All(host => certificate.MatchesHostname(host)))
            {
                using var key = PemFiles.ReadPrivateKey(keyPath);
                ServerCertificate = new TlsCertificate(certificate.CopyWithPrivateKey(key));
                return;
            }
        }

        var issued = Authority.IssueWithNewKey(CertificateProfile.Server(hosts, ValidityPeriod.FromEpoch(time, ServerLifetime)));
        using (var key = issued.GetECDsaPrivateKey()!)
            PemFiles.WritePrivateKey(keyPath, key);
        PemFiles.WriteCertificates(certificatePath, [issued]);
        ServerCertificate = new TlsCertificate(issued);
    }

    private static string? ListensAt(IPEndPoint? endpoint) =>
        endpoint is null || endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any) ? null : endpoint.Address.ToString();
}
