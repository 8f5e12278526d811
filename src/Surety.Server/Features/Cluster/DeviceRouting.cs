using StackExchange.Redis;
using Surety.Server.Features.Connect;

namespace Surety.Server.Features.Cluster;

/// <summary>Sends requests that concern a device to the node that it is registered at. See <see cref="ClusterConventions.AtDevice"/>.</summary>
internal sealed class DeviceRouting(RequestDelegate next, IDeviceLocations locations, DeviceGateway gateway, RequestForwarder forwarder)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<DeviceRoute>() is not { } route || !EntityId.TryParse(context.GetRouteValue(route.Parameter) as string, out var device)
            || RequestForwarder.IsForwarded(context) || gateway.Server.Registrations.TryGet(device.ToDeviceId(), out _))
            return next(context);
        return RouteAsync(context, device);
    }

    private async Task RouteAsync(HttpContext context, EntityId device)
    {
        DeviceLocation location;
        try
        {
            location = await locations.FindAsync(device);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            throw ClusterErrors.NoRedis();
        }

        if (!location.IsElsewhere)
            await next(context);
        else if (location.Info is { } node)
            await forwarder.ForwardAsync(context, node);
        else
            throw ClusterErrors.NodeIsGone();
    }
}
