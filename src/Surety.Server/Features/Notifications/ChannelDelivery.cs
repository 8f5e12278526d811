using System.Security.Cryptography;

namespace Surety.Server.Features.Notifications;

/// <summary>
/// Brings one channel's events to where the application wants them: one batch at a time, in order, again and again until it is taken. (connect,
/// "Channels": back-off 1, 2, 4 to 120 s.)
/// </summary>
internal abstract partial class ChannelDelivery : IChannelDelivery
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(120);

    // What is under way when the server stops may come to its end, so that it need not come twice.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ChannelType _type;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    // To begin nothing new, and to leave what is under way.
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenSource _aborting = new();
    private Task _running = Task.CompletedTask;

    private DateTimeOffset? _failingSince;
    private int _failures;

    /// <param name="channel">The channel; its type is that of now.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For failures.</param>
    protected ChannelDelivery(LiveChannel channel, TimeProvider time, ILogger log)
    {
        Channel = channel;
        _type = channel.Settings.Type;
        _time = time;
        _log = log;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(channel.Ending);
    }

    /// <summary>Is called when nothing was taken for a day; null for a channel that stays.</summary>
    public Action<LiveChannel>? Expired { get; init; }

    /// <summary>The channel.</summary>
    protected LiveChannel Channel { get; }

    /// <summary>Events of one delivery at most.</summary>
    protected virtual int MaxCount => Channel.Settings.Config.MaxChunkSize;

    /// <summary>Begins to deliver.</summary>
    public void Begin() => _running = Task.Run(RunAsync);

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        using var limit = new CancellationTokenSource(Grace, _time);
        await using (limit.Token.Register(_aborting.Cancel))
            await _running;
    }

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        _stopping.Dispose();
        _aborting.Dispose();
    }

    /// <summary>Hands a batch over.</summary>
    /// <returns>Null when it was taken; otherwise what happened, for people.</returns>
    /// <exception cref="OperationCanceledException">The server waits no longer.</exception>
    protected abstract Task<string?> SendAsync(ChannelBatch batch, CancellationToken cancellationToken);

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
                LogBroken(error, _type, Channel.Application);
                await Task.Delay(MaxDelay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task DeliverNextAsync()
    {
        var signal = Channel.Signal.Next();
        using var batch = Channel.IsSuspended ? null : Channel.Queue.Read(Channel.Queue.Cursor, MaxCount, ChannelLimits.MaxDelivery);
        if (batch is null)
        {
            await signal.WaitAsync(_stopping.Token);
            return;
        }

        if (batch.Count == 0)
        {
            Channel.Queue.Confirm(batch);
            return;
        }

        var failure = await TrySendAsync(batch);
        if (failure is null)
        {
            Channel.Queue.Confirm(batch);
            ChannelMetrics.Delivered(_type, batch.Count);
            Recovered();
            return;
        }

        // Nothing is kept while the receiver rests: the events are read again.
        batch.Dispose();
        await FailedAsync(failure);
    }

    private async Task<string?> TrySendAsync(ChannelBatch batch)
    {
        try
        {
            return await SendAsync(batch, _aborting.Token);
        }
        catch (OperationCanceledException) when (_aborting.IsCancellationRequested)
        {
            return "the server stops";
        }
    }

    private void Recovered()
    {
        if (_failures > 0)
            LogRecovered(_type, Channel.Application, _failures);
        _failures = 0;
        _failingSince = null;
    }

    private async Task FailedAsync(string failure)
    {
        if (_stopping.IsCancellationRequested)
            return;
        var now = _time.GetUtcNow();
        _failingSince ??= now;
        ChannelMetrics.Failed(_type);
        if (Expired is { } expired && now - _failingSince >= ChannelLimits.WebhookExpiry)
        {
            LogExpired(_type, Channel.Application, failure);
            expired(Channel);
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, _stopping.Token);
        }

        if (_failures == 0)
            LogFailed(_type, Channel.Application, failure);
        await Task.Delay(Delay(_failures++), _time, _stopping.Token);
    }

    // 1, 2, 4 s to two minutes, less up to a fifth, so that many channels of one receiver do not come back together.
    private static TimeSpan Delay(int failures)
    {
        var longest = TimeSpan.FromSeconds(Math.Min(1L << Math.Min(failures, 7), (long)MaxDelay.TotalSeconds));
        return longest * (1 - (RandomNumberGenerator.GetInt32(200) / 1000.0));
    }

    [LoggerMessage(1511, LogLevel.Warning, "The {Type} of application {Application} takes no notifications: {Reason}; they wait")]
    private partial void LogFailed(ChannelType type, EntityId application, string reason);

    [LoggerMessage(1512, LogLevel.Information, "The {Type} of application {Application} takes notifications again after {Failures} failures")]
    private partial void LogRecovered(ChannelType type, EntityId application, int failures);

    [LoggerMessage(1513, LogLevel.Warning, "The {Type} of application {Application} has taken nothing for a day and is removed: {Reason}")]
    private partial void LogExpired(ChannelType type, EntityId application, string reason);

    [LoggerMessage(1514, LogLevel.Error, "The delivery to the {Type} of application {Application} has failed on our side")]
    private partial void LogBroken(Exception error, ChannelType type, EntityId application);
}
