using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

namespace Surety.Server.Features.DeviceEvents;

/// <summary>Device events: <c>/v3/device-events</c>, and <c>/v3/devicelog</c>, as it was called before.</summary>
internal static class DeviceEventApi
{
    private const string Tag = "Device directory - events";

    public static IServiceCollection AddDeviceEvents(this IServiceCollection services) =>
        services.AddSingleton(provider => new DeviceEventService(
            provider.GetRequiredService<SuretyDbFactory>(), provider.GetRequiredService<EntityIdGenerator>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DeviceEventService>>())
        {
            Retention = provider.GetRequiredService<SuretySettings>().DeviceEvents.Retention,
        }).AddHostedService<DeviceEventWriter>();

    public static void MapDeviceEventsApi(this IEndpointRouteBuilder routes)
    {
        var events = routes.MapGroup("/v3/device-events").OfFeature(PlatformFeatures.DeviceEvents).WithTags(Tag);
        events.MapGet("", ListAsync).WithName("device_log_list").WithSummary("List all device events.")
            .WithListParameters(DeviceEventData.Filters).WithErrors(400, 401);
        events.MapGet("/{device_event_id}", GetAsync).WithName("device_log_retrieve").WithSummary("Retrieve a device event.").WithErrors(400, 401, 404);
        var log = routes.MapGroup("/v3/devicelog").OfFeature(PlatformFeatures.DeviceEvents).WithTags(Tag);
        log.MapGet("", ListAsync).WithName("old_device_log_list").WithSummary("DEPRECATED: List all device events.")
            .WithListParameters(DeviceEventData.Filters).WithErrors(400, 401);
        log.MapGet("/{device_event_id}", GetAsync).WithName("old_device_log_retrieve").WithSummary("DEPRECATED: Retrieve a device event.").WithErrors(400, 401, 404);
    }

    private static Task<ListResponse<DeviceEventData>> ListAsync(Caller caller, ListQuery list, DeviceEventService events, CancellationToken cancellationToken) =>
        events.ListAsync(caller.AccountId, list, cancellationToken);

    private static Task<DeviceEventData> GetAsync(
        Caller caller, [FromRoute(Name = "device_event_id"), Description("The ID of the event.")] string deviceEventId, DeviceEventService events, CancellationToken cancellationToken) =>
        events.GetAsync(caller.AccountId, deviceEventId, cancellationToken);
}
