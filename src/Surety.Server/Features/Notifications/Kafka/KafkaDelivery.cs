using System.Text;
using Confluent.Kafka;

namespace Surety.Server.Features.Notifications.Kafka;

/// <summary>
/// Delivers one channel's events to a topic, each as a message whose key is the device: a device's events stay in order in their partition. A
/// batch is done with when the brokers have acknowledged all of it; until then it comes again.
/// </summary>
internal sealed partial class KafkaDelivery : ChannelDelivery
{
    private readonly KafkaTarget _target;
    private readonly KafkaClient _client;
    private readonly ILogger _log;
    private IProducer<byte[], byte[]>? _producer;

    // So many events go one by one: there is one among them that the brokers refuse.
    private int _alone;

    /// <param name="channel">The channel; its target is taken now.</param>
    /// <param name="client">Makes the producer.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For failures.</param>
    public KafkaDelivery(LiveChannel channel, KafkaClient client, TimeProvider time, ILogger log)
        : base(channel, time, log)
    {
        _target = channel.Settings.Kafka!;
        _client = client;
        _log = log;
    }

    protected override int MaxCount => _alone > 0 ? 1 : ChannelLimits.MaxChunk;

    protected override async Task<string?> SendAsync(ChannelBatch batch, CancellationToken cancellationToken)
    {
        var error = await ProduceAsync(batch, cancellationToken);
        if (error is null)
        {
            _alone = Math.Max(0, _alone - 1);
            return null;
        }

        if (error.Code is not (ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidMsgSize))
        {
            // After some errors a producer takes nothing any more. Another begins anew: all that the old one had is reported on.
            Close();
            return $"{_target.Servers}: {error.Reason}";
        }

        if (batch.Count > 1)
        {
            _alone = batch.Count;
            return "a message is larger than the topic takes";
        }

        // It would stand in the way of all others for a day.
        _alone = Math.Max(0, _alone - 1);
        ChannelMetrics.Dropped(1);
        LogTooLarge(Channel.Application, _target.Topic);
        return null;
    }

    protected override void Dispose(bool isDisposing)
    {
        Close();
        base.Dispose(isDisposing);
    }

    private async Task<Error?> ProduceAsync(ChannelBatch batch, CancellationToken cancellationToken)
    {
        var reports = new Reports(batch.Count);
        var config = Channel.Settings.Config;
        try
        {
            _producer ??= _client.Open(_target, Channel.Application);
        }
        catch (Exception error) when (error is KafkaException or InvalidOperationException or ArgumentException)
        {
            return new Error(ErrorCode.Local_InvalidArg, error.Message);
        }

        for (var i = 0; i < batch.Count; i++)
        {
            var value = Render(batch, i, config, out var key);
            try
            {
                _producer.Produce(_target.Topic, new Message<byte[], byte[]> { Key = key, Value = value }, reports.OnReport);
            }
            catch (ProduceException<byte[], byte[]> error)
            {
                reports.Add(error.Error);
            }
        }

        return await reports.Completed.WaitAsync(cancellationToken);
    }

    /// <summary>The envelope with one event, and its key: the id of the device, or of the request that an async-response answers.</summary>
    private byte[] Render(ChannelBatch batch, int index, SerializationConfig config, out byte[] key)
    {
        using var body = new PooledBuffer();
        var bytes = batch.Get(index, out _);
        ChannelRecord.TryRead(bytes, out var record);
        key = record.Kind == ChannelEventKind.AsyncResponse ? record.Name.ToArray() : Encoding.ASCII.GetBytes(record.Device.ToString());
        Envelope.WriteOne(batch, index, Channel.Queue.Epoch, config, body);
        return body.WrittenSpan.ToArray();
    }

    private void Close()
    {
        _producer?.Dispose();
        _producer = null;
    }

    [LoggerMessage(1552, LogLevel.Warning, "A notification for application {Application} is larger than topic {Topic} takes, and was dropped")]
    private partial void LogTooLarge(EntityId application, string topic);

    /// <summary>Counts what the library reports on the messages of a batch, on its own thread.</summary>
    private sealed class Reports(int count)
    {
        private readonly TaskCompletionSource<Error?> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Error? _first;
        private int _open = count;

        /// <summary>Completes when all are reported on: with the first error, or null.</summary>
        public Task<Error?> Completed => _completed.Task;

        public void OnReport(DeliveryReport<byte[], byte[]> report) => Add(report.Error.IsError ? report.Error : null);

        public void Add(Error? error)
        {
            if (error is not null)
                Interlocked.CompareExchange(ref _first, error, null);
            if (Interlocked.Decrement(ref _open) == 0)
                _completed.TrySetResult(Volatile.Read(ref _first));
        }
    }
}
