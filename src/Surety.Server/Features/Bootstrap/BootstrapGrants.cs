using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Pki;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Connect;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Bootstrap;

/// <summary>Makes of a rule what a device gets.</summary>
internal sealed class BootstrapGrants(
    SuretySettings settings, PlatformAuthority authority, DeviceEndpoints endpoints, ICertificateIssuance issuance, ObjectDefinitions definitions)
{
    /// <summary>The name of the built-in rule.</summary>
    public const string BuiltInRule = "(built in)";

    /// <summary>What a device gets.</summary>
    /// <param name="admitted">The device.</param>
    /// <param name="rule">The rule; null for the built-in one.</param>
    /// <param name="isPelionClient">It is one of Pelion's clients.</param>
    /// <param name="isReliable">It bootstraps over TLS.</param>
    /// <param name="isLocal">It is on this machine, whose name need not be known to anybody.</param>
    /// <param name="isDryRun">No key and certificate are made.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CoapException">Nothing can be given; code and reason are for the device.</exception>
    public async Task<BootstrapGrant> MakeAsync(
        BootstrapAdmission.Admitted admitted, BootstrapRule? rule, bool isPelionClient, bool isReliable, bool isLocal, bool isDryRun, CancellationToken cancellationToken)
    {
        var content = rule?.Read() ?? new BootstrapRuleContent();
        var mode = (SecurityMode?)content.Server.SecurityMode ?? SecurityMode.CertificateWithEst;
        // TLS of the platform has certificates alone.
        isReliable &= !BootstrapKeys.IsMadeFor(mode);
        var grant = new BootstrapGrant(
            admitted.AccountId, admitted.DeviceId, admitted.EndpointName, rule?.Name ?? BuiltInRule, BootstrapRuleCheck.ToSettings(content.Server, isReliable ? "T" : "U"))
        {
            IsPelionClient = isPelionClient,
            HasServerSettings = rule is not null,
            Writes = BootstrapRuleCheck.ReadInstances(content.Instances, definitions.Registry, []),
            Observations = BootstrapRuleObservations.Read(content.Observations, definitions.Registry, []),
            Redirect = content.Redirect.Length > 0 ? content.Redirect : null,
        };
        if (grant.Redirect is not null)
            return grant;
        var account = new SecurityAccount(content.Server.Uri ?? UriOf(admitted, isPelionClient, isReliable, isLocal, mode), mode)
        {
            ShortServerId = content.Server.ShortServerId ?? 1,
            ServerPublicKey = BootstrapKeys.IsMadeFor(mode) ? default(ReadOnlyMemory<byte>?) : content.Server.Certificate is { } pem ? BootstrapRuleCheck.ReadCertificate(pem) : authority.Root.RawData,
        };
        if (mode == SecurityMode.Certificate)
            account = isDryRun ? account with { PublicKeyOrIdentity = new byte[1], SecretKey = new byte[1] } : await WithKeyAsync(account, admitted, cancellationToken);
        if (isDryRun && BootstrapKeys.IsMadeFor(mode))
        {
            account = account with
            {
                PublicKeyOrIdentity = new byte[1], SecretKey = new byte[1], ServerPublicKey = mode == SecurityMode.RawPublicKey ? new byte[1] : default(ReadOnlyMemory<byte>?),
            };
        }

        return grant with
        {
            Security = account,
            GivenKey = BootstrapKeys.IsMadeFor(mode) ? new GivenKey() : null,
            ServerCertificate = content.Server.Uri is null ? authority.ServerCertificate.Certificate.RawData : null,
        };
    }

    /// <summary>Pelion's clients say by the URI who they are, and know one scheme.</summary>
    private string UriOf(BootstrapAdmission.Admitted admitted, bool isPelionClient, bool isReliable, bool isLocal, SecurityMode mode)
    {
        var open = endpoints.All.Where(endpoint => endpoint.IsSecure).ToList();
        var endpoint = open.Find(candidate => candidate.IsReliable == isReliable) ?? (isPelionClient || BootstrapKeys.IsMadeFor(mode) ? null : open.FirstOrDefault())
            ?? throw new CoapException(CoapCode.ServiceUnavailable, BootstrapKeys.IsMadeFor(mode)
                ? $"security mode {(int)mode} goes over DTLS, and the LwM2M server has no address for it"
                : "the LwM2M server has no secure address that the device could use");
        // Nobody has said by what name others know this machine: for those on it there is one that always works.
        var name = isLocal && settings.PublicHost == Environment.MachineName ? "localhost" : settings.PublicHost;
        var host = name.Contains(':', StringComparison.Ordinal) ? $"[{name}]" : name;
        var port = endpoint.LocalEndPoint.Port;
        return isPelionClient
            ? $"coaps://{host}:{port}?aid={admitted.AccountId}&iep={admitted.DeviceId}"
            : $"{endpoint.Scheme}://{host}:{port}";
    }

    /// <summary>Security mode 2: key and certificate are made here. The key is in memory until it is written, and nowhere else.</summary>
    private async Task<SecurityAccount> WithKeyAsync(SecurityAccount account, BootstrapAdmission.Admitted admitted, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(admitted.EndpointName);
        var csr = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequest();
        if (!CertificationRequest.TryParse(csr, out var request, out var problem))
            throw new InvalidOperationException($"A request of our own cannot be read: {problem}");
        var order = new CertificateOrder(admitted.AccountId, admitted.DeviceId, admitted.EndpointName, CertificateOrder.Lwm2m, request);
        var issued = await issuance.IssueAsync(order, cancellationToken);
        // RFC 5915: what Pelion's client and most others read; E.1 of the specification leaves the form open.
        return account with { PublicKeyOrIdentity = issued.Certificate.RawData, SecretKey = key.ExportECPrivateKey() };
    }
}
