using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Certificates;

/// <summary>External authorities, <c>/v3/certificate-issuers</c>, and what they are for, <c>/v3/certificate-issuer-configurations</c>.</summary>
internal static class CertificateIssuerApi
{
    private const string IssuersTag = "Security and identity - certificate issuers";
    private const string ConfigsTag = "Security and identity - certificate issuers activation";
    private const string IssuerMeaning = "The ID of the certificate issuer.";
    private const string ConfigMeaning = "The ID of the certificate issuer configuration.";
    private const string IssuerId = "certificate-issuer-id";
    private const string ConfigId = "certificate-issuer-configuration-id";

    public static void MapCertificateIssuersApi(this IEndpointRouteBuilder routes)
    {
        var issuers = routes.MapGroup("/v3/certificate-issuers").OfFeature(PlatformFeatures.CertificateIssuers).WithTags(IssuersTag).WithFieldErrors();
        issuers.MapGet("", ListAsync).WithName("getCertificateIssuers").WithSummary("Get certificate issuers list.")
            .WithListParameters(CertificateIssuers.Filters).WithErrors(400, 401, 403);
        issuers.MapPost("", CreateAsync).WithName("createCertificateIssuer").WithSummary("Create certificate issuer.").WithErrors(400, 401, 403, 409, 424);
        issuers.MapGet($"/{{{IssuerId}}}", GetAsync).WithName("getCertificateIssuer").WithSummary("Get certificate issuer by ID.").WithErrors(400, 401, 403, 404);
        issuers.MapPut($"/{{{IssuerId}}}", UpdateAsync).WithName("updateCertificateIssuer").WithSummary("Update certificate issuer.").WithErrors(400, 401, 403, 404, 409, 424);
        issuers.MapDelete($"/{{{IssuerId}}}", DeleteAsync).WithName("deleteCertificateIssuer").WithSummary("Delete certificate issuer.").WithErrors(400, 401, 403, 404);
        issuers.MapPost($"/{{{IssuerId}}}/verify", VerifyAsync).WithName("verifyCertificateIssuer").WithSummary("Verify certificate issuer.").WithErrors(400, 401, 403, 404, 424);

        var configs = routes.MapGroup("/v3/certificate-issuer-configurations").OfFeature(PlatformFeatures.CertificateIssuerConfigurations).WithTags(ConfigsTag).WithFieldErrors();
        configs.MapGet("", ListConfigsAsync).WithName("getCertificateIssuerConfigs").WithSummary("Get certificate issuer configurations.")
            .WithListParameters(CertificateIssuerConfigs.Filters).WithErrors(400, 401, 403);
        configs.MapPost("", CreateConfigAsync).WithName("createCertificateIssuerConfig").WithSummary("Create certificate issuer configuration.").WithErrors(400, 401, 403, 409);
        configs.MapGet("/lwm2m", GetLwm2mConfigAsync).WithName("getCertificateIssuerConfig").WithSummary("Get certificate issuer configuration for LwM2M.").WithErrors(400, 401, 403);
        configs.MapPut("/lwm2m", UpdateLwm2mConfigAsync).WithName("updateCertificateIssuerConfig").WithSummary("Update certificate issuer configuration for LwM2M.")
            .WithErrors(400, 401, 403, 404);
        configs.MapGet($"/{{{ConfigId}}}", GetConfigAsync).WithName("getCertificateIssuerConfigByID").WithSummary("Get certificate issuer configuration.").WithErrors(400, 401, 403, 404);
        configs.MapPut($"/{{{ConfigId}}}", UpdateConfigAsync).WithName("updateCertificateIssuerConfigByID").WithSummary("Update certificate issuer configuration.")
            .WithErrors(400, 401, 403, 404);
        configs.MapDelete($"/{{{ConfigId}}}", DeleteConfigAsync).WithName("deleteCertificateIssuerConfigByID").WithSummary("Delete certificate issuer configuration.")
            .WithErrors(400, 401, 403, 404);
    }

    private static Task<ListResponse<CertificateIssuerInfo>> ListAsync(
        Caller caller, ListQuery list, CertificateIssuers service, CancellationToken cancellationToken) => service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<CertificateIssuerInfo>> CreateAsync(
        Caller caller, JsonBody<CertificateIssuerRequest> body, CertificateIssuers service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller, body.Value, cancellationToken));

    private static Task<CertificateIssuerInfo> GetAsync(
        Caller caller, [FromRoute(Name = IssuerId), Description(IssuerMeaning)] string certificateIssuerId, CertificateIssuers service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, certificateIssuerId, cancellationToken);

    private static Task<CertificateIssuerInfo> UpdateAsync(
        Caller caller,
        [FromRoute(Name = IssuerId), Description(IssuerMeaning)] string certificateIssuerId,
        JsonBody<CertificateIssuerUpdateRequest> body,
        CertificateIssuers service,
        CancellationToken cancellationToken) => service.UpdateAsync(caller, certificateIssuerId, body.Value, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = IssuerId), Description(IssuerMeaning)] string certificateIssuerId, CertificateIssuers service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, certificateIssuerId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<CertificateIssuerVerifyResponse> VerifyAsync(
        Caller caller, [FromRoute(Name = IssuerId), Description(IssuerMeaning)] string certificateIssuerId, CertificateIssuers service, CancellationToken cancellationToken) =>
        service.VerifyAsync(caller, certificateIssuerId, cancellationToken);

    private static Task<ListResponse<CertificateIssuerConfigResponse>> ListConfigsAsync(
        Caller caller, ListQuery list, CertificateIssuerConfigs service, CancellationToken cancellationToken) => service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<CertificateIssuerConfigResponse>> CreateConfigAsync(
        Caller caller, JsonBody<CreateCertificateIssuerConfig> body, CertificateIssuerConfigs service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller, body.Value, cancellationToken));

    private static Task<CertificateIssuerConfigResponse> GetLwm2mConfigAsync(Caller caller, CertificateIssuerConfigs service, CancellationToken cancellationToken) =>
        service.GetLwm2mAsync(caller, cancellationToken);

    private static Task<CertificateIssuerConfigResponse> UpdateLwm2mConfigAsync(
        Caller caller, JsonBody<CertificateIssuerConfigRequest> body, CertificateIssuerConfigs service, CancellationToken cancellationToken) =>
        service.UpdateAsync(caller, null, body.Value, cancellationToken);

    private static Task<CertificateIssuerConfigResponse> GetConfigAsync(
        Caller caller, [FromRoute(Name = ConfigId), Description(ConfigMeaning)] string certificateIssuerConfigurationId, CertificateIssuerConfigs service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, certificateIssuerConfigurationId, cancellationToken);

    private static Task<CertificateIssuerConfigResponse> UpdateConfigAsync(
        Caller caller,
        [FromRoute(Name = ConfigId), Description(ConfigMeaning)] string certificateIssuerConfigurationId,
        JsonBody<CertificateIssuerConfigRequest> body,
        CertificateIssuerConfigs service,
        CancellationToken cancellationToken) => service.UpdateAsync(caller, certificateIssuerConfigurationId, body.Value, cancellationToken);

    private static async Task<NoContent> DeleteConfigAsync(
        Caller caller, [FromRoute(Name = ConfigId), Description(ConfigMeaning)] string certificateIssuerConfigurationId, CertificateIssuerConfigs service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, certificateIssuerConfigurationId, cancellationToken);
        return TypedResults.NoContent();
    }
}
