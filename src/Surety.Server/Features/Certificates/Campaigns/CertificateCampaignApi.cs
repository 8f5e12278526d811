using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Certificates;

/// <summary>Renewal campaigns: <c>/v3/certificate-campaigns</c>, an addition of Surety.</summary>
internal static class CertificateCampaignApi
{
    private const string Tag = "Device security - certificate campaigns";
    private const string Id = "certificate-campaign-id";
    private const string IdMeaning = "The ID of the certificate campaign.";

    public static void MapCertificateCampaignsApi(this IEndpointRouteBuilder routes)
    {
        var campaigns = routes.MapGroup("/v3/certificate-campaigns").OfFeature(PlatformFeatures.CertificateCampaigns).WithTags(Tag);
        campaigns.MapGet("", ListAsync).WithName("listCertificateCampaigns").WithSummary("List certificate campaigns.")
            .WithListParameters(CertificateCampaigns.Filters).WithErrors(400, 401);
        campaigns.MapPost("", CreateAsync).WithName("createCertificateCampaign").WithSummary("Create a certificate campaign.").WithErrors(400, 401, 403);
        campaigns.MapGet($"/{{{Id}}}", GetAsync).WithName("getCertificateCampaign").WithSummary("Get a certificate campaign.").WithErrors(401, 404);
        campaigns.MapDelete($"/{{{Id}}}", DeleteAsync).WithName("deleteCertificateCampaign").WithSummary("Delete a certificate campaign.").WithErrors(401, 403, 404, 409);
        campaigns.MapPost($"/{{{Id}}}/start", StartAsync).WithName("startCertificateCampaign").WithSummary("Start a certificate campaign, or go on with it.").WithErrors(401, 403, 404, 409);
        campaigns.MapPost($"/{{{Id}}}/stop", StopAsync).WithName("stopCertificateCampaign").WithSummary("Stop a certificate campaign.").WithErrors(401, 403, 404, 409);
        campaigns.MapGet($"/{{{Id}}}/statistics", GetStatisticsAsync).WithName("getCertificateCampaignStatistics").WithSummary("Count the devices of a certificate campaign.")
            .WithErrors(401, 404);
        campaigns.MapGet($"/{{{Id}}}/forecast", ForecastAsync).WithName("forecastCertificateCampaign").WithSummary("Tell which devices will be late.").WithErrors(401, 404);
    }

    private static Task<ListResponse<CertificateCampaignData>> ListAsync(
        Caller caller, ListQuery list, CertificateCampaigns service, CancellationToken cancellationToken) => service.ListAsync(caller, list, cancellationToken);

    private static async Task<Created<CertificateCampaignData>> CreateAsync(
        Caller caller, JsonBody<CertificateCampaignRequest> body, CertificateCampaigns service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller, body.Value, cancellationToken));

    private static Task<CertificateCampaignData> GetAsync(
        Caller caller, [FromRoute(Name = Id), Description(IdMeaning)] string certificateCampaignId, CertificateCampaigns service, CancellationToken cancellationToken) =>
        service.GetAsync(caller, certificateCampaignId, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = Id), Description(IdMeaning)] string certificateCampaignId, CertificateCampaigns service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller, certificateCampaignId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<CertificateCampaignData> StartAsync(
        Caller caller, [FromRoute(Name = Id), Description(IdMeaning)] string certificateCampaignId, CertificateCampaigns service, CancellationToken cancellationToken) =>
        service.StartAsync(caller, certificateCampaignId, cancellationToken);

    private static Task<CertificateCampaignData> StopAsync(
        Caller caller, [FromRoute(Name = Id), Description(IdMeaning)] string certificateCampaignId, CertificateCampaigns service, CancellationToken cancellationToken) =>
        service.StopAsync(caller, certificateCampaignId, cancellationToken);

    private static Task<CertificateCampaignStatistics> GetStatisticsAsync(
        Caller caller, [FromRoute(Name = Id), Description(IdMeaning)] string certificateCampaignId, CertificateCampaigns service, CancellationToken cancellationToken) =>
        service.GetStatisticsAsync(caller, certificateCampaignId, cancellationToken);

    private static Task<CampaignForecast> ForecastAsync(
        Caller caller, [FromRoute(Name = Id), Description(IdMeaning)] string certificateCampaignId, CertificateCampaigns service, CancellationToken cancellationToken) =>
        service.ForecastAsync(caller, certificateCampaignId, cancellationToken);
}
