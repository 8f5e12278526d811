using System.Collections.Concurrent;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Notifications.Websockets;

/// <summary>Opens websockets, each in the place of an older one on the same channel. (connect, "Channels", Websocket.)</summary>
internal sealed class WebSocketEndpoint(
    NotificationHub hub, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<WebSocketEndpoint> log)
{
    private readonly ConcurrentDictionary<EntityId, byte> _opening = [];

    /// <summary>Serves a websocket until it is closed, or answers why there is none.</summary>
    public async Task<IResult> RunAsync(HttpContext context, Caller caller)
    {
        var (status, reason) = WebSocketHandshake.Check(context);
        if (status == StatusCodes.Status426UpgradeRequired)
            WebSocketHandshake.Require(context.Response);
        if (status != 0)
        {
            var refusal = new ApiException(status, ErrorTypes.ForStatus(status), reason);
            // Headers of what an exception answers are cleared; here they are the point.
            await ErrorWriter.WriteAsync(context, refusal);
            return TypedResults.Empty;
        }

        if (!_opening.TryAdd(caller.ApplicationId, 0))
            throw new ApiException(StatusCodes.Status429TooManyRequests, ErrorTypes.RateLimitExceeded, "Another websocket of this key is being opened.");

        Stream stream;
        try
        {
            // A client may be slow, or rest: what is sent to it is bounded in other ways.
            if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
                rate.MinDataRate = null;
            stream = await WebSocketHandshake.AcceptAsync(context);
        }
        finally
        {
            _opening.TryRemove(caller.ApplicationId, out _);
        }

        await ServeAsync(hub.Find(caller.ApplicationId), stream, context.Abort);
        return TypedResults.Empty;
    }

    private async Task ServeAsync(LiveChannel? found, Stream stream, Action abort)
    {
        var channel = found?.Settings.Type == ChannelType.Websocket ? found : null;
        using var session = new WebSocketSession(channel, stream, abort, time, log);
        await using var stopping = lifetime.ApplicationStopping.Register(() => session.End(WebSocketClose.ServiceRestart));
        if (channel is null)
        {
            await session.RunAsync();
            return;
        }

        await using var ending = channel.Ending.Register(() => session.End(CodeOf(channel.End)));
        if (channel.ExchangeSocket(session) is { } older)
        {
            // Its events that are not confirmed are sent again, here: it must have let go of the queue.
            older.End(WebSocketClose.GoingAway);
            await older.Completed;
        }

        try
        {
            if (channel.IsSuspended)
                session.End(WebSocketClose.PolicyViolation);
            await session.RunAsync();
        }
        finally
        {
            channel.ReleaseSocket(session);
            channel.Use(time.GetUtcNow());
        }
    }

    private static WebSocketClose CodeOf(ChannelEnd end) => end switch
    {
        ChannelEnd.ApplicationGone => WebSocketClose.PolicyViolation,
        ChannelEnd.Stopped => WebSocketClose.ServiceRestart,
        _ => WebSocketClose.Normal,
    };
}
