using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using StackExchange.Redis;

namespace Surety.Server.Features.Cluster;

/// <summary>
/// Notices over one channel of Redis. Redis keeps nothing for a node that is not connected: such a node takes everything for changed when it is back, and
/// what it had to tell meanwhile it tells then.
/// </summary>
internal sealed partial class RedisNotices(ClusterConnection connection, ClusterNode node, TimeProvider time, ILogger<RedisNotices> log) : IClusterNotices, IAsyncDisposable
{
    // Above this the others are told that anything may have changed.
    private const int MaxKept = 10_000;

    private const string Probe = "probe";
    private const string Everything = "everything";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Func<string?, Task>[]> _listeners = new(StringComparer.Ordinal);
    private readonly Channel<string> _outbox = Channel.CreateBounded<string>(MaxKept);
    private readonly CancellationTokenSource _stopping = new();
    private Task _sending = Task.CompletedTask;
    private int _probe;
    private int _heardProbe;
    private bool _hasOverflown;

    public void Publish(string topic, string body)
    {
        if (!_outbox.Writer.TryWrite($"{topic} {body}"))
            Volatile.Write(ref _hasOverflown, true);
    }

    public void Listen(string topic, Func<string?, Task> heard) => _listeners.AddOrUpdate(topic, _ => [heard], (_, others) => [.. others, heard]);

    /// <summary>Begins to hear and to tell.</summary>
    public async Task StartAsync()
    {
        var messages = await connection.Redis.GetSubscriber().SubscribeAsync(connection.Channel("notices"));
        messages.OnMessage(message => HearAsync(message.Message.ToString()));
        connection.Redis.ConnectionRestored += OnRestored;
        _sending = SendAllAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        if (_outbox.Writer.TryComplete() && connection.IsConnected)
            await _sending.WaitAsync(Goodbye, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stopping.CancelAsync();
        await _sending;
        _stopping.Dispose();
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (var notice in _outbox.Reader.ReadAllAsync(_stopping.Token))
            {
                await SendAsync(notice);
                if (_outbox.Reader.Count == 0 && Interlocked.Exchange(ref _hasOverflown, false))
                    await SendAsync($"{Everything} -");
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    private async Task SendAsync(string notice)
    {
        while (true)
        {
            try
            {
                await connection.Redis.GetSubscriber().PublishAsync(connection.Channel("notices"), $"{node.Id} {notice}");
                return;
            }
            catch (Exception error) when (error is RedisException or TimeoutException)
            {
                await Task.Delay(RetryDelay, time, _stopping.Token);
            }
        }
    }

    /// <summary>Whether the subscription is there again, only a message that comes through it can tell.</summary>
    private void OnRestored(object? sender, ConnectionFailedEventArgs args) => _ = ProbeAsync(Interlocked.Increment(ref _probe));

    private async Task ProbeAsync(int number)
    {
        try
        {
            while (Volatile.Read(ref _heardProbe) < number && Volatile.Read(ref _probe) == number)
            {
                await SendAsync(string.Create(CultureInfo.InvariantCulture, $"{Probe} {number}"));
                await Task.Delay(RetryDelay, time, _stopping.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The node ends.
        }
    }

    private async Task HearAsync(string message)
    {
        var parts = message.Split(' ', 3);
        if (parts.Length != 3)
            return;
        var isOwn = parts[0] == node.Id.ToString();
        if (isOwn && parts[1] == Probe && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var probe))
        {
            if (probe != Volatile.Read(ref _probe) || Interlocked.Exchange(ref _heardProbe, probe) == probe)
                return;
            LogDeaf();
            await TellEverythingAsync();
        }
        else if (!isOwn && parts[1] == Everything)
        {
            await TellEverythingAsync();
        }
        else if (!isOwn && _listeners.TryGetValue(parts[1], out var listeners))
        {
            foreach (var listener in listeners)
                await TellAsync(listener, parts[1], parts[2]);
        }
    }

    private async Task TellEverythingAsync()
    {
        foreach (var (topic, listeners) in _listeners)
        {
            foreach (var listener in listeners)
                await TellAsync(listener, topic, null);
        }
    }

    private async Task TellAsync(Func<string?, Task> listener, string topic, string? body)
    {
        try
        {
            await listener(body);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(error, topic);
        }
    }

    [LoggerMessage(1811, LogLevel.Information, "This node could not hear the others for a while; it reads again what they may have changed")]
    private partial void LogDeaf();

    [LoggerMessage(1812, LogLevel.Error, "What another node has changed ({Topic}) could not be taken over")]
    private partial void LogFailed(Exception error, string topic);
}
