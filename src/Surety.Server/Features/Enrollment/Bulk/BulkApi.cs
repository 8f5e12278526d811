using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Enrollment;

/// <summary>Many enrollments at once: <c>/v3/device-enrollments-bulk-uploads</c> and <c>-bulk-deletes</c>.</summary>
internal static class BulkApi
{
    public static void Map(IEndpointRouteBuilder routes, string tag)
    {
        Map(routes, tag, BulkKind.Upload, "Bulk upload.", "createBulkDeviceEnrollment", "getBulkDeviceEnrollment");
        Map(routes, tag, BulkKind.Delete, "Bulk delete.", "deleteBulkDeviceEnrollment", "getBulkDeviceEnrollmentDelete");
    }

    private static void Map(IEndpointRouteBuilder routes, string tag, BulkKind kind, string summary, string create, string get)
    {
        var jobs = routes.MapGroup(PathOf(kind)).OfFeature(PlatformFeatures.DeviceEnrollments).WithTags(tag);
        jobs.MapPost("", (Caller caller, IdentityFile file, HttpRequest request, BulkService service, CancellationToken cancellationToken) =>
                CreateAsync(caller, kind, file, request, service, cancellationToken))
            .WithName(create).WithSummary(summary).WithErrors(400, 401, 429);
        jobs.MapGet("/{id}", async (
                Caller caller, [FromRoute, Description("The ID of the bulk job.")] string id, HttpRequest request, BulkService service, CancellationToken cancellationToken) =>
                BulkResponse.Of(await service.GetAsync(caller.AccountId, kind, id, cancellationToken), AddressOf(request, kind)))
            .WithName(get).WithSummary($"{summary[..^1]}: how far it is.").WithErrors(400, 401, 404);
        MapReport(jobs, kind, BulkReport.FullFile, isFull: true, $"{get}FullReport", $"{summary[..^1]}: the report of all identities.");
        MapReport(jobs, kind, BulkReport.ErrorsFile, isFull: false, $"{get}ErrorsReport", $"{summary[..^1]}: the report of the identities with errors.");
    }

    private static void MapReport(RouteGroupBuilder jobs, BulkKind kind, string file, bool isFull, string name, string summary) => jobs
        .MapGet($"/{{id}}/{file}", (
            Caller caller, [FromRoute, Description("The ID of the bulk job.")] string id, HttpContext context, BulkService service) =>
            WriteReportAsync(caller, kind, id, isFull, context, service))
        .WithName(name).WithSummary(summary).Produces<string>(200, "text/csv").WithErrors(401, 404);

    private static async Task<Created<BulkResponse>> CreateAsync(
        Caller caller, BulkKind kind, IdentityFile file, HttpRequest request, BulkService service, CancellationToken cancellationToken)
    {
        var job = await service.CreateAsync(caller.AccountId, kind, file.Csv, cancellationToken);
        return TypedResults.Created((string?)null, BulkResponse.Of(job, AddressOf(request, kind)));
    }

    private static async Task WriteReportAsync(Caller caller, BulkKind kind, string id, bool isFull, HttpContext context, BulkService service)
    {
        var job = await service.GetAsync(caller.AccountId, kind, id, context.RequestAborted);
        if (job.CompletedAt is null)
            throw new ApiException(StatusCodes.Status404NotFound, ErrorTypes.NotFound, "The bulk job has not ended: there is no report yet.");
        context.Response.ContentType = "text/csv; charset=utf-8";
        await foreach (var part in service.ReadReportAsync(job, isFull, context.RequestAborted))
            await context.Response.WriteAsync(part, Encoding.UTF8, context.RequestAborted);
    }

    private static string PathOf(BulkKind kind) => kind == BulkKind.Upload ? "/v3/device-enrollments-bulk-uploads" : "/v3/device-enrollments-bulk-deletes";

    // SDKs fetch the reports from the host that they know the API under, with their key.
    private static string AddressOf(HttpRequest request, BulkKind kind) => $"{request.Scheme}://{request.Host}{request.PathBase}{PathOf(kind)}";
}
