using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Certificates;

/// <summary>Trusted certificates: <c>/v3/trusted-certificates</c>, and the same below <c>/v3/accounts/{account_id}</c>.</summary>
internal static class TrustedCertificateApi
{
    private const string Tag = "Security and identity - certificates";
    private const string TenantTag = "Tenant security and identity - certificates";
    private const string IdMeaning = "The ID of the trusted certificate.";

        public static void MapTrustedCertificatesApi(this IEndpointRouteBuilder routes) => AccountRoutes.MapBoth(routes, Map);

    private static void Map(AccountRoutes account)
    {
        var certificates = account.Routes.MapGroup("/trusted-certificates").OfFeature(PlatformFeatures.TrustedCertificates).WithTags(account.Name(Tag, TenantTag));
        certificates.MapGet("", ListAsync).WithName(account.Name("getAllCertificates", "getAllAccountCertificates")).WithSummary("Get all trusted certificates.")
            .WithListParameters(TrustedCertificateFilters.At(default)).WithErrors(400, 401, 403, 404);
        certificates.MapPost("", CreateAsync).WithName(account.Name("addCertificate", "addAccountCertificate")).WithSummary("Upload a new trusted certificate.")
            .WithErrors(400, 401, 403, 404, 409);
        certificates.MapGet("/{cert_id}", GetAsync).WithName(account.Name("getCertificate", "getAccountCertificate")).WithSummary("Get trusted certificate.")
            .WithErrors(401, 403, 404);
        certificates.MapPut("/{cert_id}", UpdateAsync).WithName(account.Name("updateCertificate", "updateAccountCertificate")).WithSummary("Update trusted certificate.")
            .WithErrors(400, 401, 403, 404, 409);
        certificates.MapDelete("/{cert_id}", DeleteAsync).WithName(account.Name("deleteCertificate", "deleteAccountCertificate")).WithSummary("Delete a trusted certificate.")
            .WithErrors(401, 403, 404);
    }

    private static Task<ListResponse<TrustedCertificateResp>> ListAsync(
        Caller caller, ListQuery list, TrustedCertificates service, CancellationToken cancellationToken) => service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<TrustedCertificateResp>> CreateAsync(
        Caller caller, JsonBody<TrustedCertificateReq> body, TrustedCertificates service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller, body.Value, cancellationToken));

    private static Task<TrustedCertificateResp> GetAsync(
        Caller caller, [FromRoute(Name = "cert_id"), Description(IdMeaning)] string certId, TrustedCertificates service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, certId, cancellationToken);

    private static Task<TrustedCertificateResp> UpdateAsync(
        Caller caller,
        [FromRoute(Name = "cert_id"), Description(IdMeaning)] string certId,
        JsonBody<TrustedCertificateUpdateReq> body,
        TrustedCertificates service,
        CancellationToken cancellationToken) => service.UpdateAsync(caller, certId, body.Value, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = "cert_id"), Description(IdMeaning)] string certId, TrustedCertificates service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, certId, cancellationToken);
        return TypedResults.NoContent();
    }
}
