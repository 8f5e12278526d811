using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;

namespace Surety.Server.Tests.Notifications;

/// <summary>A cluster of one broker that librdkafka runs in this process, for any client to connect to.</summary>
internal sealed class KafkaCluster : IDisposable
{
    private readonly IAdminClient _owner;

    public KafkaCluster()
    {
        var config = new AdminClientConfig { BootstrapServers = "127.0.0.1:1" };
        config.Set("test.mock.num.brokers", "1");
        _owner = new AdminClientBuilder(config).SetLogHandler((_, _) => { }).Build();
        var broker = _owner.GetMetadata(TimeSpan.FromSeconds(30)).Brokers.Single();
        Servers = $"{broker.Host}:{broker.Port}";
    }

    public string Servers { get; }

    /// <summary>Reads messages of a topic, in the order of each partition.</summary>
    public IReadOnlyList<(string Key, JsonNode Value)> Read(string topic, int count)
    {
        var config = new ConsumerConfig { BootstrapServers = Servers, GroupId = "test", AutoOffsetReset = AutoOffsetReset.Earliest, EnableAutoCommit = false, AllowAutoCreateTopics = true };
        using var consumer = new ConsumerBuilder<string, byte[]>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        consumer.Assign(_owner.GetMetadata(topic, TimeSpan.FromSeconds(30)).Topics.Single().Partitions.Select(partition => new TopicPartitionOffset(topic, partition.PartitionId, Offset.Beginning)));
        var messages = new List<(string, JsonNode)>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (messages.Count < count)
        {
            var message = consumer.Consume(patience.Token).Message;
            messages.Add((message.Key, JsonNode.Parse(Encoding.UTF8.GetString(message.Value))!));
        }

        consumer.Close();
        return messages;
    }

    public void Dispose() => _owner.Dispose();
}
