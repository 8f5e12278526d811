using System.Text;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Notifications.Streams;

/// <summary>
/// A response that carries a channel's events as Server-Sent Events (WHATWG HTML, 9.2): each message is an envelope, its id the place behind
/// its last event. A client cannot acknowledge on a stream. So what was written is kept, and is done with when the client comes again with a
/// Last-Event-ID, or when the stream goes on for so long after it that a connection which lost it would have ended.
/// </summary>
internal sealed class EventStream(LiveChannel channel, HttpResponse response, TimeProvider time, CancellationToken ended) : IDisposable
{
    // Proxies commonly end what is silent for a minute; the standard suggests 15 s (WHATWG HTML, 9.2.7).
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    // Longer than TCP repeats what nobody acknowledges: 924 s on Linux (tcp_retries2). A heartbeat that is not acknowledged ends the connection
    // before this is over.
    private static readonly TimeSpan KeptAfterWriting = TimeSpan.FromMinutes(20);

    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(ended);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // What was written and when; 80 entries at most.
    private readonly Queue<(LogPosition End, DateTimeOffset At)> _written = [];
    private (LogPosition End, DateTimeOffset At)? _newest;

    /// <summary>Completes when the stream takes no events any more.</summary>
    public Task Completed => _completed.Task;

    /// <summary>Ends the stream.</summary>
    public void End()
    {
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    /// <summary>Writes events until the stream ends.</summary>
    /// <param name="lastEventId">What the client had last; null when it says nothing.</param>
    public async Task RunAsync(string? lastEventId)
    {
        try
        {
            if (EventPosition.TryParse(lastEventId, out var last) && last.Epoch == channel.Queue.Epoch)
                channel.Queue.TryConfirm(last.Position);
            // Where the client begins anew after its connection has ended; and the answer's head leaves at once.
            await WriteAsync("retry: 2000\n\n"u8.ToArray());
            await SendEventsAsync();
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
        }
        finally
        {
            _completed.TrySetResult();
        }
    }

    public void Dispose()
    {
        _completed.TrySetResult();
        _ending.Dispose();
    }

    private async Task SendEventsAsync()
    {
        var position = channel.Queue.Cursor;
        while (!channel.IsSuspended)
        {
            _ending.Token.ThrowIfCancellationRequested();
            Settle();
            var signal = channel.Signal.Next();
            using (var batch = channel.Queue.Read(position, channel.Settings.Config.MaxChunkSize, ChannelLimits.MaxDelivery))
            {
                if (batch is not null)
                {
                    await SendAsync(batch);
                    position = batch.End;
                    continue;
                }
            }

            await signal.WaitAsync(Heartbeat, time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!signal.IsCompleted && !_ending.IsCancellationRequested)
                await WriteAsync(":\n\n"u8.ToArray());
        }
    }

    private async Task SendAsync(ChannelBatch batch)
    {
        if (batch.Count > 0)
        {
            using var message = new PooledBuffer();
            Write(message, Encoding.ASCII.GetBytes($"id: {new EventPosition(channel.Queue.Epoch, batch.End)}\ndata: "));
            // The JSON has no line breaks: they are escaped in strings, and it is not indented.
            Envelope.Write(batch, channel.Queue.Epoch, channel.Settings.Config, message);
            Write(message, "\n\n"u8);
            await WriteAsync(message.Written);
            ChannelMetrics.Delivered(ChannelType.EventStream, batch.Count);
        }

        Note(batch.End);
    }

    // One entry for all that is written between two ticks of the heartbeat.
    private void Note(LogPosition end)
    {
        var now = time.GetUtcNow();
        if (_newest is { } newest && newest.At.Ticks / Heartbeat.Ticks != now.Ticks / Heartbeat.Ticks)
            _written.Enqueue(newest);
        _newest = (end, now);
    }

    private void Settle()
    {
        var oldest = time.GetUtcNow() - KeptAfterWriting;
        LogPosition? done = null;
        while (_written.TryPeek(out var written) && written.At <= oldest)
            done = _written.Dequeue().End;
        if (_newest is { } newest && newest.At <= oldest)
        {
            done = newest.End;
            _newest = null;
        }

        if (done is { } end)
            channel.Queue.TryConfirm(end);
    }

    private static void Write(PooledBuffer output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }

    // A client that takes nothing stops the stream here, at what the connection buffers; the events wait in the log.
    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await response.Body.WriteAsync(bytes, _ending.Token);
        await response.Body.FlushAsync(_ending.Token);
    }
}
