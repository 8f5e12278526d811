using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Echo;

/// <summary>The echoes of devices: <c>/v3/devices/{device-id}/echo</c>.</summary>
internal static class EchoApi
{
    private const string DeviceParameter = "device-id";
    private const string DeviceMeaning = "The ID of the device.";

    /// <summary>Before the gateway is added: what devices report at the last is written, too.</summary>
    public static IServiceCollection AddEcho(this IServiceCollection services) => services
        .AddSingleton<EchoJournal>().AddHostedService(provider => provider.GetRequiredService<EchoJournal>()).AddSingleton<EchoDelivery>().AddSingleton<EchoService>();

    public static void MapEchoApi(this IEndpointRouteBuilder routes)
    {
        var echo = routes.MapGroup("/v3/devices/{device-id}/echo").AtDevice(DeviceParameter).OfFeature(PlatformFeatures.DeviceEcho).WithTags("Connect - device echo");
        echo.MapGet("", GetAsync).WithName("getDeviceEcho").WithSummary("Read what a device has reported and what is wanted of it.").WithErrors(401, 404);
        echo.MapPut("", SetAsync).WithName("setDeviceEcho").WithSummary("Say what is wanted of a device; it gets it when it can be reached.").WithErrors(400, 401, 403, 404, 412);
        echo.MapDelete("", DeleteAsync).WithName("deleteDeviceEcho").WithSummary("Forget what a device has reported and what is wanted of it.").WithErrors(401, 404);
    }

    private static Task<EchoData> GetAsync(
        Caller caller, [FromRoute(Name = DeviceParameter), Description(DeviceMeaning)] string deviceId, EchoService echoes, CancellationToken cancellationToken) =>
        echoes.GetAsync(caller.AccountId, deviceId, cancellationToken);

    private static Task<EchoData> SetAsync(
        Caller caller,
        [FromRoute(Name = DeviceParameter), Description(DeviceMeaning)] string deviceId,
        [FromHeader(Name = "If-Match"), Description(Precondition.Meaning)] string? ifMatch,
        JsonBody<EchoReq> body,
        EchoService echoes,
        CancellationToken cancellationToken) => echoes.SetAsync(caller.AccountId, deviceId, body.Value, ifMatch, cancellationToken);

    private static async Task<NoContent> DeleteAsync(
        Caller caller, [FromRoute(Name = DeviceParameter), Description(DeviceMeaning)] string deviceId, EchoService echoes, CancellationToken cancellationToken)
    {
        await echoes.DeleteAsync(caller.AccountId, deviceId, cancellationToken);
        return TypedResults.NoContent();
    }
}
