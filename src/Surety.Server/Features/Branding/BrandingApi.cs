using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Branding;

/// <summary>Branding: <c>/v3/branding-colors</c> and <c>/v3/branding-images</c>, for the dark and the light theme.</summary>
internal static class BrandingApi
{
    public static IServiceCollection AddBranding(this IServiceCollection services) => services.AddSingleton<BrandingService>();

    public static void MapBrandingApi(this IEndpointRouteBuilder routes)
    {
        AccountRoutes.MapBoth(routes, account =>
        {
            var tag = account.Name("Account - branding", "Tenant accounts - branding");
            var of = account.Name("", "Account");
            var colors = account.Routes.MapGroup("/branding-colors").OfFeature(PlatformFeatures.Branding).WithTags(tag);
            colors.MapDelete("", (Caller caller, BrandingService service, CancellationToken ct) => DoneAsync(service.ResetColorsAsync(caller, null, null, ct)))
                .WithName($"deleteAll{of}Colors").WithSummary("Reset all branding colors.").WithErrors(401, 403, 404);
            var images = account.Routes.MapGroup("/branding-images").OfFeature(PlatformFeatures.Branding).WithTags(tag);
            images.MapDelete("", (Caller caller, BrandingService service, CancellationToken ct) => DoneAsync(service.ClearImagesAsync(caller, null, null, ct)))
                .WithName($"deleteAll{of}Images").WithSummary("Delete all branding images.").WithErrors(401, 403, 404);
            foreach (var theme in Enum.GetValues<BrandingTheme>())
            {
                MapColors(colors.MapGroup($"/{theme.ToString().ToLowerInvariant()}"), theme, $"{of}{theme}");
                MapImages(images.MapGroup($"/{theme.ToString().ToLowerInvariant()}"), theme, $"{of}{theme}");
            }
        });
        routes.MapGet(BrandingService.StaticPath + "/{id}", ShowAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static void MapColors(RouteGroupBuilder colors, BrandingTheme theme, string of)
    {
        colors.MapGet("", async (Caller caller, BrandingService service, CancellationToken ct) => Whole(await service.ListColorsAsync(caller, theme, ct)))
            .WithName($"get{of}Colors").WithSummary("Get the branding colors of the theme.").WithErrors(401, 403, 404);
        colors.MapPut("", (Caller caller, JsonBody<List<BrandingColor>> body, BrandingService service, CancellationToken ct) =>
                DoneAsync(service.SetColorsAsync(caller, theme, body.Value, ct)))
            .WithName($"bulkSet{of}Colors").WithSummary("Set branding colors of the theme, all or none.").WithErrors(400, 401, 403, 404, 409);
        colors.MapDelete("", (Caller caller, BrandingService service, CancellationToken ct) => DoneAsync(service.ResetColorsAsync(caller, theme, null, ct)))
            .WithName($"deleteAll{of}Colors").WithSummary("Reset the branding colors of the theme.").WithErrors(401, 403, 404);
        colors.MapGet("/{reference}", ([Description("What is coloured or shown.")] string reference, Caller caller, BrandingService service, CancellationToken ct) =>
                service.GetColorAsync(caller, theme, reference, ct))
            .WithName($"get{of}Color").WithSummary("Get a branding color.").WithErrors(401, 403, 404);
        colors.MapPut("/{reference}", async ([Description("What is coloured or shown.")] string reference, Caller caller, JsonBody<BrandingColor> body, BrandingService service, CancellationToken ct) =>
            {
                if (body.Value.Reference is { } other && other != reference)
                    throw ApiException.Invalid("reference", "must be that of the path");
                // 404 comes before what is wrong with the body.
                await service.GetColorAsync(caller, theme, reference, ct);
                await service.SetColorsAsync(caller, theme, [body.Value with { Reference = reference }], ct);
                return await service.GetColorAsync(caller, theme, reference, ct);
            })
            .WithName($"set{of}Color").WithSummary("Set a branding color.").WithErrors(400, 401, 403, 404, 409);
        colors.MapDelete("/{reference}", ([Description("What is coloured or shown.")] string reference, Caller caller, BrandingService service, CancellationToken ct) =>
                DoneAsync(service.ResetColorsAsync(caller, theme, reference, ct)))
            .WithName($"reset{of}Color").WithSummary("Reset a branding color to its default.").WithErrors(401, 403, 404);
    }

    private static void MapImages(RouteGroupBuilder images, BrandingTheme theme, string of)
    {
        images.MapGet("", async (Caller caller, BrandingService service, CancellationToken ct) => Whole(await service.ListImagesAsync(caller, theme, ct)))
            .WithName($"getAll{of}ImageData").WithSummary("Get metadata of the branding images of the theme.").WithErrors(401, 403, 404);
        images.MapDelete("", (Caller caller, BrandingService service, CancellationToken ct) => DoneAsync(service.ClearImagesAsync(caller, theme, null, ct)))
            .WithName($"deleteAll{of}Images").WithSummary("Delete the branding images of the theme.").WithErrors(401, 403, 404);
        images.MapGet("/{reference}", ([Description("What is coloured or shown.")] string reference, Caller caller, BrandingService service, CancellationToken ct) =>
                service.GetImageAsync(caller, theme, reference, ct))
            .WithName($"get{of}ImageData").WithSummary("Get metadata of a branding image.").WithErrors(401, 403, 404);
        images.MapPost("/{reference}/clear", ([Description("What is coloured or shown.")] string reference, Caller caller, BrandingService service, CancellationToken ct) =>
                DoneAsync(service.ClearImagesAsync(caller, theme, reference, ct)))
            .WithName($"clear{of}Image").WithSummary("Revert a branding image to its default.").WithErrors(401, 403, 404);
        images.MapPost("/{reference}/upload", async ([Description("What is coloured or shown.")] string reference, Caller caller, HttpContext context, BrandingService service) =>
                await UploadAsync(caller, theme, reference, context, service, ImageUpload.ReadBodyAsync))
            .WithName($"upload{of}Image").WithSummary("Upload a branding image, PNG or JPEG of at most 1 MiB.").WithImageBody().WithErrors(400, 401, 403, 404, 413, 415);
        images.MapPost("/{reference}/upload-multipart", async ([Description("What is coloured or shown.")] string reference, Caller caller, HttpContext context, BrandingService service) =>
                await UploadAsync(caller, theme, reference, context, service, ImageUpload.ReadFormAsync))
            .WithName($"upload{of}ImageMultipart").WithSummary("Upload a branding image as a form, PNG or JPEG of at most 1 MiB.").WithImageForm()
            .WithErrors(400, 401, 403, 404, 413, 415);
    }

    private static async Task<Created<BrandingImage>> UploadAsync(
        Caller caller, BrandingTheme theme, string reference, HttpContext context, BrandingService service, Func<HttpRequest, Task<byte[]>> read)
    {
        BrandingService.RequireUpload(reference);
        var image = await service.SetImageAsync(caller, theme, reference, await read(context.Request), context.RequestAborted);
        var path = context.Request.Path.Value!;
        context.Response.Headers.ContentLocation = path[..path.LastIndexOf('/')];
        return TypedResults.Created(image.StaticUri, image);
    }

    private static async Task<FileContentHttpResult> ShowAsync(string id, HttpContext context, BrandingService service)
    {
        var (content, type) = await service.ReadImageAsync(id, context.RequestAborted);
        // Uploaded by a customer, served by our name: it is an image and nothing else.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(content, type);
    }

    private static async Task<NoContent> DoneAsync(Task task)
    {
        await task;
        return TypedResults.NoContent();
    }

    private static ListResponse<T> Whole<T>(IReadOnlyList<T> items) => new()
    {
        Limit = Math.Max(ListQuery.DefaultLimit, items.Count),
        After = null,
        Order = ListOrder.Ascending,
        HasMore = false,
        TotalCount = items.Count,
        Data = items,
    };
}
