using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Connect;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Bootstrap;

/// <summary>The bootstrap server, and the rules of what devices get there: <c>/v3/bootstrap-rules</c>.</summary>
internal static class BootstrapApi
{
    private const string Tag = "Bootstrap - rules";
    private const string IdMeaning = "The ID of the rule.";

    public static IServiceCollection AddBootstrap(this IServiceCollection services)
    {
        services.AddSingleton<BootstrapRules>();
        services.AddSingleton<BootstrapRuleService>();
        services.AddSingleton<BootstrapDryRun>();
        services.AddSingleton<IInitialObservations, BootstrapObservations>();
        services.AddSingleton<BootstrapGrants>();
        services.AddSingleton<BootstrapKeys>();
        services.AddSingleton<BootstrapPolicy>();
        services.AddSingleton<BootstrapGateway>();
        services.AddHostedService(provider => provider.GetRequiredService<BootstrapGateway>());
        return services;
    }

    public static void MapBootstrapApi(this IEndpointRouteBuilder routes)
    {
        var rules = routes.MapGroup("/v3/bootstrap-rules").OfFeature(PlatformFeatures.BootstrapRules).WithTags(Tag);
        rules.MapGet("", ListAsync).WithName("listBootstrapRules").WithSummary("List the bootstrap rules, in the order in which they are asked.")
            .WithListParameters(BootstrapRuleService.Filters).WithErrors(400, 401);
        rules.MapPost("", CreateAsync).WithName("createBootstrapRule").WithSummary("Create a bootstrap rule.").WithErrors(400, 401, 403);
        rules.MapPost("/dry-run", DryRunAsync).WithName("dryRunBootstrapRules").WithSummary("Show what a device would get at its bootstrap, and why.")
            .WithErrors(400, 401, 404);
        rules.MapGet("/{id}", GetAsync).WithName("getBootstrapRule").WithSummary("Get a bootstrap rule.").WithErrors(401, 404);
        rules.MapPut("/{id}", UpdateAsync).WithName("updateBootstrapRule").WithSummary("Replace a bootstrap rule.").WithErrors(400, 401, 404);
        rules.MapDelete("/{id}", DeleteAsync).WithName("deleteBootstrapRule").WithSummary("Delete a bootstrap rule.").WithErrors(401, 404);
    }

    private static Task<ListResponse<BootstrapRuleResp>> ListAsync(
        Caller caller, ListQuery list, BootstrapRuleService service, CancellationToken cancellationToken) => service.ListAsync(caller.AccountId, list, cancellationToken);

    private static async Task<Created<BootstrapRuleResp>> CreateAsync(
        Caller caller, JsonBody<BootstrapRuleReq> body, BootstrapRuleService service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.CreateAsync(caller.AccountId, body.Value, cancellationToken));

    private static Task<BootstrapDryRunResp> DryRunAsync(
        Caller caller, JsonBody<BootstrapDryRunReq> body, BootstrapDryRun dryRun, CancellationToken cancellationToken) =>
        dryRun.RunAsync(caller.AccountId, body.Value, cancellationToken);

    private static Task<BootstrapRuleResp> GetAsync(
        Caller caller, [FromRoute, Description(IdMeaning)] string id, BootstrapRuleService service, CancellationToken cancellationToken) =>
        service.GetAsync(caller.AccountId, id, cancellationToken);

    private static Task<BootstrapRuleResp> UpdateAsync(
        Caller caller,
        [FromRoute, Description(IdMeaning)] string id,
        JsonBody<BootstrapRuleReq> body,
        BootstrapRuleService service,
        CancellationToken cancellationToken) => service.UpdateAsync(caller.AccountId, id, body.Value, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute, Description(IdMeaning)] string id, BootstrapRuleService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(caller.AccountId, id, cancellationToken);
        return TypedResults.NoContent();
    }
}
