using System.Diagnostics.Metrics;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Notifications;

/// <summary>What channels do, in numbers.</summary>
internal static class ChannelMetrics
{
    private static readonly Counter<long> Events = Telemetry.Meter.CreateCounter<long>(
        "surety.notifications.delivered", "{event}", "Events that were delivered, by channel.");

    private static readonly Counter<long> Drops = Telemetry.Meter.CreateCounter<long>(
        "surety.notifications.dropped", "{event}", "Events that were dropped undelivered: too old, too many, or too large.");

    private static readonly Counter<long> Failures = Telemetry.Meter.CreateCounter<long>(
        "surety.notifications.webhook_failures", "{request}", "Deliveries that a webhook did not take.");

    private static readonly Counter<long> KafkaFailures = Telemetry.Meter.CreateCounter<long>(
        "surety.notifications.kafka_failures", "{batch}", "Batches that a Kafka cluster did not take.");

    public static void Delivered(ChannelType type, int events) => Events.Add(events, new KeyValuePair<string, object?>("channel", type switch
    {
        ChannelType.Webhook => "webhook",
        ChannelType.Websocket => "websocket",
        ChannelType.EventStream => "event_stream",
        ChannelType.Kafka => "kafka",
        _ => "long_poll",
    }));

    public static void Dropped(long events) => Drops.Add(events);

    public static void Failed(ChannelType type) => (type == ChannelType.Kafka ? KafkaFailures : Failures).Add(1);
}
