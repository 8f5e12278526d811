using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Notifications;

/// <summary>Answers requests of long polls: with events, or after a while with nothing. (connect, "Channels", long poll.)</summary>
internal sealed class LongPoll(NotificationHub hub, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Holds a request until there are events, the time is over, or the channel or the server ends.</summary>
    /// <param name="context">The request; its answer is written here when there are events.</param>
    /// <param name="caller">Whose channel.</param>
    /// <exception cref="Api.ApiException">400, 409 or 410.</exception>
    /// <param name="noWait">Do not hold the request. (Older clients, pelion-clients 1.)</param>
    public async Task<IResult> RunAsync(HttpContext context, Caller caller, bool noWait)
    {
        var channel = hub.Open(caller.AccountId, caller.ApplicationId, ChannelSettings.LongPoll);
        if (!channel.TryBeginPoll())
            throw ChannelErrors.AlreadyPolled();
        try
        {
            channel.Use(time.GetUtcNow());
            channel.Queue.MarkPolled();
            using var batch = await NextAsync(channel, noWait, context.RequestAborted);
            if (batch is not null)
                return await DeliverAsync(context, channel, batch);
            return channel.End is ChannelEnd.None or ChannelEnd.Stopped
                ? TypedResults.NoContent()
                : throw ChannelErrors.Deleted();
        }
        finally
        {
            channel.Use(time.GetUtcNow());
            channel.EndPoll();
        }
    }

    private static async Task<IResult> DeliverAsync(HttpContext context, LiveChannel channel, ChannelBatch batch)
    {
        using var body = new PooledBuffer();
        Envelope.Write(batch, channel.Queue.Epoch, channel.Settings.Config, body);
        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.Written, context.RequestAborted);
        await response.CompleteAsync();
        // A client that has gone meanwhile gets them with its next request.
        if (!context.RequestAborted.IsCancellationRequested)
        {
            channel.Queue.Confirm(batch);
            ChannelMetrics.Delivered(ChannelType.LongPoll, batch.Count);
        }

        return TypedResults.Empty;
    }

    private async Task<ChannelBatch?> NextAsync(LiveChannel channel, bool noWait, CancellationToken aborted)
    {
        using var over = new CancellationTokenSource(noWait ? TimeSpan.Zero : ChannelLimits.Poll, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(over.Token, aborted, channel.Ending, lifetime.ApplicationStopping);
        while (true)
        {
            var signal = channel.Signal.Next();
            if (channel.IsSuspended || !channel.IsHeld)
                return null;
            var batch = channel.Queue.Read(channel.Queue.Cursor, channel.Settings.Config.MaxChunkSize, ChannelLimits.MaxDelivery);
            if (batch is { Count: > 0 })
                return batch;
            if (batch is not null)
            {
                channel.Queue.Confirm(batch);
                batch.Dispose();
                continue;
            }

            await signal.WaitAsync(any.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (any.IsCancellationRequested && !signal.IsCompleted)
                return null;
        }
    }
}
