using StackExchange.Redis;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Features.Cluster;

/// <summary>
/// Sends requests that concern the caller's channel to the node that holds it. A channel that no living node holds becomes this node's. See
/// <see cref="ClusterConventions.AtChannel"/>.
/// </summary>
internal sealed class ChannelRouting(RequestDelegate next, ChannelHolders holders, NotificationHub hub, RequestForwarder forwarder)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ChannelRoute>() is not { } route || context.Features.Get<Caller>() is not { } caller
            || hub.Find(caller.ApplicationId) is { IsHeld: true })
            return next(context);
        return RouteAsync(context, caller, route.IsUse);
    }

    private async Task RouteAsync(HttpContext context, Caller caller, bool isUse)
    {
        NodeInfo? other;
        try
        {
            // What waits here for the application is a channel, too.
            other = isUse || hub.Find(caller.ApplicationId) is not null
                ? await holders.ClaimAsync(caller.AccountId, caller.ApplicationId)
                : await holders.FindAsync(caller.ApplicationId);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            throw ClusterErrors.NoRedis();
        }

        if (other is null)
            await next(context);
        else if (RequestForwarder.IsForwarded(context))
            throw ClusterErrors.NodeIsGone();
        else
            await forwarder.ForwardAsync(context, other);
    }
}
