using System.Buffers.Binary;
using System.Net;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Features.Cluster;

/// <summary>
/// Brings what happens at this node to the node that delivers to the application: batch after batch, in order. A batch is forgotten here when that node has it
/// on its disk. While there is no such node the events wait.
/// </summary>
internal sealed partial class ChannelRelay : IChannelDelivery
{
    private const int LengthSize = 4;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly LiveChannel _channel;
    private readonly Func<EntityId, NodeInfo?> _holderOf;
    private readonly NodeClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping;
    private readonly Task _running;
    private bool _isFailing;

    /// <summary>Begins to deliver.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="holderOf">The node that delivers to an application, if it lives.</param>
    /// <param name="client">Sends.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For failures.</param>
    public ChannelRelay(LiveChannel channel, Func<EntityId, NodeInfo?> holderOf, NodeClient client, TimeProvider time, ILogger log)
    {
        _channel = channel;
        _holderOf = holderOf;
        _client = client;
        _time = time;
        _log = log;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(channel.Ending);
        _running = Task.Run(RunAsync);
    }

    /// <summary>The path at which a node takes events for an application.</summary>
    public static string PathOf(string application) => $"/internal/channels/{application}/events";

    /// <summary>Adds the events of a request to a queue; they are durable when this returns.</summary>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    /// <exception cref="InvalidDataException">The body is not of this form.</exception>
    public static void Receive(ChannelQueue queue, ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            if (body.Length < LengthSize || BinaryPrimitives.ReadInt32BigEndian(body) is var length && (length < 0 || length > body.Length - LengthSize))
                throw new InvalidDataException("a batch of events ends before its last event does");
            var record = body.Slice(LengthSize, length);
            // What a newer node knows and this one does not cannot be delivered from here.
            if (ChannelRecord.TryRead(record, out _) && record.Length <= ChannelLimits.MaxEvent)
                queue.Append(record);
            body = body[(LengthSize + length)..];
        }

        queue.Flush();
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await RelayNextAsync();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
            }
            catch (Exception error)
            {
                if (!_isFailing)
                    LogFailed(_channel.Application, error.Message);
                _isFailing = true;
                await Task.Delay(RetryDelay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RelayNextAsync()
    {
        var signal = _channel.Signal.Next();
        using var batch = _channel.Queue.Read(_channel.Queue.Cursor, ChannelLimits.MaxChunk, ChannelLimits.MaxDelivery);
        if (batch is null)
        {
            await signal.WaitAsync(_stopping.Token);
            return;
        }

        if (batch.Count > 0)
        {
            if (_holderOf(_channel.Application) is not { } holder)
            {
                await Task.Delay(RetryDelay, _time, _stopping.Token);
                return;
            }

            using var body = new PooledBuffer();
            Write(batch, body);
            var (status, _) = await _client.AskAsync(holder, HttpMethod.Post, PathOf(_channel.Application.ToString()), body.Written, _stopping.Token);
            if (status != HttpStatusCode.NoContent)
                throw new HttpRequestException($"the node at {holder.Address} answers {(int)status}");
        }

        _channel.Queue.Confirm(batch);
        _isFailing = false;
    }

    private static void Write(ChannelBatch batch, PooledBuffer body)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch.Get(i, out _);
            var room = body.GetSpan(LengthSize + record.Length);
            BinaryPrimitives.WriteInt32BigEndian(room, record.Length);
            record.CopyTo(room[LengthSize..]);
            body.Advance(LengthSize + record.Length);
        }
    }

    [LoggerMessage(1851, LogLevel.Warning, "Events for application {Application} cannot be brought to the node that delivers them, and wait: {Reason}")]
    private partial void LogFailed(EntityId application, string reason);
}
