using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.SimulatedDevices;

/// <summary>Devices in this process, to try things with: <c>/v3/simulated-devices</c>, an addition of Surety.</summary>
internal static class SimulatedDeviceApi
{
    private const string Tag = "Device directory - simulated devices";
    private const string IdMeaning = "The ID of the simulated device.";

    public static IServiceCollection AddSimulatedDevices(this IServiceCollection services, SimulatedDevicesSettings settings) =>
        services.AddSingleton(settings).AddSingleton<SimulatedDeviceService>().AddHostedService(provider => provider.GetRequiredService<SimulatedDeviceService>());

    public static void MapSimulatedDevicesApi(this IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup("/v3/simulated-devices").OfFeature(PlatformFeatures.SimulatedDevices).WithTags(Tag);
        devices.MapGet("", List).WithName("listSimulatedDevices").WithSummary("List the simulated devices, and how many there may be.").WithErrors(401, 403);
        devices.MapPost("", AddAsync).WithName("startSimulatedDevices").WithSummary("Start simulated devices, which claim, bootstrap and register as real ones do.").WithErrors(400, 401, 403, 413, 415);
        devices.MapGet("/{simulated-device-id}", Get).WithName("getSimulatedDevice").WithSummary("Get a simulated device, and what it does.").WithErrors(401, 403, 404);
        devices.MapDelete("/{simulated-device-id}", RemoveAsync).WithName("stopSimulatedDevice").WithSummary("Stop a simulated device: it de-registers and is forgotten. Its entry in the directory stays.").WithErrors(401, 403, 404);
    }

    private static SimulatedDeviceList List(Caller caller, SimulatedDeviceService service) => service.List(caller.AccountId);

    private static async Task<Created<SimulatedDeviceList>> AddAsync(Caller caller, OptionalJsonBody<SimulatedDeviceRequest> body, SimulatedDeviceService service, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, await service.AddAsync(caller.AccountId, body.Value ?? new SimulatedDeviceRequest(), cancellationToken));

    private static SimulatedDeviceData Get(Caller caller, [FromRoute(Name = "simulated-device-id"), Description(IdMeaning)] string simulatedDeviceId, SimulatedDeviceService service) =>
        service.Get(caller.AccountId, simulatedDeviceId);

    private static async Task<NoContent> RemoveAsync(
        Caller caller, [FromRoute(Name = "simulated-device-id"), Description(IdMeaning)] string simulatedDeviceId, SimulatedDeviceService service, CancellationToken cancellationToken)
    {
        await service.RemoveAsync(caller.AccountId, simulatedDeviceId, cancellationToken);
        return TypedResults.NoContent();
    }
}
