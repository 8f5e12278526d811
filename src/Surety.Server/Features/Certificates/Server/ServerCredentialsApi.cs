using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Certificates;

/// <summary>Server credentials: <c>/v3/server-credentials</c>.</summary>
internal static class ServerCredentialsApi
{
    private const string Tag = "Security and identity - server credentials";

    public static void MapServerCredentialsApi(this IEndpointRouteBuilder routes)
    {
        var servers = routes.MapGroup("/v3/server-credentials").OfFeature(PlatformFeatures.ServerCredentials).WithTags(Tag);
        servers.MapGet("", GetAll).WithName("getAllServerCredentials").WithSummary("Fetch all (Bootstrap and LwM2M) server credentials.").WithErrors(400, 401);
        servers.MapGet("/bootstrap", GetBootstrap).WithName("getBootstrapServerCredentials").WithSummary("Fetch bootstrap server credentials.").WithErrors(400, 401);
        servers.MapGet("/lwm2m", GetLwm2m).WithName("getL2M2MServerCredentials").WithSummary("Fetch LwM2M server credentials.").WithErrors(400, 401);
    }

    private static AllServerCredentialsResponseData GetAll(Caller caller, ServerCredentials service) => service.GetAll();

    private static ServerCredentialsResponseData GetBootstrap(Caller caller, ServerCredentials service) => service.GetBootstrap();

    private static ServerCredentialsResponseData GetLwm2m(Caller caller, ServerCredentials service) => service.GetLwm2m();
}
