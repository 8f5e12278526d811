using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Certificates;

/// <summary>Renewals: <c>/v3/certificate-enrollments</c>, and the order to a device.</summary>
internal static class CertificateEnrollmentApi
{
    private const string Tag = "Device security - device certificate renewals";

    public static void MapCertificateEnrollmentsApi(this IEndpointRouteBuilder routes)
    {
        var enrollments = routes.MapGroup("/v3/certificate-enrollments").OfFeature(PlatformFeatures.CertificateEnrollments).WithTags(Tag).WithFieldErrors();
        enrollments.MapGet("", ListAsync).WithName("getCertificateEnrollments").WithSummary("Get certificate enrollments list.")
            .WithListParameters(CertificateEnrollmentFilters.All).WithErrors(400, 401, 403);
        enrollments.MapGet("/{certificate-enrollment-id}", GetAsync).WithName("getCertificateEnrollment").WithSummary("Get a certificate enrollment by ID.").WithErrors(400, 401, 403, 404);
        routes.MapPost("/v3/devices/{device-id}/certificates/{certificate-name}/renew", RenewAsync).AtDevice("device-id").OfFeature(PlatformFeatures.CertificateEnrollments).WithTags(Tag).WithFieldErrors()
            .WithName("RequestCertificateRenewal").WithSummary("Request certificate renewal.").WithErrors(400, 401, 403, 404, 409, 423);
    }

    private static Task<ListResponse<CertificateEnrollmentData>> ListAsync(
        Caller caller, ListQuery list, CertificateRenewals service, CancellationToken cancellationToken) => service.ListAsync(caller, list, cancellationToken);

    private static Task<CertificateEnrollmentData> GetAsync(
        Caller caller,
        [FromRoute(Name = "certificate-enrollment-id"), Description("The ID of the certificate enrollment.")] string certificateEnrollmentId,
        CertificateRenewals service,
        CancellationToken cancellationToken) => service.GetAsync(caller, certificateEnrollmentId, cancellationToken);

    private static async Task<Created<CertificateEnrollmentData>> RenewAsync(
        Caller caller,
        [FromRoute(Name = "device-id"), Description("The ID of the device.")] string deviceId,
        [FromRoute(Name = "certificate-name"), Description("The name of the certificate on the device: LWM2M, or one that has an issuer.")] string certificateName,
        CertificateRenewals service,
        CancellationToken cancellationToken) => TypedResults.Created((string?)null, await service.RenewAsync(caller, deviceId, certificateName, cancellationToken));
}
