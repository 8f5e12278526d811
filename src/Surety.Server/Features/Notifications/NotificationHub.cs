using System.Collections.Concurrent;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Notifications;

/// <summary>
/// Takes what applications are to be told, and has it in their channels' queues. <see cref="Publish"/> and <see cref="Commit"/> belong to one
/// thread: publish, and commit on the same thread before whoever caused the events is answered. Then no event is lost when the process ends.
/// </summary>
internal sealed partial class NotificationHub(DataDirectory data, TimeProvider time, ILogger<NotificationHub> log) : IDisposable
{
    private const string Folder = "channels";
    private const string Removed = ".removed";

    private static readonly TimeSpan LogPeriod = TimeSpan.FromSeconds(10);

    [ThreadStatic]
    private static Published? t_published;

    private readonly ConcurrentDictionary<EntityId, LiveChannel> _byApplication = [];
    private readonly ConcurrentDictionary<EntityId, LiveChannel[]> _byAccount = [];

    // Held while channels come and go; never on the way of an event.
    private readonly Lock _gate = new();
    private bool _isStopped;
    private long _lastLog;

    /// <summary>Channels that are opened are this node's to deliver. Default true; in a cluster the nodes agree on it first.</summary>
    public bool HoldsAtOnce { get; set; } = true;

    /// <summary>All channels of this moment.</summary>
    public IEnumerable<LiveChannel> Channels => _byApplication.Values;

    /// <summary>Adds an event to the channel of an application, if it has one. It is kept and delivered after <see cref="Commit"/>.</summary>
    public void Publish(EntityId application, in ChannelEvent channelEvent)
    {
        if (_byApplication.TryGetValue(application, out var channel))
            Add(channel, channelEvent.ToRecord(Now));
    }

    /// <summary>Adds an event to every channel of an account. It is kept and delivered after <see cref="Commit"/>.</summary>
    public void PublishToAccount(EntityId account, in ChannelEvent channelEvent)
    {
        if (!_byAccount.TryGetValue(account, out var channels))
            return;
        var record = channelEvent.ToRecord(Now);
        foreach (var channel in channels)
            Add(channel, record);
    }

    /// <summary>Makes durable what this thread has published since its last commit, and has it delivered.</summary>
    /// <exception cref="IOException">Something could not be written, and may be lost: whoever caused it must not be told that all is well.</exception>
    public void Commit()
    {
        if (t_published is not { Channels.Count: > 0 } published)
            return;
        foreach (var channel in published.Channels)
        {
            if (channel.ListedBy == published)
                channel.ListedBy = null;
            try
            {
                channel.Queue.Flush();
                channel.Signal.Set();
            }
            catch (IOException error)
            {
                published.Failure = error;
            }
        }

        published.Channels.Clear();
        if (published.Failure is not { } failure)
            return;
        published.Failure = null;
        LogSometimes(failure);
        throw new IOException($"Notifications cannot be written: {failure.Message}", failure);
    }

    /// <summary>
    /// Sees to it that the answers to what an application asks of devices have where to wait, also when it has no channel yet. Such a channel
    /// becomes of the kind that the application uses first, and goes when it uses none.
    /// </summary>
    /// <exception cref="IOException">The files cannot be made.</exception>
    public void EnsureChannel(EntityId account, EntityId application)
    {
        var channel = _byApplication.TryGetValue(application, out var known)
            ? known
            : GetOrAdd(account, application, ChannelSettings.Implicit);
        if (channel.Settings.Type == ChannelType.Implicit)
            channel.Use(time.GetUtcNow());
    }

    /// <summary>The channel of an application, or null.</summary>
    public LiveChannel? Find(EntityId application) => _byApplication.GetValueOrDefault(application);

    /// <summary>The channel of an application, of the type that it wants now; made when there is none.</summary>
    /// <exception cref="Api.ApiException">It has one of another type.</exception>
    /// <exception cref="IOException">The files cannot be made.</exception>
    public LiveChannel Open(EntityId account, EntityId application, ChannelSettings settings)
    {
        var channel = GetOrAdd(account, application, settings);
        // What the application uses first decides what an implicit channel is.
        if (!channel.TryBecome(settings))
            throw ChannelErrors.OtherType(channel.Settings.Type);
        return channel;
    }

