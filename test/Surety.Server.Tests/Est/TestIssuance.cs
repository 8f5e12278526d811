using System.Security.Cryptography.X509Certificates;
using Surety.Pki;
using Surety.Server.Features.Certificates;
using Surety.Testing;

namespace Surety.Server.Tests.Est;

/// <summary>Issues under the intermediate of the test PKI, as soon as the gate is open.</summary>
internal sealed class TestIssuance : ICertificateIssuance
{
    public List<CertificateOrder> Orders { get; } = [];

    public Task Gate { get; set; } = Task.CompletedTask;

    public Exception? Failure { get; set; }

    public async Task<IssuedCertificate> IssueAsync(CertificateOrder order, CancellationToken cancellationToken)
    {
        lock (Orders)
            Orders.Add(order);
        await Gate.WaitAsync(cancellationToken);
        if (Failure is not null)
            throw Failure;
        var subject = new CertificateSubject(order.EndpointName, null, order.AccountId.ToString(), order.DeviceId.ToString());
        var certificate = TestPki.Shared.Intermediate.Issue(order.Request.PublicKey, CertificateProfile.Device(subject, TestPki.Shared.Validity));
        return new IssuedCertificate(certificate, GetAuthorities(order.AccountId));
    }

    public IReadOnlyList<X509Certificate2> GetAuthorities(EntityId accountId) => [TestPki.Shared.Intermediate.Certificate, TestPki.Shared.Root.Certificate];
}
