using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Enrollment;

/// <summary>First-to-claim: <c>/v3/device-enrollments</c>, its bulk jobs, and <c>/v3/device-enrollment-denials</c>.</summary>
internal static class EnrollmentApi
{
    private const string Tag = "Device ownership - enrollments";
    private const string DenialsTag = "EnrollmentDenials";
    private const string IdMeaning = "The ID of the enrollment; not the enrollment identity.";
    private const string DenialIdMeaning = "The ID of the denial.";

    public static IServiceCollection AddEnrollment(this IServiceCollection services, EnrollmentSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<EnrollmentAlerts>();
        services.AddSingleton<EnrollmentService>();
        services.AddSingleton<EnrollmentDenials>();
        services.AddSingleton<EnrollmentClaims>();
        services.AddSingleton<CloneWatch>();
        services.AddSingleton<IBootstrapAdmission, BootstrapAdmissions>();
        services.AddSingleton<BulkBatches>();
        services.AddSingleton<BulkWorker>();
        services.AddSingleton<BulkService>();
        services.AddHostedService(provider => provider.GetRequiredService<BulkWorker>());
        services.AddHostedService<EnrollmentSweep>();
        return services;
    }

    public static void MapEnrollmentApi(this IEndpointRouteBuilder routes)
    {
        var enrollments = routes.MapGroup("/v3/device-enrollments").OfFeature(PlatformFeatures.DeviceEnrollments).WithTags(Tag);
        enrollments.MapGet("", ListAsync).WithName("getDeviceEnrollments").WithSummary("Get enrollment list.")
            .WithListParameters(EnrollmentService.Filters).WithErrors(400, 401);
        enrollments.MapPost("", CreateAsync).WithName("createDeviceEnrollment").WithSummary("Place an enrollment claim for one or several devices.")
            .WithErrors(400, 401, 409);
        enrollments.MapGet("/{id}", GetAsync).WithName("getDeviceEnrollment").WithSummary("Get details of an enrollment by ID.").WithErrors(400, 401, 404);
        enrollments.MapDelete("/{id}", DeleteAsync).WithName("deleteDeviceEnrollment").WithSummary("Delete an enrollment by ID.").WithErrors(400, 401, 404);
        BulkApi.Map(routes, Tag);

        var denials = routes.MapGroup("/v3/device-enrollment-denials").OfFeature(PlatformFeatures.DeviceEnrollments).WithTags(DenialsTag);
        denials.MapGet("", ListDenialsAsync).WithName("listEnrollmentDenialAttempts").WithSummary("Return list of devices which were denied to bootstrap.")
            .WithListParameters(EnrollmentDenials.Filters).WithErrors(400, 401);
        denials.MapGet("/{device_enrollment_denial_id}", GetDenialAsync).WithName("getEnrollmentDenialAttempt")
            .WithSummary("Query for a single attempt to bootstrap by ID.").WithErrors(401, 404);
    }

    private static Task<ListResponse<EnrollmentIdentity>> ListAsync(
        Caller caller, ListQuery list, EnrollmentService service, CancellationToken cancellationToken) =>
        service.ListAsync(caller.AccountId, list, cancellationToken);

    private static async Task<Created<EnrollmentIdentity>> CreateAsync(
        Caller caller, JsonBody<EnrollmentId> body, EnrollmentService service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller.AccountId, body.Value, cancellationToken));

    private static Task<EnrollmentIdentity> GetAsync(
        Caller caller, [FromRoute, Description(IdMeaning)] string id, EnrollmentService service, CancellationToken cancellationToken) =>
        service.GetAsync(caller.AccountId, id, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute, Description(IdMeaning)] string id, EnrollmentService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller.AccountId, id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<ListResponse<DeniedDevice>> ListDenialsAsync(
        Caller caller, ListQuery list, EnrollmentDenials denials, CancellationToken cancellationToken) =>
        denials.ListAsync(caller.AccountId, list, cancellationToken);

    private static Task<DeniedDevice> GetDenialAsync(
        Caller caller,
        [FromRoute(Name = "device_enrollment_denial_id"), Description(DenialIdMeaning)] string deviceEnrollmentDenialId,
        EnrollmentDenials denials,
        CancellationToken cancellationToken) => denials.GetAsync(caller.AccountId, deviceEnrollmentDenialId, cancellationToken);
}