    /// <summary>The channel of an application; made when there is none.</summary>
    /// <exception cref="IOException">The files cannot be made.</exception>
    private LiveChannel GetOrAdd(EntityId account, EntityId application, ChannelSettings settings)
    {
        lock (_gate)
        {
            if (_byApplication.TryGetValue(application, out var channel))
                return channel;
            // What is made now would never be closed.
            ObjectDisposedException.ThrowIf(_isStopped, this);
            channel = new LiveChannel(application, account, DirectoryOf(application), settings, HoldsAtOnce, time);
            _byApplication[application] = channel;
            _byAccount[account] = [.. _byAccount.GetValueOrDefault(account, []), channel];
            return channel;
        }
    }

    /// <summary>Removes a channel and its events.</summary>
    public void Remove(LiveChannel channel, ChannelEnd reason)
    {
        lock (_gate)
        {
            if (!_byApplication.TryRemove(KeyValuePair.Create(channel.Application, channel)))
                return;
            LiveChannel[] others = [.. _byAccount[channel.Account].Where(other => other != channel)];
            if (others.Length > 0)
                _byAccount[channel.Account] = others;
            else
                _byAccount.TryRemove(channel.Account, out _);
            channel.Close(reason);
            // Out of the way first: a new channel of the application may want the place at once.
            RemoveDirectory(channel.Directory);
        }
    }

    /// <summary>The applications that have a queue on the disk, and its owner; removes what was not quite removed.</summary>
    public IReadOnlyList<(EntityId Application, ChannelState State)> FindQueues()
    {
        var queues = new List<(EntityId, ChannelState)>();
        foreach (var directory in new DirectoryInfo(System.IO.Directory.CreateDirectory(data.File(Folder)).FullName).EnumerateDirectories())
        {
            if (directory.Name.EndsWith(Removed, StringComparison.Ordinal))
                DeleteQuietly(directory.FullName);
            else if (EntityId.TryParse(directory.Name, out var application) && ChannelQueue.TryReadState(directory.FullName, out var state))
                queues.Add((application, state));
        }

        return queues;
    }

    /// <summary>Counts and logs events that were dropped.</summary>
    public void ReportDropped(LiveChannel channel, long count)
    {
        ChannelMetrics.Dropped(count);
        LogDropped(count, channel.Application);
    }

    /// <summary>Closes every channel; their events stay.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            foreach (var channel in _byApplication.Values)
                channel.Dispose();
            _byApplication.Clear();
            _byAccount.Clear();
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Add(LiveChannel channel, ReadOnlySpan<byte> record)
    {
        if (record.Length > ChannelLimits.MaxEvent)
        {
            ReportDropped(channel, 1);
            return;
        }

        var published = t_published ??= new Published();
        try
        {
            channel.Queue.Append(record);
        }
        catch (IOException error)
        {
            // The commit tells it, which the caller has to heed anyway.
            published.Failure = error;
        }

        if (channel.ListedBy == published)
            return;
        channel.ListedBy = published;
        published.Channels.Add(channel);
    }

    // A full disk fails every commit of a busy server.
    private void LogSometimes(IOException failure)
    {
        var now = time.GetUtcNow().UtcTicks;
        var last = Interlocked.Read(ref _lastLog);
        if (now - last >= LogPeriod.Ticks && Interlocked.CompareExchange(ref _lastLog, now, last) == last)
            LogNotWritten(failure);
    }

    private string DirectoryOf(EntityId application) => Path.Combine(data.File(Folder), application.ToString());

    private void RemoveDirectory(string directory)
    {
        try
        {
            var removed = $"{directory}.{time.GetUtcNow().UtcTicks:x}{Removed}";
            System.IO.Directory.Move(directory, removed);
            DeleteQuietly(removed);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(error, directory);
        }
    }

    private void DeleteQuietly(string directory)
    {
        try
        {
            System.IO.Directory.Delete(directory, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(error, directory);
        }
    }

    [LoggerMessage(1501, LogLevel.Warning, "{Count} notifications for application {Application} were dropped: too old, too many, or too large")]
    private partial void LogDropped(long count, EntityId application);

    [LoggerMessage(1502, LogLevel.Warning, "The directory {Directory} could not be removed")]
    private partial void LogNotRemoved(Exception error, string directory);

    [LoggerMessage(1503, LogLevel.Error, "Notifications cannot be written; devices are not answered, and will try again")]
    private partial void LogNotWritten(Exception error);

    /// <summary>What a thread has published and not committed.</summary>
    private sealed class Published
    {
        public List<LiveChannel> Channels { get; } = [];

        public IOException? Failure { get; set; }
    }
}
