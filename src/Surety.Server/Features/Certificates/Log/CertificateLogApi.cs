using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Certificates;

/// <summary>The log of issued certificates: <c>/v3/certificate-log</c>, an addition of Surety. Names are those of RFC 6962, 4.</summary>
internal static class CertificateLogApi
{
    private const string Tag = "Device security - log of issued certificates";

    public static void MapCertificateLogApi(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/v3/certificate-log").OfFeature(PlatformFeatures.CertificateLog).WithTags(Tag);
        log.MapGet("", GetHead).WithName("getCertificateLog").WithSummary("Get the signed head of the log.").WithErrors(401, 403);
        log.MapGet("/inclusion", GetInclusion).WithName("getCertificateLogInclusion").WithSummary("Get the proof that a certificate is in the log.").WithErrors(400, 401, 403, 404);
        log.MapGet("/consistency", GetConsistency).WithName("getCertificateLogConsistency").WithSummary("Get the proof that the log was only appended to.").WithErrors(400, 401, 403);
    }

    private static CertificateLogHead GetHead(CertificateLog log) => log.GetHead();

    private static CertificateInclusion GetInclusion(
        [FromQuery, Description("SHA-256 of the certificate, 64 hexadecimal digits, with or without colons.")] string? fingerprint,
        [FromQuery(Name = "tree_size"), Description("Entries of the tree to prove it for; default: all.")] string? treeSize,
        CertificateLog log) => log.GetInclusion(fingerprint, treeSize);

    private static CertificateConsistency GetConsistency(
        [FromQuery, Description("Entries of the older tree.")] string? first,
        [FromQuery, Description("Entries of the newer tree; default: all.")] string? second,
        CertificateLog log) => log.GetConsistency(first, second);
}
