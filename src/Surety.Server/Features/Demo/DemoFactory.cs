using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Pki;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Enrollment;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Demo;

/// <summary>
/// The factory that the demo's devices come from: an authority of its own, which the first account trusts in first-to-claim mode, and a certificate
/// and key in each device. And the owner, who claims each device by the fingerprint of that certificate.
/// </summary>
internal sealed class DemoFactory(
    DataDirectory data, DeviceTrust trust, TrustedCertificates trusted, EnrollmentService enrollments, TimeProvider time) : IDisposable
{
    private const string Name = "Demo factory";

    // A factory's certificates last as long as the devices.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(20 * 365);

    private CertificateAuthority? _authority;

    /// <summary>Reads the factory, or builds it, and has the account trust it.</summary>
    /// <exception cref="StartupException">A file cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            System.IO.Directory.CreateDirectory(PathOf(""));
            _authority = File.Exists(PathOf("ca.pem")) ? CertificateAuthority.Load(PathOf("ca.pem"), PathOf("ca.key")) : Build();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException($"The demo's factory in '{PathOf("")}' cannot be used: {error.Message}", error);
        }

        await IgnoreDuplicateAsync(trusted.CreateAsync(Owner, new TrustedCertificateReq
        {
            Certificate = _authority.Certificate.ExportCertificatePem(),
            Name = Name,
            Description = "Made by --demo: the authority of the demo's factory.",
            EnrollmentMode = true,
            Service = TrustedCertificateService.Bootstrap,
        }, cancellationToken));
    }

    /// <summary>The identity that a device leaves the factory with: the same each time.</summary>
    public Device.DeviceIdentity FindIdentity(string endpointName)
    {
        string certificatePath = PathOf($"{endpointName}.pem"), keyPath = PathOf($"{endpointName}.key");
        if (!File.Exists(certificatePath))
        {
            using var made = _authority!.IssueWithNewKey(CertificateProfile.Device(new CertificateSubject(endpointName, "Surety Demo"), ValidityPeriod.FromEpoch(time, Lifetime)));
            // The key first: a certificate without its key would be taken for a finished device.
            using (var key = made.GetECDsaPrivateKey()!)
                PemFiles.WritePrivateKey(keyPath, key);
            PemFiles.WriteCertificates(certificatePath, [made]);
        }

        return Device.DeviceIdentity.FromPem(certificatePath, keyPath);
    }

    /// <summary>The owner claims a device.</summary>
    public async Task ClaimAsync(string endpointName, CancellationToken cancellationToken)
    {
        using var certificate = FindIdentity(endpointName).Certificate;
        var identity = EnrollmentFingerprint.Of(certificate.RawData).ToIdentity();
        await IgnoreDuplicateAsync(enrollments.CreateAsync(Owner.AccountId, new EnrollmentId { EnrollmentIdentity = identity }, cancellationToken));
    }

    public void Dispose() => _authority?.Dispose();

    private Caller Owner => new(trust.PlatformAccount, default, IsAdministrator: true);

    private CertificateAuthority Build()
    {
        var authority = CertificateAuthority.CreateRoot(CertificateProfile.Root(
            new CertificateSubject($"{Name} {RandomNumberGenerator.GetHexString(8, lowercase: true)}", "Surety Demo"), ValidityPeriod.FromEpoch(time, Lifetime)));
        authority.Save(PathOf("ca.pem"), PathOf("ca.key"));
        return authority;
    }

    private string PathOf(string name) => data.File(Path.Combine("demo", "factory", name));

    // It was done at an earlier start.
    private static async Task IgnoreDuplicateAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (ApiException error) when (error.Status == StatusCodes.Status409Conflict)
        {
        }
    }
}
