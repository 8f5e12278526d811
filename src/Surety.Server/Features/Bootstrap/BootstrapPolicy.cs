using System.Net;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Certificates;
using Surety.Server.Storage;

namespace Surety.Server.Features.Bootstrap;

/// <summary>Decides on requests for bootstrap: whose device it is, which rule is for it, and what it gets.</summary>
internal sealed class BootstrapPolicy(
    IBootstrapAdmission admission, BootstrapRules rules, BootstrapGrants grants, BootstrapKeys keys, EstClients est, SuretyDbFactory databases, TimeProvider time) : IBootstrapPolicy
{
    public async ValueTask<BootstrapDecision> DecideAsync(BootstrapRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var (grant, refusal) = await GrantAsync(request, cancellationToken);
            if (grant is null)
                return BootstrapDecision.Refuse(refusal!.Code, refusal.Reason);
            // From now on the connection is that of a known device, which may ask for its certificate.
            est.Admit(request.Peer, new EstClient(grant.AccountId, grant.DeviceId, grant.EndpointName, request.Peer.Identity));
            return BootstrapDecision.Accept(BootstrapPlanner.Plan(grant, keys, time));
        }
        catch (CoapException error)
        {
            return BootstrapDecision.Refuse(error.Code, error.Message);
        }
    }

    public async ValueTask<BootstrapPackDecision> DecidePackAsync(BootstrapRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var (grant, refusal) = await GrantAsync(request, cancellationToken);
            if (grant is null)
                return BootstrapPackDecision.Refuse(refusal!.Code, refusal.Reason);
            // Whether the device has it would not be known, and the key would stay for ever.
            if (grant.GivenKey is not null)
                return BootstrapPackDecision.Refuse(CoapCode.MethodNotAllowed, "a key that is made for the device is in no pack; send a Bootstrap-Request");
            // Core TS 1.2.2, 6.1.7.7: a pack cannot touch the bootstrap account.
            return grant.Redirect is null
                ? BootstrapPackDecision.Deliver(BootstrapPlanner.Pack(grant, request))
                : BootstrapPackDecision.Refuse(CoapCode.MethodNotAllowed, "a redirect is no pack; send a Bootstrap-Request");
        }
        catch (CoapException error)
        {
            return BootstrapPackDecision.Refuse(error.Code, error.Message);
        }
    }

    private async Task<(BootstrapGrant? Grant, BootstrapAdmission.Refused? Refusal)> GrantAsync(BootstrapRequest request, CancellationToken cancellationToken)
    {
        if (!TryReadId(request, "aid", out var account) || !TryReadId(request, "iep", out var device))
            return (null, new BootstrapAdmission.Refused(CoapCode.BadRequest, "aid and iep are ids of 32 hexadecimal digits"));
        var address = request.Peer.Endpoint.GetRemoteEndPoint(request.Peer.Key)?.Address;
        var applicant = new BootstrapApplicant(request.Peer.Identity, request.EndpointName, account, device)
        {
            Place = address?.ToString(),
        };
        var decision = await admission.AdmitAsync(applicant, cancellationToken);
        if (decision is not BootstrapAdmission.Admitted admitted)
            return (null, (BootstrapAdmission.Refused)decision);
        var isPelionClient = account is not null || request.GetOther("mccv") is not null;
        var candidate = await DescribeAsync(admitted, isPelionClient, cancellationToken);
        var rule = BootstrapRules.Choose(await rules.LoadAsync(admitted.AccountId, cancellationToken), candidate);
        return (await grants.MakeAsync(admitted, rule, isPelionClient, request.Peer.Endpoint.IsReliable, isLocal: address is not null && IPAddress.IsLoopback(address), isDryRun: false, cancellationToken), null);
    }

    private async Task<BootstrapCandidate> DescribeAsync(BootstrapAdmission.Admitted admitted, bool isPelionClient, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(admitted.AccountId);
        var record = await db.Devices.Where(row => row.Id == admitted.DeviceId)
            .Select(row => new { row.EndpointType, row.DeviceClass, Groups = row.Memberships.Select(member => member.GroupId).ToList() }).SingleOrDefaultAsync(cancellationToken);
        return new BootstrapCandidate(
            admitted.EndpointName, record?.EndpointType ?? "", record?.DeviceClass ?? "", admitted.TrustedCertificateId, record?.Groups ?? [], isPelionClient);
    }

    private static bool TryReadId(BootstrapRequest request, string name, out EntityId? id)
    {
        id = null;
        if (request.GetOther(name) is not { Length: > 0 } text)
            return true;
        if (!EntityId.TryParse(text, out var parsed))
            return false;
        id = parsed;
        return true;
    }
}
