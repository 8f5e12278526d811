using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;

namespace Surety.Device;

/// <summary>
/// Measurements on their way to the server: kept on the disk with their times, sent when the device is registered, kept until the server has them. A
/// record that was accepted survives a power cut; when there is no room the oldest are dropped, and counted. Safe to use from any thread.
/// </summary>
/// <remarks>
/// A power cut between a server's answer and the note of it sends some records again: they have the same paths and times. They are sent by LwM2M
/// Send (LwM2M Core 6.4.6), as SenML CBOR, to the first server; that needs LwM2M 1.1.
/// </remarks>
public sealed partial class MeasurementBuffer : IAsyncDisposable
{
    private const int MaxBatch = 64;
    private const int AttemptsAtNotFound = 5;

    private readonly MeasurementLog _log;
    private readonly Lwm2mClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RetryPolicy _retry;
    private readonly SemaphoreSlim _files = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<(byte[] Record, TaskCompletionSource Done)> _writes =
        Channel.CreateBounded<(byte[], TaskCompletionSource)>(new BoundedChannelOptions(1024) { SingleReader = true });

    // Whether there may be something to send: an event that resets itself.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _writing;
    private readonly Task _sending;
    private long _recorded;
    private long _delivered;
    private long _refused;

    internal MeasurementBuffer(MeasurementLog log, Lwm2mClient client, TimeProvider time, ILogger logger)
    {
        _log = log;
        _client = client;
        _time = time;
        _logger = logger;
        _retry = client.Options.Retry;
        _client.StateChanged += OnStateChanged;
        _writing = Task.Run(WriteAsync);
        _sending = Task.Run(SendAsync);
        Waiting = log.Waiting;
        Dropped = log.Dropped;
    }

    /// <summary>Records that the server does not have yet.</summary>
    public long Waiting { get => Volatile.Read(ref field); private set => Volatile.Write(ref field, value); }

    /// <summary>Records that were dropped since the folder was made, because there was no room.</summary>
    public long Dropped { get => Volatile.Read(ref field); private set => Volatile.Write(ref field, value); }

    /// <summary>Records accepted since the start.</summary>
    public long Recorded => Volatile.Read(ref _recorded);

    /// <summary>Records that the server has taken since the start.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    /// <summary>Records that the server has refused since the start, each alone: they are given up.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Records the present values of some Resources of an object, with the present time; they are on the disk when this completes.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The object belongs to no device.</exception>
    /// <exception cref="ArgumentException">None of the Resources has a value.</exception>
    public ValueTask RecordAsync(IDeviceObject item, params ReadOnlySpan<ushort> resourceIds)
    {
        var entries = new List<ResourceEntry>(resourceIds.Length);
        using (item.BeginChanges())
        {
            foreach (ushort id in resourceIds)
            {
                if (item.Binding.Instance![id] is { IsNone: false } value)
                    entries.Add(new ResourceEntry(item.GetPath(id), value));
            }
        }

        return RecordAsync(entries);
    }

    /// <summary>Records values; they are on the disk when this completes.</summary>
    /// <param name="entries">The values; those without a time have the present one.</param>
    /// <param name="cancellationToken">Waits no longer; the record may be written nonetheless.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="ArgumentException">There is nothing to record, or too much.</exception>
    public async ValueTask RecordAsync(IReadOnlyList<ResourceEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        double now = Math.Round((_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds, 3);
        byte[] record = MeasurementRecord.Write([.. entries.Select(entry => new ResourceEntry(entry.Path, entry.Value, entry.Timestamp ?? now))]);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _writes.Writer.WriteAsync((record, done), cancellationToken).ConfigureAwait(false);
        await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends; what the server does not have stays on the disk.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_writes.Writer.TryComplete())
            return;
        _client.StateChanged -= OnStateChanged;
        await _writing.ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        _log.Dispose();
        _files.Dispose();
        _stopping.Dispose();
    }

    private void OnStateChanged(ServerSession session)
    {
        if (session.State == RegistrationState.Registered)
            _signal.Writer.TryWrite(true);
    }

