using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Certificates;

/// <summary>Taking a device's certificate back: an addition of Surety beside <c>renew</c>.</summary>
internal static class CertificateRevocationApi
{
    public static void MapCertificateRevocationApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v3/devices/{device-id}/certificates/{certificate-name}/revoke", RevokeAsync).OfFeature(PlatformFeatures.CertificateRevocations).WithTags("Device security - device certificate revocation").WithFieldErrors()
            .WithName("RevokeCertificate").WithSummary("Revoke the certificates of a device that have a name.").WithErrors(400, 401, 403, 404);

    private static async Task<NoContent> RevokeAsync(
        Caller caller,
        [FromRoute(Name = "device-id"), Description("The ID of the device.")] string deviceId,
        [FromRoute(Name = "certificate-name"), Description("The name of the certificate on the device, such as LWM2M.")] string certificateName,
        JsonBody<CertificateRevocationRequest> body,
        CertificateRevocations service,
        CancellationToken cancellationToken)
    {
        await service.RevokeAsync(caller, deviceId, certificateName, body.Value, cancellationToken);
        return TypedResults.NoContent();
    }
}
