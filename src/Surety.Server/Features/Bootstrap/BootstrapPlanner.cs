using System.Runtime.CompilerServices;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Bootstrap;

/// <summary>Makes operations of what a device gets.</summary>
internal static class BootstrapPlanner
{
    // The receive buffer of Pelion's client has 1152 bytes, and its blocks 512.
    private const int PelionBlockSize = 512;

    // Objects that Pelion's client takes at its bootstrap.
    private static readonly ushort[] PelionObjects = [CoreObjects.Security, CoreObjects.Server, CoreObjects.Device];

    /// <summary>The plan for a device.</summary>
    public static BootstrapPlan Plan(BootstrapGrant grant, BootstrapKeys keys, TimeProvider time)
    {
        if (grant.Redirect is { } redirect)
            return new BootstrapPlan(progress => RedirectAsync(redirect, progress)) { Device = NameOf(grant), Tag = grant };
        return grant.IsPelionClient
            ? new BootstrapPlan(Pelion(grant, time.GetUtcNow())) { Device = NameOf(grant), Tag = grant, BlockSize = PelionBlockSize, KeepsToken = true }
            : new BootstrapPlan(progress => RunAsync(grant, keys, progress)) { Device = NameOf(grant), Tag = grant };
    }

    /// <summary>What a pack has.</summary>
    public static IReadOnlyList<ResourceEntry> Pack(BootstrapGrant grant, BootstrapRequest request)
    {
        ushort instance = 0;
        while (request.BootstrapServerAccount.Contains(new Lwm2mPath(CoreObjects.Security, instance)))
            instance++;
        return
        [
            .. SecurityOf(grant, Lwm2mVersion.V12).ToEntries(instance, Lwm2mVersion.V12), .. grant.Server.ToEntries(0, Lwm2mVersion.V12),
            .. grant.Writes.SelectMany(write => write.Entries),
        ];
    }

    /// <summary>
    /// What is done to a device of LwM2M 1.0 to 1.2, in order: what it has of server accounts goes, then it gets ours. With a Discover ahead it is known
    /// where the bootstrap account is; a device that knows none (1.0) has it, as they do, in instance 0.
    /// </summary>
    public static IEnumerable<BootstrapOperation> Standard(BootstrapGrant grant, Lwm2mVersion version, DiscoverResult? found, ushort instance)
    {
        if (found is null)
        {
            yield return new BootstrapOperation.Delete(new Lwm2mPath(CoreObjects.Server)) { IsRequired = false };
        }
        else
        {
            foreach (var link in found.Links.Where(link => link.Path is { IsInstance: true, ObjectId: CoreObjects.Security } && link.ShortServerId is not null))
                yield return new BootstrapOperation.Delete(link.Path);
            if (found.Links.Any(link => link.Path is { IsInstance: true, ObjectId: CoreObjects.Server }))
                yield return new BootstrapOperation.Delete(new Lwm2mPath(CoreObjects.Server));
        }

        var security = SecurityOf(grant, version).ToEntries(instance, version);
        yield return new BootstrapOperation.Write(new Lwm2mPath(CoreObjects.Security, instance), security);
        yield return new BootstrapOperation.Write(new Lwm2mPath(CoreObjects.Server, 0), grant.Server.ToEntries(0, version));
        foreach (var write in grant.Writes)
            yield return write;
        yield return new BootstrapOperation.Finish();
    }

    /// <summary>
    /// What is done to Pelion's client: the order and the paths that it takes, with the time for its clock, and its device id in the end, which it needs
    /// for its certificate.
    /// </summary>
    public static IReadOnlyList<BootstrapOperation> Pelion(BootstrapGrant grant, DateTimeOffset now)
    {
        List<BootstrapOperation> operations =
        [
            new BootstrapOperation.Delete(new Lwm2mPath(CoreObjects.Security)),
            new BootstrapOperation.Delete(new Lwm2mPath(CoreObjects.Server)),
            Tlv(CoreObjects.Security, grant.Security!.ToEntries(0, Lwm2mVersion.V10)),
        ];
        if (grant.HasServerSettings)
            operations.Add(Tlv(CoreObjects.Server, grant.Server.ToEntries(0, Lwm2mVersion.V10)));
        operations.AddRange(grant.Writes.Where(write => PelionObjects.Contains(write.Path.ObjectId)).Select(write => write with { Format = Coap.ContentFormat.Lwm2mTlv }));
        operations.Add(Tlv(CoreObjects.Device, [new(new Lwm2mPath(CoreObjects.Device, 0, 13), ResourceValue.FromTime(now.ToUnixTimeSeconds()))]));
        operations.Add(new BootstrapOperation.Finish { Queries = [$"iep={grant.DeviceId}"] });
        return operations;
    }

    /// <summary>
    /// A redirect: the bootstrap account gets another URI, and keeps what the device proves itself with, which nobody but the device knows.
    /// </summary>
    public static IEnumerable<BootstrapOperation> Redirect(string uri, Lwm2mPath account) =>
    [
        new BootstrapOperation.Write(account.Append(0), [new ResourceEntry(account.Append(0), uri)]),
        new BootstrapOperation.Finish(),
    ];

    private static async IAsyncEnumerable<BootstrapOperation> RunAsync(
        BootstrapGrant grant, BootstrapKeys keys, BootstrapProgress progress, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return new BootstrapOperation.Discover();
        // Within the session, whose end is certain to be told: a key that no Finish follows is deleted.
        if (grant.GivenKey is not null)
            grant = grant with { Security = await keys.MakeAsync(grant, cancellationToken) };
        var instance = progress.Discovered is null ? (ushort)1 : progress.FreeSecurityInstance;
        foreach (var operation in Standard(grant, progress.Version, progress.Discovered, instance))
            yield return operation;
    }

    private static async IAsyncEnumerable<BootstrapOperation> RedirectAsync(string uri, BootstrapProgress progress)
    {
        await Task.CompletedTask;
        yield return new BootstrapOperation.Discover();
        var account = progress.BootstrapServerAccount.FirstOrDefault(path => path.ObjectId == CoreObjects.Security, new Lwm2mPath(CoreObjects.Security, 0));
        foreach (var operation in Redirect(uri, account))
            yield return operation;
    }

    /// <summary>Since LwM2M 1.1 a device is told that it gets an authority; before, it knows the server's own certificate alone.</summary>
    private static SecurityAccount SecurityOf(BootstrapGrant grant, Lwm2mVersion version)
    {
        var security = grant.Security!;
        if (security.ServerPublicKey is null || BootstrapKeys.IsMadeFor(security.Mode))
            return security;
        if (version >= Lwm2mVersion.V11)
            return security with { Usage = CertificateUsage.TrustAnchorAssertion };
        return grant.ServerCertificate is { } own ? security with { ServerPublicKey = own } : security;
    }

    private static BootstrapOperation.Write Tlv(ushort objectId, IReadOnlyList<ResourceEntry> entries) =>
        new(new Lwm2mPath(objectId), entries) { Format = Coap.ContentFormat.Lwm2mTlv };

    private static string NameOf(BootstrapGrant grant) => grant.DeviceId.ToString();
}
