using System.Security.Cryptography;

namespace Surety.Server.Features.Notifications;

/// <summary>
/// Delivers one channel's events to its webhook: one batch at a time, in order, again and again until it answers 200 or 204. (connect,
/// "Channels": back-off 1, 2, 4 to 120 s.)
/// </summary>
internal sealed partial class WebhookDelivery : IDisposable
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(120);

    // What is under way when the server stops may come to its end, so that it need not come twice.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly LiveChannel _channel;
    private readonly WebhookTarget _target;
    private readonly WebhookClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Action<LiveChannel> _expired;

    // To begin nothing new, and to leave what is under way.
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenSource _aborting = new();
    private readonly Task _running;

    private DateTimeOffset? _failingSince;
    private int _failures;

    /// <summary>Begins to deliver.</summary>
    /// <param name="channel">The channel; its target is taken now.</param>
    /// <param name="client">Sends.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For failures.</param>
    /// <param name="expired">Is called when nothing was taken for a day.</param>
    public WebhookDelivery(LiveChannel channel, WebhookClient client, TimeProvider time, ILogger log, Action<LiveChannel> expired)
    {
        _channel = channel;
        _target = channel.Settings.Webhook!;
        _client = client;
        _time = time;
        _log = log;
        _expired = expired;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(channel.Ending);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Stops; what is under way may end first, but not long.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        using var limit = new CancellationTokenSource(Grace, _time);
        await using (limit.Token.Register(_aborting.Cancel))
            await _running;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _aborting.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await DeliverNextAsync();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
            }
            catch (Exception error)
            {
                // The queue cannot be read, or something that nobody foresaw: the events stay, and may well go later.
                LogBroken(error, _channel.Application);
                await Task.Delay(MaxDelay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task DeliverNextAsync()
    {
        var signal = _channel.Signal.Next();
        using var batch = _channel.IsSuspended
            ? null
            : _channel.Queue.Read(_channel.Queue.Cursor, _channel.Settings.Config.MaxChunkSize, ChannelLimits.MaxDelivery);
        if (batch is null)
        {
            await signal.WaitAsync(_stopping.Token);
            return;
        }

        if (batch.Count == 0)
        {
            _channel.Queue.Confirm(batch);
            return;
        }

        using var body = new PooledBuffer();
        Envelope.Write(batch, _channel.Queue.Epoch, _channel.Settings.Config, body);
        var failure = await PutAsync(body);
        if (failure is null)
        {
            _channel.Queue.Confirm(batch);
            ChannelMetrics.Delivered(ChannelType.Webhook, batch.Count);
            Recovered();
            return;
        }

        // Nothing is kept while the webhook rests: the events are read again.
        body.Dispose();
        batch.Dispose();
        await FailedAsync(failure);
    }

    private async Task<string?> PutAsync(PooledBuffer body)
    {
        try
        {
            return await _client.PutAsync(_target, body.Written, _aborting.Token);
        }
        catch (OperationCanceledException) when (_aborting.IsCancellationRequested)
        {
            return "the server stops";
        }
    }

    private void Recovered()
    {
        if (_failures > 0)
            LogRecovered(_channel.Application, _failures);
        _failures = 0;
        _failingSince = null;
    }

    private async Task FailedAsync(string failure)
    {
        if (_stopping.IsCancellationRequested)
            return;
        var now = _time.GetUtcNow();
        _failingSince ??= now;
        ChannelMetrics.Failed();
        if (now - _failingSince >= ChannelLimits.WebhookExpiry)
        {
            LogExpired(_channel.Application, failure);
            _expired(_channel);
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, _stopping.Token);
        }

        if (_failures == 0)
            LogFailed(_channel.Application, failure);
        await Task.Delay(Delay(_failures++), _time, _stopping.Token);
    }

    // 1, 2, 4 s to two minutes, less up to a fifth, so that many channels of one receiver do not come back together.
    private static TimeSpan Delay(int failures)
    {
        var longest = TimeSpan.FromSeconds(Math.Min(1L << Math.Min(failures, 7), (long)MaxDelay.TotalSeconds));
        return longest * (1 - (RandomNumberGenerator.GetInt32(200) / 1000.0));
    }

    [LoggerMessage(1511, LogLevel.Warning, "The webhook of application {Application} takes no notifications: {Reason}; they wait")]
    private partial void LogFailed(EntityId application, string reason);

    [LoggerMessage(1512, LogLevel.Information, "The webhook of application {Application} takes notifications again after {Failures} failures")]
    private partial void LogRecovered(EntityId application, int failures);

    [LoggerMessage(1513, LogLevel.Warning, "The webhook of application {Application} has taken nothing for a day and is removed: {Reason}")]
    private partial void LogExpired(EntityId application, string reason);

    [LoggerMessage(1514, LogLevel.Error, "The delivery to the webhook of application {Application} has failed on our side")]
    private partial void LogBroken(Exception error, EntityId application);
}