    /// <summary>Writes what has come meanwhile, with one flush of the disk.</summary>
    private async Task WriteAsync()
    {
        var batch = new List<(byte[] Record, TaskCompletionSource Done)>();
        while (await _writes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (_writes.Reader.TryRead(out (byte[] Record, TaskCompletionSource Done) write))
                batch.Add(write);
            Exception? problem = null;
            await _files.WaitAsync().ConfigureAwait(false);
            try
            {
                _log.Append([.. batch.Select(write => write.Record)]);
                Tell();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problem = e;
            }

            _files.Release();
            foreach ((_, TaskCompletionSource done) in batch)
            {
                if (problem is null)
                    done.TrySetResult();
                else
                    done.TrySetException(new IOException($"The measurement cannot be kept: {problem.Message}", problem));
            }

            if (problem is null)
                Interlocked.Add(ref _recorded, batch.Count);
            _signal.Writer.TryWrite(true);
        }
    }

    private async Task SendAsync()
    {
        int size = MaxBatch, attempt = 0;
        var entries = new List<ResourceEntry>();
        try
        {
            while (true)
            {
                entries.Clear();
                (int count, MeasurementPosition end) = await WithFilesAsync(() => _log.Peek(size, entries)).ConfigureAwait(false);
                SendResult result = count == 0 ? new SendResult(SendStatus.NotRegistered) : await _client.SendAsync(entries, cancellationToken: _stopping.Token).ConfigureAwait(false);
                bool isRefused = IsRefused(result, attempt);
                if (isRefused && count > 1)
                {
                    // One of them, or all together: smaller ones will show.
                    size = Math.Max(1, count / 2);
                    continue;
                }

                if (result.IsDelivered || isRefused)
                {
                    await WithFilesAsync(() =>
                    {
                        _log.Advance(count, end);
                        Tell();
                        return true;
                    }).ConfigureAwait(false);
                    if (isRefused)
                    {
                        Interlocked.Add(ref _refused, count);
                        LogRefused(result.Reason ?? result.Code.ToString());
                    }
                    else
                    {
                        Interlocked.Add(ref _delivered, count);
                    }

                    size = Math.Min(MaxBatch, size * 2);
                    attempt = 0;
                    continue;
                }

                // Nothing to do, or nobody to do it with: until there is, or after a while where nobody will say.
                if (result.Code == CoapCode.NotFound)
                    _client.RequestUpdate();
                bool isFault = result.Status is SendStatus.Rejected or SendStatus.Unreachable or SendStatus.Muted;
                await WaitAsync(isFault ? _retry.DelayBefore(Math.Min(++attempt, 30), _client.Options.Random) : Timeout.InfiniteTimeSpan).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The device ends.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogFilesFailed(e);
        }
    }

    /// <summary>
    /// The server does not want these very values. 4.04 may mean as well that it has forgotten the device, which an Update will show: only when that
    /// does not help they are given up.
    /// </summary>
    private static bool IsRefused(SendResult result, int attempt) => result.Status == SendStatus.NothingToSend
        || (result.Status == SendStatus.Rejected
            && (result.Code == CoapCode.BadRequest || result.Code == CoapCode.RequestEntityTooLarge || result.Code == CoapCode.UnsupportedContentFormat
                || (result.Code == CoapCode.NotFound && attempt >= AttemptsAtNotFound)));

    private async Task WaitAsync(TimeSpan delay)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        Task signalled = _signal.Reader.WaitToReadAsync(ended.Token).AsTask();
        await Task.WhenAny(signalled, Task.Delay(delay, _time, ended.Token)).ConfigureAwait(false);
        _signal.Reader.TryRead(out _);
        await ended.CancelAsync().ConfigureAwait(false);
        _stopping.Token.ThrowIfCancellationRequested();
    }

    private async Task<T> WithFilesAsync<T>(Func<T> action)
    {
        await _files.WaitAsync(_stopping.Token).ConfigureAwait(false);
        try
        {
            return action();
        }
        finally
        {
            _files.Release();
        }
    }

    private void Tell()
    {
        if (_log.Dropped > Dropped)
            LogDropped(_log.Dropped - Dropped);
        Waiting = _log.Waiting;
        Dropped = _log.Dropped;
    }

    [LoggerMessage(4020, LogLevel.Warning, "There is no room for measurements: the oldest {Count} records are dropped")]
    private partial void LogDropped(long count);

    [LoggerMessage(4021, LogLevel.Warning, "The server does not take a record of measurements, and it is given up: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(4022, LogLevel.Error, "The files of the measurements cannot be used; no more are sent")]
    private partial void LogFilesFailed(Exception exception);
}
