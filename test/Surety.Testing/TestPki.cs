using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Pki;

namespace Surety.Testing;

/// <summary>
/// Certificates of every kind that a test needs: a root, an intermediate under it that issues for servers and devices, and another root that
/// nobody trusts; good certificates, and some with a fault each.
/// </summary>
public sealed class TestPki : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly TimeProvider _time;

    public TestPki(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        Root = CertificateAuthority.CreateRoot(CertificateProfile.Authority(new("Test Root", "Surety"), LongValidity));
        Intermediate = Root.IssueAuthority(CertificateProfile.Authority(new("Test Intermediate", "Surety"), LongValidity, pathLength: 0));
        OtherRoot = CertificateAuthority.CreateRoot(CertificateProfile.Authority(new("Other Root", "Nobody"), LongValidity));
        Impostor = CertificateAuthority.CreateRoot(CertificateProfile.Authority(new("Test Root", "Surety"), LongValidity));
        Server = Intermediate.IssueWithNewKey(CertificateProfile.Server(["localhost", "127.0.0.1", "::1"], Validity));
    }

    /// <summary>Most tests can share one.</summary>
    public static TestPki Shared { get; } = new();

    public CertificateAuthority Root { get; }

    public CertificateAuthority Intermediate { get; }

    /// <summary>Trusted by nobody.</summary>
    public CertificateAuthority OtherRoot { get; }

    /// <summary>Has the name of <see cref="Root"/> and another key.</summary>
    public CertificateAuthority Impostor { get; }

    /// <summary>For localhost, 127.0.0.1 and ::1, by the intermediate.</summary>
    public X509Certificate2 Server { get; }

    public ValidityPeriod Validity => ValidityPeriod.FromNow(_time, Lifetime);

    private ValidityPeriod LongValidity => ValidityPeriod.FromNow(_time, Lifetime * 10);

    /// <summary>A device's certificate, by the intermediate.</summary>
    public X509Certificate2 Device(string endpointName) => Device(endpointName, Intermediate);

    public X509Certificate2 Device(string endpointName, CertificateAuthority authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return authority.IssueWithNewKey(CertificateProfile.Device(new(endpointName, "Surety", "Devices"), Validity));
    }

    /// <summary>Expired yesterday.</summary>
    public X509Certificate2 ExpiredDevice(string endpointName)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return Intermediate.IssueWithNewKey(CertificateProfile.Device(new(endpointName), new(now.AddDays(-30), now.AddDays(-1))));
    }

    /// <summary>Valid from tomorrow on.</summary>
    public X509Certificate2 FutureDevice(string endpointName)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return Intermediate.IssueWithNewKey(CertificateProfile.Device(new(endpointName), new(now.AddDays(1), now.AddDays(30))));
    }

    /// <summary>For servers, not for clients.</summary>
    public X509Certificate2 DeviceOfWrongUsage(string endpointName) =>
        Intermediate.IssueWithNewKey(CertificateProfile.Device(new(endpointName), Validity) with { ExtendedKeyUsage = [CertificateProfile.ServerAuthentication] });

    /// <summary>A certificate, without its key, for key agreement alone: it cannot sign.</summary>
    public X509Certificate2 DeviceThatMayNotSign(string endpointName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Intermediate.Issue(new PublicKey(key), CertificateProfile.Device(new(endpointName), Validity) with { KeyUsage = X509KeyUsageFlags.KeyAgreement });
    }

    /// <summary>A server's certificate for other hosts.</summary>
    public X509Certificate2 ServerFor(params string[] hosts) => Intermediate.IssueWithNewKey(CertificateProfile.Server(hosts, Validity));

    /// <summary>Writes a certificate, its key and the chain up to the intermediate for programs that read PEM files.</summary>
    /// <returns>The paths of the certificate with its chain, and of the key.</returns>
    public (string Certificate, string Key) Write(string directory, string name, X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        string certificatePath = Path.Combine(directory, name + ".pem"), keyPath = Path.Combine(directory, name + ".key");
        using ECDsa key = certificate.GetECDsaPrivateKey() ?? throw new ArgumentException("There is no key.", nameof(certificate));
        PemFiles.WriteCertificates(certificatePath, certificate.Issuer == Intermediate.Certificate.Subject ? [certificate, Intermediate.Certificate] : [certificate]);
        PemFiles.WritePrivateKey(keyPath, key);
        return (certificatePath, keyPath);
    }

    /// <summary>Writes the root's certificate, and says where.</summary>
    public string WriteRoot(string directory)
    {
        string path = Path.Combine(directory, "root.pem");
        PemFiles.WriteCertificates(path, [Root.Certificate]);
        return path;
    }

    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
        OtherRoot.Dispose();
        Impostor.Dispose();
        Server.Dispose();
    }
}
