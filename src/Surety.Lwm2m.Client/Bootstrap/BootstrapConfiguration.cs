using System.Diagnostics.CodeAnalysis;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>Accounts that fit together: what a Bootstrap-Finish puts in force (LwM2M Core 6.1.6).</summary>
/// <param name="Servers">The server accounts: Security and Server instance with the same Short Server ID. Empty only when another bootstrap server is to be asked.</param>
/// <param name="BootstrapAccount">The bootstrap account; null: it was purged.</param>
/// <param name="IsFactoryAccount">The bootstrap account is the one that the device brought along.</param>
internal sealed record BootstrapConfiguration(
    IReadOnlyList<(SecurityInstance Security, ServerInstance Server)> Servers, SecurityInstance? BootstrapAccount, bool IsFactoryAccount)
{
    /// <summary>Reads a draft. What does not fit is told in words: it goes with the 4.06, so that the bootstrap server can mend it.</summary>
    public static bool TryRead(BootstrapDraft draft, Lwm2mClient client, bool isFactoryAccount, [NotNullWhen(true)] out BootstrapConfiguration? configuration, [NotNullWhen(false)] out string? problem)
    {
        configuration = null;
        var servers = new List<(SecurityInstance, ServerInstance)>();
        var securities = new Dictionary<ushort, SecurityInstance>();
        ObjectModel securityModel = client.Objects.Find(CoreObjects.Security)!.Model, serverModel = client.Objects.Find(CoreObjects.Server)!.Model;
        foreach (DraftInstance draftOfSecurity in draft.ServerSecurity)
        {
            problem = CheckSecurity(draftOfSecurity, securityModel, client, out SecurityInstance? security);
            if (problem is null && !securities.TryAdd(security!.ShortServerId!.Value, security))
                problem = $"{draftOfSecurity.Path} and {securities[security.ShortServerId.Value].Path} have the same Short Server ID";
            if (problem is not null)
                return false;
        }

        foreach (DraftInstance draftOfServer in draft.InstancesOf(CoreObjects.Server))
        {
            problem = CheckServer(draftOfServer, serverModel, securities, out ServerInstance? server);
            if (problem is not null)
                return false;
            securities.Remove(server!.ShortServerId, out SecurityInstance? security);
            servers.Add((security!, server));
        }

        if (securities.Values.FirstOrDefault() is { } alone)
        {
            problem = $"{alone.Path} has Short Server ID {alone.ShortServerId}, and no instance of object 1 has";
            return false;
        }

        DraftInstance account = draft.BootstrapAccount;
        bool isReplaced = account.Path.InstanceId != draft.BootstrapId;
        // Who is sent to another bootstrap server needs no server account yet.
        if (servers.Count == 0 && !isReplaced)
        {
            problem = "there is no server account: an instance of object 0 and one of object 1 with the same Short Server ID";
            return false;
        }

        SecurityInstance bootstrap;
        if (!isReplaced && draft.KeepsBootstrapAccount)
        {
            // A bootstrap account that was there and was left alone is not for this bootstrap server to answer for.
            bootstrap = isFactoryAccount
                ? new SecurityInstance(securityModel, account.Path.InstanceId, client.Options.Bootstrap!)
                : new SecurityInstance(securityModel, account.Path.InstanceId, account.Entries);
            problem = null;
        }
        else
        {
            isFactoryAccount = false;
            account.Values[account.Path.Append(SecurityInstance.BootstrapServerResource)] = true;
            problem = CheckCredentials(account, securityModel, client, out bootstrap!);
            if (problem is null && bootstrap.Mode == SecurityMode.CertificateWithEst)
                problem = $"{account.Path}: a bootstrap server is not met with a certificate that it enrols (mode 4)";
            if (problem is not null)
                return false;
        }

        configuration = new BootstrapConfiguration(servers, bootstrap, isFactoryAccount);
        return true;
    }

    private static string? CheckSecurity(DraftInstance draft, ObjectModel model, Lwm2mClient client, out SecurityInstance? security)
    {
        string? problem = CheckCredentials(draft, model, client, out security);
        if (problem is null && security!.ShortServerId is null)
            problem = $"{draft.Path} has no Short Server ID from 1 to 65534";
        if (problem is null && security!.Mode == SecurityMode.CertificateWithEst && client.Options.Enrollment is null)
            problem = $"{draft.Path} wants a certificate to be enrolled over EST (mode 4), which this device cannot";
        return problem;
    }

    private static string? CheckCredentials(DraftInstance draft, ObjectModel model, Lwm2mClient client, out SecurityInstance? security)
    {
        security = null;
        if (draft[SecurityInstance.ServerUriResource] is not { Type: ResourceType.String } text)
            return $"{draft.Path} has no server URI (resource 0)";
        if (!CoapUri.TryParse(text.AsString(), out CoapUri? uri, out string? reason))
            return $"{draft.Path}: the server URI is unusable: {reason}";
        if (draft[SecurityInstance.SecurityModeResource].IsNone)
            return $"{draft.Path} has no security mode (resource 2)";
        if (draft[SecurityInstance.OscoreResource] is { Type: ResourceType.ObjectLink } oscore && oscore.AsObjectLink() != ObjectLink.Null)
            return $"{draft.Path} wants OSCORE, which this device does not have";
        security = new SecurityInstance(model, draft.Path.InstanceId, draft.Entries);
        return client.Connector.FindProblem(uri, security.Security!) is { } problem ? $"{draft.Path}: {problem}" : null;
    }

    private static string? CheckServer(DraftInstance draft, ObjectModel model, Dictionary<ushort, SecurityInstance> securities, out ServerInstance? server)
    {
        server = null;
        if (!draft[ServerInstance.ShortServerIdResource].TryGetNumber(out double id) || id is < 1 or >= ushort.MaxValue)
            return $"{draft.Path} has no Short Server ID from 1 to 65534";
        if (!securities.TryGetValue((ushort)id, out SecurityInstance? security))
            return $"{draft.Path} has Short Server ID {(ushort)id}, which no instance of object 0 has, or another of object 1 has too";
        if (draft[ServerInstance.LifetimeResource].IsNone)
            return $"{draft.Path} has no lifetime (resource 1)";
        // What else is mandatory has a default (LwM2M Core, E.2).
        Default(ServerInstance.StoringResource, true);
        Default(ServerInstance.BindingResource, security.Uri!.IsReliable ? "T" : "U");
        server = new ServerInstance(model, draft.Path.InstanceId, draft.Entries);
        return null;

        void Default(ushort resourceId, ResourceValue value) => draft.Values.TryAdd(draft.Path.Append(resourceId), value);
    }
}
