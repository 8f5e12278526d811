using System.ComponentModel;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Factory;

/// <summary>What factories have made: <c>/v3/factory-manifests</c>, an addition of Surety.</summary>
internal static class FactoryManifestApi
{
    private const string Tag = "Factory - manifests";

    // RFC 7515, 9.2.1: a JWS in JSON.
    private const string JoseJson = "application/jose+json";

    public static IServiceCollection AddFactory(this IServiceCollection services) => services.AddSingleton<FactoryManifests>();

    public static void MapFactoryApi(this IEndpointRouteBuilder routes)
    {
        var manifests = routes.MapGroup("/v3/factory-manifests").OfFeature(PlatformFeatures.FactoryManifests).WithTags(Tag);
        manifests.MapGet("", ListAsync).WithName("listFactoryManifests").WithSummary("List the imported manifests.").WithListParameters(FactoryManifestData.Filters).WithErrors(400, 401);
        manifests.MapPost("", ImportAsync).WithName("importFactoryManifest").WithSummary("Import a manifest that a factory has signed.")
            .Accepts<System.Text.Json.Nodes.JsonObject>("application/json", JoseJson).WithErrors(400, 401, 403, 409, 413, 415);
        manifests.MapGet("/{factory-manifest-id}", GetAsync).WithName("getFactoryManifest").WithSummary("Get a manifest, and what has become of its devices.").WithErrors(400, 401, 404);
    }

    private static Task<ListResponse<FactoryManifestData>> ListAsync(Caller caller, ListQuery list, FactoryManifests service, CancellationToken cancellationToken) =>
        service.ListAsync(caller.AccountId, list, cancellationToken);

    private static Task<FactoryManifestData> GetAsync(
        Caller caller, [FromRoute(Name = "factory-manifest-id"), Description("The ID of the manifest.")] string factoryManifestId, FactoryManifests service, CancellationToken cancellationToken) =>
        service.GetAsync(caller.AccountId, factoryManifestId, cancellationToken);

    private static async Task<Created<FactoryManifestData>> ImportAsync(
        Caller caller,
        HttpContext context,
        [FromQuery, Description("true: enroll the devices that are new in this account (first-to-claim).")] bool? enroll,
        FactoryManifests service,
        CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || (!type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) && !type.MediaType.Equals(JoseJson, StringComparison.OrdinalIgnoreCase)))
        {
            throw ApiException.UnsupportedMediaType(JoseJson);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = FactoryManifests.MaxDocument;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        return TypedResults.Created((string?)null, await service.ImportAsync(caller, body.GetBuffer().AsMemory(0, (int)body.Length), enroll ?? false, cancellationToken));
    }
}
