using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Connect;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// Clients of EST are devices of the directory: by the certificate that they register with, or, over HTTPS, by the one from the factory.
/// </summary>
/// <param name="devices">Knows the accounts of the certificates that devices register with.</param>
/// <param name="bootstrap">Knows those of factory certificates; null: there is no bootstrap server.</param>
/// <param name="databases">Where the directory is.</param>
internal sealed class EstAdmission(DeviceAdmission devices, IBootstrapAdmission? bootstrap, SuretyDbFactory databases) : IEstAdmission
{
    public async ValueTask<EstClient> AdmitAsync(PeerIdentity identity, bool mayBootstrap, CancellationToken cancellationToken)
    {
        if (!identity.IsAuthenticated)
            throw new CoapException(CoapCode.Unauthorized, "certificates are issued to clients that have proven who they are: connect with DTLS or TLS and a credential of the device");
        var admission = devices.Admit(identity);
        if (admission.IsAdmitted)
        {
            var account = admission.Tenant.ToEntityId();
            var name = admission.Endpoint;
            await using var db = databases.Open(account);
            var device = await db.Set<Directory.Device>().AsNoTracking().FirstOrDefaultAsync(candidate => candidate.EndpointName == name, cancellationToken);
            if (device is { OperatorSuspended: true } or { SystemSuspended: true })
                throw new CoapException(CoapCode.Forbidden, "the device is suspended");
            if (device is not null)
                return new EstClient(account, device.Id, name, identity);
        }

        if (!mayBootstrap || bootstrap is null)
        {
            throw admission.IsAdmitted
                ? new CoapException(CoapCode.Forbidden, $"the device {admission.Endpoint} is not in the directory: it bootstraps or registers first")
                : new CoapException(admission.Refusal, admission.Reason ?? "refused");
        }

        return await bootstrap.AdmitAsync(new BootstrapApplicant(identity, null, null, null), cancellationToken) switch
        {
            BootstrapAdmission.Admitted admitted => new EstClient(admitted.AccountId, admitted.DeviceId, admitted.EndpointName, identity),
            BootstrapAdmission.Refused refused => throw new CoapException(refused.Code, refused.Reason),
            _ => throw new InvalidOperationException("The admission has decided nothing."),
        };
    }
}
