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
/// The factory that an account's devices in this process come from: an authority of its own, which the account trusts in first-to-claim mode, and a
/// certificate and key in each device. And the owner, who claims each device by the fingerprint of that certificate.
/// </summary>
/// <param name="account">Whose devices it makes.</param>
/// <param name="folder">Where it keeps its keys; made when it is needed.</param>
/// <param name="trusted">What accounts trust.</param>
/// <param name="enrollments">What accounts claim.</param>
/// <param name="time">The clock.</param>
internal sealed class DemoFactory(EntityId account, string folder, TrustedCertificates trusted, EnrollmentService enrollments, TimeProvider time) : IDisposable
{
    private const string Name = "Demo factory";

    // A factory's certificates last as long as the devices.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(20 * 365);

    private readonly Lock _lock = new();
    private CertificateAuthority? _authority;

    /// <summary>Reads the factory, or builds it, and has the account trust it.</summary>
    /// <exception cref="StartupException">A file cannot be used.</exception>
    /// <exception cref="ApiException">403: the account may not trust one more certificate.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        CertificateAuthority authority;
        using (_lock.EnterScope())
            authority = _authority ??= Open();
        await IgnoreDuplicateAsync(trusted.CreateAsync(Owner, new TrustedCertificateReq
        {
            Certificate = authority.Certificate.ExportCertificatePem(),
            Name = Name,
            Description = "The authority of the factory of the devices that this server simulates.",
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

    /// <summary>Whether a device has left the factory.</summary>
    public bool HasMade(string endpointName) => File.Exists(PathOf($"{endpointName}.pem"));

    /// <summary>Forgets a device, with its key.</summary>
    public void Forget(string endpointName)
    {
        File.Delete(PathOf($"{endpointName}.pem"));
        File.Delete(PathOf($"{endpointName}.key"));
    }

    /// <summary>The owner claims a device.</summary>
    public async Task ClaimAsync(string endpointName, CancellationToken cancellationToken)
    {
        using var certificate = FindIdentity(endpointName).Certificate;
        var identity = EnrollmentFingerprint.Of(certificate.RawData).ToIdentity();
        await IgnoreDuplicateAsync(enrollments.CreateAsync(account, new EnrollmentId { EnrollmentIdentity = identity }, cancellationToken));
    }

    public void Dispose() => _authority?.Dispose();

    private Caller Owner => new(account, default, IsAdministrator: true);

    private CertificateAuthority Open()
    {
        try
        {
            System.IO.Directory.CreateDirectory(folder);
            return File.Exists(PathOf("ca.pem")) ? CertificateAuthority.Load(PathOf("ca.pem"), PathOf("ca.key")) : Build();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException($"The demo's factory in '{folder}' cannot be used: {error.Message}", error);
        }
    }

    private CertificateAuthority Build()
    {
        var authority = CertificateAuthority.CreateRoot(CertificateProfile.Root(
            new CertificateSubject($"{Name} {RandomNumberGenerator.GetHexString(8, lowercase: true)}", "Surety Demo"), ValidityPeriod.FromEpoch(time, Lifetime)));
        authority.Save(PathOf("ca.pem"), PathOf("ca.key"));
        return authority;
    }

    private string PathOf(string name) => Path.Combine(folder, name);

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
