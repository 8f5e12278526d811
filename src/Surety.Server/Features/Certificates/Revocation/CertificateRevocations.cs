using Surety.Pki;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>Takes certificates back for an operator.</summary>
internal sealed class CertificateRevocations(IssuedCertificates issued, DeviceEventService events, SuretyDbFactory databases)
{
    /// <summary>Revokes a device's certificates of a name, superseded ones included. Its sessions end; it must bootstrap to get another one.</summary>
    /// <exception cref="ApiException">404: there is no such device, or nothing to revoke.</exception>
    public async Task RevokeAsync(Caller caller, string device, string certificateName, CertificateRevocationRequest request, CancellationToken cancellationToken)
    {
        EntityId id;
        await using (var db = databases.Open(caller.AccountId))
            id = await db.Devices.RequireIdAsync(device, "device", cancellationToken);

        var name = CertificateIssuerConfigs.Normalize(certificateName);
        var reason = ToRevocationReason(request.Reason ?? CertificateRevocationReason.Unspecified);
        if (await issued.RevokeAsync(caller.AccountId, id, name, reason, cancellationToken) == 0)
        {
            throw new ApiException(
                StatusCodes.Status404NotFound, ErrorTypes.NotFound, $"Device {id} has no certificate '{ApiException.Shorten(name)}' of the platform that is not revoked already.");
        }

        events.Record(
            caller.AccountId, id, DeviceEventType.CertificateRevoked, $"certificate '{name}' was revoked ({reason}){(request.Description is null ? "" : ": " + request.Description)}",
            data: new Dictionary<string, string> { ["certificate_name"] = name, ["reason"] = reason.ToString() });
    }

    private static RevocationReason ToRevocationReason(CertificateRevocationReason reason) => reason switch
    {
        CertificateRevocationReason.KeyCompromise => RevocationReason.KeyCompromise,
        CertificateRevocationReason.AffiliationChanged => RevocationReason.AffiliationChanged,
        CertificateRevocationReason.CessationOfOperation => RevocationReason.CessationOfOperation,
        CertificateRevocationReason.PrivilegeWithdrawn => RevocationReason.PrivilegeWithdrawn,
        _ => RevocationReason.Unspecified,
    };
}
