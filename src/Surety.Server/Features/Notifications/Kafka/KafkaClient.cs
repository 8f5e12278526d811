using Confluent.Kafka;

namespace Surety.Server.Features.Notifications.Kafka;

/// <summary>Makes the producers of channels, and asks clusters whether they are there.</summary>
internal sealed partial class KafkaClient(ILogger<KafkaClient> log)
{
    // As long as a webhook may take.
    private static readonly TimeSpan TestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A producer of its own; dispose it.</summary>
    /// <exception cref="KafkaException">The library takes the settings not.</exception>
    /// <exception cref="InvalidOperationException">The library takes the settings not.</exception>
    public IProducer<byte[], byte[]> Open(KafkaTarget target, EntityId application) =>
        new ProducerBuilder<byte[], byte[]>(target.ToConfig(ChannelLimits.WebhookTimeout))
            // Else it writes to the error stream. What matters comes back with the messages.
            .SetLogHandler((_, message) => LogLibrary(application, message.Message))
            .SetErrorHandler((_, error) => LogLibrary(application, error.Reason))
            .Build();

    /// <summary>Asks the cluster for its brokers.</summary>
    /// <returns>Null when it answers; otherwise what happened, for people.</returns>
    public async Task<string?> TestAsync(KafkaTarget target, EntityId application, CancellationToken cancellationToken)
    {
        // The library waits on the thread that asks.
        var asking = Task.Factory.StartNew(() => Test(target, application), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await asking.WaitAsync(cancellationToken);
    }

    private string? Test(KafkaTarget target, EntityId application)
    {
        try
        {
            var config = new AdminClientConfig(target.ToConfig(ChannelLimits.WebhookTimeout).Where(IsOfConnection).ToDictionary());
            using var admin = new AdminClientBuilder(config)
                .SetLogHandler((_, message) => LogLibrary(application, message.Message))
                .SetErrorHandler((_, error) => LogLibrary(application, error.Reason))
                .Build();
            return admin.GetMetadata(TestTimeout).Brokers.Count > 0 ? null : "it has no brokers";
        }
        catch (KafkaException error)
        {
            return error.Error.Reason;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // Settings that the library does not take, such as certificates that are none.
            return error.Message;
        }
    }

    private static bool IsOfConnection(KeyValuePair<string, string> setting) =>
        setting.Key is "bootstrap.servers" or "client.id" or "security.protocol" || setting.Key.StartsWith("sasl.", StringComparison.Ordinal)
        || setting.Key.StartsWith("ssl.", StringComparison.Ordinal);

    [LoggerMessage(1551, LogLevel.Debug, "Kafka, for application {Application}: {Text}")]
    private partial void LogLibrary(EntityId application, string text);
}
