using Surety.Server.Features.Notifications.Websockets;

namespace Surety.Server.Features.Notifications;

/// <summary>Channels that go from node to node. In a platform of one node nothing of this happens.</summary>
internal sealed partial class NotificationService
{
    private static readonly TimeSpan PollCheck = TimeSpan.FromMilliseconds(20);

    /// <summary>Is told that a channel was removed for good, before whoever removed it is answered.</summary>
    public Func<LiveChannel, Task>? Removed { get; set; }

    /// <summary>This node holds the channel: it delivers from now on, as the application has set it up wherever that was.</summary>
    public Task TakeAsync(EntityId application) => hub.Find(application) is { IsHeld: false }
        ? ChangeAsync(async () =>
        {
            if (hub.Find(application) is not { IsHeld: false } channel)
                return;
            await StopDeliveryAsync(channel);
            if (await rows.FindAsync(application) is { } settings)
                channel.Replace(settings);
            else if (channel.Settings.IsSetUp)
                channel.Replace(ChannelSettings.Implicit);
            channel.Use(time.GetUtcNow());
            channel.SetHeld(true);
            Begin(channel);
        }, CancellationToken.None)
        : Task.CompletedTask;

    /// <summary>Another node holds the channel: what comes is brought there.</summary>
    /// <param name="application">Whose channel.</param>
    /// <param name="relay">Begins to bring it.</param>
    public Task YieldAsync(EntityId application, Func<LiveChannel, IChannelDelivery> relay) => hub.Find(application) is { } known && (known.IsHeld || known.Delivery is null)
        ? ChangeAsync(async () =>
        {
            if (hub.Find(application) is not { } channel || (!channel.IsHeld && channel.Delivery is not null))
                return;
            channel.SetHeld(false);
            await StopDeliveryAsync(channel);
            // One takes from the queue at a time.
            if (channel.Socket is { } socket)
            {
                socket.End(WebSocketClose.ServiceRestart);
                await socket.Completed;
            }

            if (channel.Stream is { } stream)
            {
                stream.End();
                await stream.Completed;
            }

            while (channel.IsPolled)
                await Task.Delay(PollCheck, time);
            channel.Delivery = relay(channel);
        }, CancellationToken.None)
        : Task.CompletedTask;

    /// <summary>The channel was removed at the node that held it.</summary>
    public Task CloseAsync(EntityId application) => ChangeAsync(async () =>
    {
        if (hub.Find(application) is not { IsHeld: false } channel)
            return;
        hub.Remove(channel, ChannelEnd.Deleted);
        await StopDeliveryAsync(channel);
    }, CancellationToken.None);
}
