using System.ComponentModel;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Enrollment;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.PreSharedKeys;

/// <summary>Pre-shared keys of devices: <c>/v2/device-shared-keys</c>. Errors of its own are words in plain text, as the contract has them.</summary>
internal static class PreSharedKeyApi
{
    private const string Path = "/v2/device-shared-keys";
    private const string Tag = "Pre-shared keys";
    private const string NameMeaning = "The endpoint name, percent-encoded.";

    public static IServiceCollection AddPreSharedKeys(this IServiceCollection services) =>
        services.AddSingleton<PreSharedKeyService>().AddSingleton<IPreSharedKeyOwners>(provider => provider.GetRequiredService<PreSharedKeyService>());

    public static void MapPreSharedKeysApi(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup(Path).OfFeature(PlatformFeatures.DeviceSharedKeys).WithTags(Tag).AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (PreSharedKeyException error)
            {
                return TypedResults.Text(error.Message, "text/plain", statusCode: error.Status);
            }
        });
        keys.MapGet("", ListAsync).WithName("ListPreSharedKeys").WithSummary("List all pre-shared keys, without the secrets.")
            .Produces<string>(400, "text/plain").WithErrors(401);
        keys.MapPost("", AddAsync).WithName("UploadPreSharedKey").WithSummary("Upload a pre-shared key.").Accepts<PreSharedKeyRequest>("application/json")
            .Produces(201).Produces<string>(400, "text/plain").Produces<string>(409, "text/plain").WithErrors(401, 403, 413, 415);
        keys.MapGet("/{**endpoint_name}", GetAsync).WithName("GetPreSharedKey").WithSummary("Get a pre-shared key, without the secret.")
            .Produces<PreSharedKeyWithoutSecret>().Produces<string>(400, "text/plain").WithErrors(401, 404);
        keys.MapDelete("/{**endpoint_name}", DeleteAsync).WithName("DeletePreSharedKey").WithSummary("Remove a pre-shared key.")
            .Produces(204).Produces<string>(400, "text/plain").WithErrors(401);
    }

    private static Task<PreSharedKeyPage> ListAsync(
        Caller caller,
        [FromQuery, Description("Keys of a page, 2 to 1000.")] string? limit,
        [FromQuery, Description("The continuation_marker of the page before.")] string? after,
        PreSharedKeyService keys,
        CancellationToken cancellationToken) => keys.ListAsync(caller.AccountId, limit, after, cancellationToken);

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.StatusCodeHttpResult> AddAsync(Caller caller, HttpRequest request, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, PreSharedKeyService keys, CancellationToken cancellationToken)
    {
        await keys.AddAsync(caller.AccountId, await PreSharedKeyRequest.ReadAsync(request, json.Value.SerializerOptions), cancellationToken);
        return TypedResults.StatusCode(StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(
        Caller caller, [FromRoute(Name = "endpoint_name"), Description(NameMeaning)] string endpointName, HttpContext context, PreSharedKeyService keys, CancellationToken cancellationToken)
    {
        endpointName = ReadName(context) ?? endpointName;
        return await keys.FindAsync(caller.AccountId, endpointName, cancellationToken) is { } found
            ? TypedResults.Json(found)
            : throw new ApiException(StatusCodes.Status404NotFound, ErrorTypes.NotFound, $"There is no pre-shared key for the endpoint '{ApiException.Shorten(endpointName)}'.");
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = "endpoint_name"), Description(NameMeaning)] string endpointName, HttpContext context, PreSharedKeyService keys, CancellationToken cancellationToken)
    {
        await keys.DeleteAsync(caller.AccountId, ReadName(context) ?? endpointName, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>The name as it was sent: routing leaves an escaped slash as it is, so that it cannot be told from the text "%2F".</summary>
    private static string? ReadName(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var end = target.IndexOf('?', StringComparison.Ordinal);
        var path = end < 0 ? target : target[..end];
        return path.StartsWith(Path + "/", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(path[(Path.Length + 1)..]) : null;
    }
}
