using System.Security.Cryptography;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Directory;
using Surety.Server.Storage;

namespace Surety.Server.Tests.Enrollment;

/// <summary>Authorities, devices under them, and accounts that trust them, for tests of admission.</summary>
public abstract class AdmissionTestBase(TestServer server)
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected TestServer Server => server;

    internal IBootstrapAdmission Admission => server.Service<IBootstrapAdmission>();

    internal static void EnrollmentMode(TrustedCertificate certificate) => certificate.EnrollmentMode = true;

    internal static CertificateAuthority NewAuthority() => CertificateAuthority.CreateRoot(CertificateProfile.Authority(
        new CertificateSubject($"Factory {RandomNumberGenerator.GetHexString(8)}"), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(3650))));

    internal static TestDevice NewDevice(CertificateAuthority authority, string name, string? unit = null)
    {
        using var certificate = authority.IssueWithNewKey(CertificateProfile.Device(
            new CertificateSubject(name, OrganizationalUnit: unit), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(1000))));
        return new TestDevice(
            certificate.RawData, certificate.SubjectName.RawData, certificate.SerialNumberBytes.ToArray(),
            Convert.ToHexStringLower(SHA256.HashData(authority.Certificate.RawData)), certificate.NotAfter.ToUniversalTime());
    }

    internal static BootstrapAdmission.Admitted Admitted(BootstrapAdmission decision) =>
        decision as BootstrapAdmission.Admitted ?? throw new Xunit.Sdk.XunitException($"refused: {((BootstrapAdmission.Refused)decision).Reason}");

    internal static BootstrapAdmission.Refused Refused(BootstrapAdmission decision) => Assert.IsType<BootstrapAdmission.Refused>(decision);

    internal Task<BootstrapAdmission> AdmitAsync(TestDevice device, string? endpointName = null, EntityId? account = null, EntityId? deviceId = null) =>
        Admission.AdmitAsync(new BootstrapApplicant(device.ToIdentity(), endpointName, account, deviceId), Token).AsTask();

    internal async Task<EntityId> TrustAsync(
        EntityId account, CertificateAuthority? authority, Action<TrustedCertificate>? change = null, string? fingerprint = null, int? mode = null)
    {
        var subject = $"CN={RandomNumberGenerator.GetHexString(16)}";
        var trusted = new TrustedCertificate
        {
            Id = server.Service<EntityIdGenerator>().Next(),
            AccountId = account,
            Name = subject,
            Service = TrustedCertificateService.Bootstrap,
            Status = TrustedCertificateStatus.Active,
            DeviceExecutionMode = mode,
            Certificate = "",
            Fingerprint = fingerprint ?? Convert.ToHexStringLower(SHA256.HashData(authority!.Certificate.RawData)),
            Subject = subject,
            Issuer = subject,
        };
        change?.Invoke(trusted);
        await using var db = server.Service<SuretyDbFactory>().Open(account);
        db.Add(trusted);
        await db.SaveChangesAsync(Token);
        return trusted.Id;
    }

    internal void Bootstrapped(EntityId device)
    {
        using var writer = server.Service<DeviceDirectory>().OpenWriter();
        var outcomes = new DeviceStateOutcome[1];
        writer.ApplyStates([new DeviceStateChange(device, DeviceState.Bootstrapped, DateTimeOffset.UnixEpoch)], outcomes);
        Assert.Equal(DeviceStateOutcome.Changed, outcomes[0]);
    }

    internal async Task<(HttpClient Client, EntityId Account)> AccountAsync()
    {
        var client = await server.NewAccountAsync();
        Assert.True(EntityId.TryParse((await client.GetOkAsync("/v3/accounts/me")).Text("id"), out var account));
        return (client, account);
    }

    internal sealed record TestDevice(byte[] Certificate, byte[] SubjectName, byte[] SerialNumber, string Anchor, DateTime NotAfter)
    {
        public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Certificate));

        public string Identity => Identities.Of(SHA256.HashData(Certificate));

        public PeerIdentity.Certificate ToIdentity() => new(SHA256.HashData(Certificate), SubjectName, SerialNumber, NotAfter, Convert.FromHexString(Anchor));
    }
}
