using Surety.Server.Features.Notifications.Kafka;

namespace Surety.Server.Features.Notifications;

/// <summary>What an application has asked for; replaced as a whole.</summary>
/// <param name="Type">The kind of channel.</param>
/// <param name="Webhook">Where to deliver; for <see cref="ChannelType.Webhook"/> alone.</param>
/// <param name="Serialization">As the application sent it; null when it sent none.</param>
/// <param name="Kafka">Where to deliver; for <see cref="ChannelType.Kafka"/> alone.</param>
internal sealed record ChannelSettings(
    ChannelType Type, WebhookTarget? Webhook = null, SerializationConfigData? Serialization = null, KafkaTarget? Kafka = null)
{
    public static readonly ChannelSettings LongPoll = new(ChannelType.LongPoll);

    public static readonly ChannelSettings Implicit = new(ChannelType.Implicit);

    /// <summary>The application has set the channel up, once for good: there is a row of it. Of the others its next request decides.</summary>
    public bool IsSetUp => Type is not (ChannelType.LongPoll or ChannelType.Implicit);

    /// <summary>What it amounts to.</summary>
    public SerializationConfig Config { get; } = Serialization?.ToConfig() ?? SerializationConfig.Default;
}
