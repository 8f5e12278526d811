using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Certificates;

/// <summary>Developer certificates: <c>/v3/developer-certificates</c>.</summary>
internal static class DeveloperCertificateApi
{
    private const string Tag = "Security and identity - certificates";

    public static void MapDeveloperCertificatesApi(this IEndpointRouteBuilder routes)
    {
        var developer = routes.MapGroup("/v3/developer-certificates").OfFeature(PlatformFeatures.DeveloperCertificates).WithTags(Tag);
        developer.MapPost("", CreateAsync).WithName("createDeveloperCertificate").WithSummary("Create a new developer certificate.").WithErrors(400, 401, 403, 409);
        developer.MapGet("/{developerCertificateId}", GetAsync).WithName("getDeveloperCertificate").WithSummary("Fetch an existing developer certificate.")
            .WithErrors(400, 401, 404);
    }

    private static async Task<Created<DeveloperCertificateResponseData>> CreateAsync(
        Caller caller, JsonBody<DeveloperCertificateRequestData> body, DeveloperCertificates service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller, body.Value, cancellationToken));

    private static Task<DeveloperCertificateResponseData> GetAsync(
        Caller caller,
        [FromRoute(Name = "developerCertificateId"), Description("The ID of the developer certificate.")] string developerCertificateId,
        DeveloperCertificates service,
        CancellationToken cancellationToken) => service.GetAsync(caller, developerCertificateId, cancellationToken);
}
