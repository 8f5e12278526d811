namespace Surety.Server.Features.Notifications;

/// <summary>Takes events from a channel's queue, one batch at a time, and brings them somewhere.</summary>
internal interface IChannelDelivery : IDisposable
{
    /// <summary>Stops; what is under way may end first, but not long.</summary>
    Task StopAsync();
}
