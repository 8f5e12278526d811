using System.Buffers.Binary;

namespace Surety.Server.Features.Notifications.Websockets;

/// <summary>
/// A websocket that takes a channel's events. Behind each frame goes a ping, and the events are delivered when its pong is back: that the
/// bytes were handed to the network proves nothing. System.Net.WebSockets has no pings to send and no pongs to see, hence our own framing.
/// A client that stops reading stops the session at a bounded number of bytes; the events wait in the log.
/// </summary>
internal sealed partial class WebSocketSession(
    LiveChannel? channel, Stream stream, Action abort, TimeProvider time, ILogger log) : IDisposable
{
    // ws4py loses what comes in one segment with the answer to its handshake. (pelion-clients, 1.)
    private static readonly TimeSpan BeforeFirstFrame = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    // Bytes that a client need not have confirmed: enough to keep a fast connection busy, and little beside what the kernel buffers.
    private const int MaxUnconfirmed = 1024 * 1024;
    private const int ReceiveSize = 512;
    private const int PingLength = 8;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly Queue<Sent> _sent = [];
    private int _unconfirmed;
    private ulong _lastPing;
    private DateTimeOffset _lastPong;
    private int _code;
    private bool _isLost;
    private byte[]? _answerToClose;

    /// <summary>Completes when the socket is closed and takes no events any more.</summary>
    public Task Completed => _completed.Task;

    /// <summary>Has the socket closed; the first code counts.</summary>
    public void End(WebSocketClose code)
    {
        Interlocked.CompareExchange(ref _code, (int)code, 0);
        Cancel();
    }

    /// <summary>Serves the socket until it is closed.</summary>
    public async Task RunAsync()
    {
        _lastPong = time.GetUtcNow();
        var receiving = ReceiveAsync();
        try
        {
            await using (time.CreateTimer(_ => AbortIfSilent(), null, CheckPeriod, CheckPeriod))
            {
                await SendAsync();
                await CloseAsync(receiving);
            }
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
        _writing.Dispose();
    }

    private static byte[] Ping(ulong number)
    {
        Span<byte> payload = stackalloc byte[PingLength];
        BinaryPrimitives.WriteUInt64BigEndian(payload, number);
        return WebSocketFrames.Control(WebSocketOpcode.Ping, payload);
    }

    private async Task SendAsync()
    {
        try
        {
            await Task.Delay(BeforeFirstFrame, time, _ending.Token);
            if (channel is null)
                End(WebSocketClose.Unexpected);
            else
                await SendEventsAsync(channel);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
        }
        catch (IOException)
        {
            // The client has gone, or the queue cannot be read; either way the client will come again.
            Lose();
        }
        catch (Exception error)
        {
            LogFailed(error, channel?.Application ?? default);
            End(WebSocketClose.Unexpected);
        }
    }

    private async Task SendEventsAsync(LiveChannel source)
    {
        var position = source.Queue.Cursor;
        while (true)
        {
            _ending.Token.ThrowIfCancellationRequested();
            var signal = source.Signal.Next();
            using (var batch = HasRoom() ? source.Queue.Read(position, source.Settings.Config.MaxChunkSize, ChannelLimits.MaxDelivery) : null)
            {
                if (batch is not null)
                {
                    position = batch.End;
                    await SendAsync(source, batch);
                    continue;
                }
            }

            await signal.WaitAsync(KeepAlive, time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!signal.IsCompleted && !_ending.IsCancellationRequested)
                await WriteAsync(Ping(Note(null, 0)));
        }
    }

    private async Task SendAsync(LiveChannel source, ChannelBatch batch)
    {
        if (batch.Count == 0)
        {
            // Events that were too old: done with as soon as what went before them is.
            lock (_lock)
            {
                if (_sent.Count > 0)
                    _sent.Enqueue(new Sent(_lastPing, batch, 0, time.GetUtcNow()));
                else
                    source.Queue.Confirm(batch);
            }

            return;
        }

        using var frame = new PooledBuffer();
        frame.GetSpan(WebSocketFrames.MaxHeader);
        frame.Advance(WebSocketFrames.MaxHeader);
        Envelope.Write(batch, source.Queue.Epoch, source.Settings.Config, frame);
        var length = frame.Length - WebSocketFrames.MaxHeader;
        var start = WebSocketFrames.WriteHeader(frame.WrittenSpan[..WebSocketFrames.MaxHeader], WebSocketOpcode.Text, length);
        var ping = Ping(Note(batch, length));
        ping.CopyTo(frame.GetSpan(ping.Length));
        frame.Advance(ping.Length);
        await WriteAsync(frame.Written[start..]);
        ChannelMetrics.Delivered(ChannelType.Websocket, batch.Count);
    }

    private bool HasRoom()
    {
        lock (_lock)
            return _unconfirmed < MaxUnconfirmed;
    }

    /// <summary>Remembers what the next ping confirms.</summary>
    private ulong Note(ChannelBatch? batch, int length)
    {
        lock (_lock)
        {
            _sent.Enqueue(new Sent(++_lastPing, batch, length, time.GetUtcNow()));
            _unconfirmed += length;
            return _lastPing;
        }
    }

    private void Confirm(ReadOnlySpan<byte> payload)
    {
        // A client may send pongs that nobody asked for (RFC 6455, 5.5.3).
        if (payload.Length != PingLength || BinaryPrimitives.ReadUInt64BigEndian(payload) is var number && number > _lastPing)
            return;
        lock (_lock)
        {
            _lastPong = time.GetUtcNow();
            while (_sent.TryPeek(out var sent) && sent.Ping <= number)
            {
                _sent.Dequeue();
                _unconfirmed -= sent.Length;
                if (sent.Batch is { } batch)
                    channel!.Queue.Confirm(batch);
            }
        }

        channel?.Signal.Set();
    }

    private void AbortIfSilent()
    {
        lock (_lock)
        {
            if (!_sent.TryPeek(out var oldest) || time.GetUtcNow() - (oldest.At > _lastPong ? oldest.At : _lastPong) < MaxSilence)
                return;
        }

        Lose();
        abort();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[ReceiveSize];
        var reader = new WebSocketReader();
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer)) > 0)
            {
                ReadOnlyMemory<byte> rest = buffer.AsMemory(0, count);
                bool isBroken;
                while (TryNext(reader, ref rest, out isBroken))
                {
                    if (await TakeAsync(reader))
                        return;
                }

                if (isBroken)
                {
                    End(WebSocketClose.ProtocolError);
                    return;
                }
            }
        }
        catch (Exception error) when (IsLoss(error))
        {
        }

        Lose();
    }

    private static bool TryNext(WebSocketReader reader, ref ReadOnlyMemory<byte> rest, out bool isBroken)
    {
        var bytes = rest.Span;
        var hasFrame = reader.Read(ref bytes, out isBroken);
        rest = rest[^bytes.Length..];
        return hasFrame;
    }

    // What a connection that is gone makes of reading and writing.
    private static bool IsLoss(Exception error) =>
        error is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    /// <summary>Takes a control frame; true when it is the last.</summary>
    private async Task<bool> TakeAsync(WebSocketReader reader)
    {
        switch (reader.Opcode)
        {
            case WebSocketOpcode.Ping:
                await WriteAsync(WebSocketFrames.Control(WebSocketOpcode.Pong, reader.Payload));
                return false;
            case WebSocketOpcode.Pong:
                Confirm(reader.Payload);
                return false;
            default:
                _answerToClose = AnswerToClose(reader.Payload);
                Cancel();
                return true;
        }
    }

    private static byte[] AnswerToClose(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return WebSocketFrames.Control(WebSocketOpcode.Close, default);
        // Codes that may be sent (RFC 6455, 7.4).
        var code = payload.Length == 1 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(payload);
        var isAllowed = code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
        return WebSocketFrames.Close(isAllowed ? (WebSocketClose)code : WebSocketClose.ProtocolError);
    }

    private async Task CloseAsync(Task receiving)
    {
        try
        {
            if (!_isLost)
            {
                await WriteAsync(_answerToClose ?? WebSocketFrames.Close((WebSocketClose)_code)).WaitAsync(CloseTimeout, time);
                await receiving.WaitAsync(CloseTimeout, time);
                return;
            }
        }
        catch (Exception error) when (error is TimeoutException || IsLoss(error))
        {
            // The client takes nothing, or does not answer.
        }

        abort();
        await receiving;
    }

    /// <summary>Writes whole frames. A client that takes nothing when the session ends is cut off after a while.</summary>
    private async Task WriteAsync(ReadOnlyMemory<byte> frames)
    {
        await _writing.WaitAsync();
        try
        {
            var writing = stream.WriteAsync(frames, CancellationToken.None).AsTask();
            if (!writing.IsCompleted)
            {
                await writing.WaitAsync(_ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await writing.WaitAsync(CloseTimeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!writing.IsCompleted)
                    abort();
            }

            // Also when it was cut off: its bytes must not be given away before.
            await writing;
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Lose()
    {
        _isLost = true;
        Cancel();
    }

    private void Cancel()
    {
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Closed already.
        }
    }

    [LoggerMessage(1521, LogLevel.Error, "A websocket of application {Application} has failed")]
    private partial void LogFailed(Exception error, EntityId application);

    /// <summary>What a ping confirms.</summary>
    private readonly record struct Sent(ulong Ping, ChannelBatch? Batch, int Length, DateTimeOffset At);
}
