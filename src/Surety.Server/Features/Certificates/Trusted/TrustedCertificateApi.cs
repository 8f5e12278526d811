using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Certificates;

/// <summary>Trusted certificates: <c>/v3/trusted-certificates</c>, and the same below <c>/v3/accounts/{account_id}</c>.</summary>
internal static class TrustedCertificateApi
{
    private const string Tag = "Security and identity - certificates";
    private const string IdMeaning = "The ID of the trusted certificate.";
    private const string AccountMeaning = "The ID of the account.";

    public static void MapTrustedCertificatesApi(this IEndpointRouteBuilder routes)
    {
        var filters = TrustedCertificateFilters.At(default);
        var own = routes.MapGroup("/v3/trusted-certificates").WithTags(Tag);
        own.MapGet("", ListAsync).WithName("getAllCertificates").WithSummary("Get all trusted certificates.").WithListParameters(filters).WithErrors(400, 401, 403);
        own.MapPost("", CreateAsync).WithName("addCertificate").WithSummary("Upload a new trusted certificate.").WithErrors(400, 401, 403, 409);
        own.MapGet("/{cert_id}", GetAsync).WithName("getCertificate").WithSummary("Get trusted certificate.").WithErrors(401, 403, 404);
        own.MapPut("/{cert_id}", UpdateAsync).WithName("updateCertificate").WithSummary("Update trusted certificate.").WithErrors(400, 401, 403, 404, 409);
        own.MapDelete("/{cert_id}", DeleteAsync).WithName("deleteCertificate").WithSummary("Delete a trusted certificate.").WithErrors(401, 403, 404);

        var tenants = routes.MapGroup("/v3/accounts/{account_id}/trusted-certificates").WithTags(Tag);
        tenants.MapGet("", ListOfAccountAsync).WithName("getAllAccountCertificates").WithSummary("Get all trusted certificates of an account.")
            .WithListParameters(filters).WithErrors(400, 401, 403, 404);
        tenants.MapPost("", CreateInAccountAsync).WithName("addAccountCertificate").WithSummary("Upload a new trusted certificate to an account.")
            .WithErrors(400, 401, 403, 404, 409);
        tenants.MapGet("/{cert_id}", GetOfAccountAsync).WithName("getAccountCertificate").WithSummary("Get trusted certificate of an account.").WithErrors(401, 403, 404);
        tenants.MapPut("/{cert_id}", UpdateInAccountAsync).WithName("updateAccountCertificate").WithSummary("Update trusted certificate of an account.")
            .WithErrors(400, 401, 403, 404, 409);
        tenants.MapDelete("/{cert_id}", DeleteFromAccountAsync).WithName("deleteAccountCertificate").WithSummary("Delete trusted certificate of an account.")
            .WithErrors(401, 403, 404);
    }

    private static Task<ListResponse<TrustedCertificateResp>> ListAsync(
        Caller caller, ListQuery list, TrustedCertificates service, CancellationToken cancellationToken) => service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<TrustedCertificateResp>> CreateAsync(
        Caller caller, JsonBody<TrustedCertificateReq> body, TrustedCertificates service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller, body.Value, cancellationToken));

    private static Task<TrustedCertificateResp> GetAsync(
        Caller caller, [FromRoute(Name = "cert_id"), Description(IdMeaning)] string id, TrustedCertificates service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, id, cancellationToken);

    private static Task<TrustedCertificateResp> UpdateAsync(
        Caller caller,
        [FromRoute(Name = "cert_id"), Description(IdMeaning)] string id,
        JsonBody<TrustedCertificateUpdateReq> body,
        TrustedCertificates service,
        CancellationToken cancellationToken) => service.UpdateAsync(caller, id, body.Value, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = "cert_id"), Description(IdMeaning)] string id, TrustedCertificates service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<ListResponse<TrustedCertificateResp>> ListOfAccountAsync(
        Caller caller,
        [FromRoute(Name = "account_id"), Description(AccountMeaning)] string account,
        ListQuery list,
        TrustedCertificates service,
        CancellationToken cancellationToken) => service.ListAsync(In(account, caller), list, cancellationToken);

    private static async Task<Created<TrustedCertificateResp>> CreateInAccountAsync(
        Caller caller,
        [FromRoute(Name = "account_id"), Description(AccountMeaning)] string account,
        JsonBody<TrustedCertificateReq> body,
        TrustedCertificates service,
        CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(In(account, caller), body.Value, cancellationToken));

    private static Task<TrustedCertificateResp> GetOfAccountAsync(
        Caller caller,
        [FromRoute(Name = "account_id"), Description(AccountMeaning)] string account,
        [FromRoute(Name = "cert_id"), Description(IdMeaning)] string id,
        TrustedCertificates service,
        CancellationToken cancellationToken) => service.GetAsync(In(account, caller), id, cancellationToken);

    private static Task<TrustedCertificateResp> UpdateInAccountAsync(
        Caller caller,
        [FromRoute(Name = "account_id"), Description(AccountMeaning)] string account,
        [FromRoute(Name = "cert_id"), Description(IdMeaning)] string id,
        JsonBody<TrustedCertificateUpdateReq> body,
        TrustedCertificates service,
        CancellationToken cancellationToken) => service.UpdateAsync(In(account, caller), id, body.Value, cancellationToken);

    private static async Task<NoContent> DeleteFromAccountAsync(
        Caller caller,
        [FromRoute(Name = "account_id"), Description(AccountMeaning)] string account,
        [FromRoute(Name = "cert_id"), Description(IdMeaning)] string id,
        TrustedCertificates service,
        CancellationToken cancellationToken)
    {
        await service.DeleteAsync(In(account, caller), id, cancellationToken);
        return TypedResults.NoContent();
    }

    // An account has no accounts below it: whoever calls finds its own here, and no other.
    private static Caller In(string account, Caller caller) =>
        EntityId.TryParse(account, out var id) && id == caller.AccountId ? caller : throw ApiException.NotFound("account", account);
}
