namespace Surety.Server.Features.Notifications;

/// <summary>Delivers one channel's events to its webhook, each batch as an envelope, until it answers 200 or 204.</summary>
/// <param name="channel">The channel; its target is taken now.</param>
/// <param name="client">Sends.</param>
/// <param name="time">The clock.</param>
/// <param name="log">For failures.</param>
internal sealed class WebhookDelivery(LiveChannel channel, WebhookClient client, TimeProvider time, ILogger log) : ChannelDelivery(channel, time, log)
{
    private readonly WebhookTarget _target = channel.Settings.Webhook!;

    protected override async Task<string?> SendAsync(ChannelBatch batch, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer();
        Envelope.Write(batch, Channel.Queue.Epoch, Channel.Settings.Config, body);
        return await client.PutAsync(_target, body.Written, cancellationToken);
    }
}
