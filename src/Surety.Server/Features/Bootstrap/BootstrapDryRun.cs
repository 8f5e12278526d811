using System.Text;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Api;
using Surety.Server.Storage;

namespace Surety.Server.Features.Bootstrap;

/// <summary>Shows what a device would get at its bootstrap, and why, without doing it.</summary>
internal sealed class BootstrapDryRun(SuretyDbFactory databases, BootstrapRules rules, BootstrapGrants grants, TimeProvider time)
{
    // As a device that has nothing yet but its bootstrap account answers a Discover.
    private const string Discovered = "</>;lwm2m={0},</0/0>,</1>,</3/0>";

    /// <exception cref="ApiException">400 or 404.</exception>
    public async Task<BootstrapDryRunResp> RunAsync(EntityId account, BootstrapDryRunReq request, CancellationToken cancellationToken)
    {
        var (deviceId, device) = await DescribeAsync(account, request, cancellationToken);
        var all = await rules.LoadAsync(account, cancellationToken);
        var chosen = BootstrapRules.Choose(all, device);
        BootstrapGrant grant;
        try
        {
            grant = await grants.MakeAsync(
                new BootstrapAdmission.Admitted(account, deviceId, device.EndpointName, device.TrustedCertificateId),
                chosen, device.IsPelionClient, request.Transport == "tcp", isLocal: false, isDryRun: true, cancellationToken);
        }
        catch (CoapException error)
        {
            throw ApiException.Malformed($"The device would be refused ({error.Code}): {error.Message}.");
        }

        return new BootstrapDryRunResp
        {
            EndpointName = device.EndpointName,
            RuleId = chosen?.Id,
            RuleName = grant.RuleName,
            Rules = [.. all.Select(rule => Consider(rule, chosen, device))],
            Operations = [.. Operations(grant, request.Lwm2m ?? "1.1").Select(operation => operation.ToString())],
            Observations = [.. grant.Observations.Select(observation => observation.ToString())],
        };
    }

    private static BootstrapDryRunResp.ConsideredRule Consider(BootstrapRule rule, BootstrapRule? chosen, BootstrapCandidate device)
    {
        var mismatch = BootstrapRules.FindMismatch(rule, device);
        var reason = mismatch ?? (rule == chosen ? "" : $"'{chosen!.Name}' comes first");
        return new BootstrapDryRunResp.ConsideredRule(rule.Id, rule.Name, rule.Priority, mismatch is null, reason);
    }

    private IEnumerable<BootstrapOperation> Operations(BootstrapGrant grant, string version)
    {
        if (grant.IsPelionClient)
            return BootstrapPlanner.Pelion(grant, time.GetUtcNow());
        BootstrapOperation discover = new BootstrapOperation.Discover();
        if (grant.Redirect is { } uri)
            return BootstrapPlanner.Redirect(uri, new Lwm2mPath(CoreObjects.Security, 0)).Prepend(discover);
        // A device of LwM2M 1.0 does not know Discover.
        if (version == "1.0" || !DiscoverResult.TryParse(Encoding.ASCII.GetBytes(Discovered.Replace("{0}", version, StringComparison.Ordinal)), "", out var found, out _))
            return BootstrapPlanner.Standard(grant, Lwm2mVersion.V10, null, 1).Prepend(discover);
        return BootstrapPlanner.Standard(grant, version == "1.1" ? Lwm2mVersion.V11 : Lwm2mVersion.V12, found, 1).Prepend(discover);
    }

    private async Task<(EntityId DeviceId, BootstrapCandidate Device)> DescribeAsync(EntityId account, BootstrapDryRunReq request, CancellationToken cancellationToken)
    {
        var device = new BootstrapCandidate(
            request.EndpointName ?? "", request.EndpointType ?? "", request.DeviceClass ?? "", request.TrustedCertificateId, request.Groups ?? [], request.PelionClient ?? false);
        if (request.DeviceId is not { } id)
        {
            return device.EndpointName.Length > 0
                ? (default, device)
                : throw ApiException.Invalid("endpoint_name", "is required, or device_id");
        }

        await using var db = databases.Open(account);
        var record = (EntityId.TryParse(id, out var deviceId) ? await db.Devices.AsNoTracking().Include(row => row.Memberships).SingleOrDefaultAsync(row => row.Id == deviceId, cancellationToken) : null)
            ?? throw ApiException.NotFound("device", id);
        return (deviceId, device with
        {
            EndpointName = request.EndpointName ?? record.EndpointName ?? "",
            EndpointType = request.EndpointType ?? record.EndpointType,
            DeviceClass = request.DeviceClass ?? record.DeviceClass,
            TrustedCertificateId = request.TrustedCertificateId ?? (EntityId.TryParse(record.CaId, out var certificate) ? certificate : null),
            Groups = request.Groups ?? [.. record.Memberships.Select(member => member.GroupId)],
        });
    }
}
