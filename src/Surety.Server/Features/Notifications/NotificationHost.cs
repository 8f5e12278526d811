using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Applications;
using Surety.Server.Features.Users;
using Surety.Server.Storage;

namespace Surety.Server.Features.Notifications;

/// <summary>
/// Opens the channels when the server starts and closes them when it stops; in between has the disk keep what waits, and removes what nobody
/// uses.
/// </summary>
internal sealed partial class NotificationHost(
    NotificationHub hub, NotificationService service, SuretyDbFactory databases, TimeProvider time, ILogger<NotificationHost> log) : IHostedService, IDisposable
{
    // What waits survives the end of the process at once, and a failure of power after this time.
    private static readonly TimeSpan SyncPeriod = TimeSpan.FromSeconds(1);

    // How long a key that was deleted or made inactive can still receive.
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(5);

    private const int SubjectsAtOnce = 500;

    private readonly CancellationTokenSource _stopping = new();
    private Task _loops = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await service.LoadAsync(cancellationToken);
        _loops = Task.WhenAll(RepeatAsync(SyncPeriod, SyncAsync), RepeatAsync(SweepPeriod, SweepAsync));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loops;
        await service.StopAsync();
        hub.Dispose();
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RepeatAsync(TimeSpan period, Func<Task> work)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
                await TryAsync(work);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(error);
        }
    }

    private Task SyncAsync()
    {
        foreach (var channel in hub.Channels)
        {
            try
            {
                channel.Queue.Sync();
                // What somebody has published and never committed.
                channel.Signal.Set();
            }
            catch (IOException error)
            {
                LogNotSynchronised(error, channel.Application);
            }
        }

        return Task.CompletedTask;
    }

    private async Task SweepAsync()
    {
        await CheckSubjectsAsync();
        foreach (var channel in hub.Channels)
        {
            if (channel.Queue.Sweep() is > 0 and var dropped)
                hub.ReportDropped(channel, dropped);
            if (IsUnused(channel))
                await service.ExpireAsync(channel, ChannelEnd.Expired, _stopping.Token);
        }
    }

    private bool IsUnused(LiveChannel channel)
    {
        var age = time.GetUtcNow() - channel.LastUsed;
        return channel.Settings.Type switch
        {
            ChannelType.LongPoll or ChannelType.Implicit => !channel.IsPolled && age >= ChannelLimits.PollExpiry,
            ChannelType.EventStream => channel.IsHeld && channel.Stream is null && age >= ChannelLimits.SocketExpiry,
            ChannelType.Websocket => channel.IsHeld && channel.Socket is null && age >= ChannelLimits.SocketExpiry,
            _ => false,
        };
    }

    /// <summary>An application whose key or user is deleted loses its channel; one whose key or user is inactive receives nothing.</summary>
    private async Task CheckSubjectsAsync()
    {
        await using var db = databases.OpenForPlatform();
        foreach (var channels in hub.Channels.Chunk(SubjectsAtOnce))
        {
            var ids = channels.Select(channel => channel.Application).ToList();
            var keys = db.AllAccounts<ApiKey>().Where(key => ids.Contains(key.Id)).Select(key => new { key.Id, IsActive = key.Status == ApiKeyStatus.Active });
            var users = db.AllAccounts<User>().Where(user => ids.Contains(user.Id)).Select(user => new { user.Id, IsActive = user.Status == UserStatus.Active });
            // An inactive application keeps nothing.
            var applications = db.AllAccounts<Application>().Where(application => ids.Contains(application.Id) && application.Status == ApiKeyStatus.Active)
                .Select(application => new { application.Id, IsActive = application.Status == ApiKeyStatus.Active });
            var active = await keys.Concat(users).Concat(applications).ToDictionaryAsync(subject => subject.Id, subject => subject.IsActive, _stopping.Token);
            foreach (var channel in channels)
            {
                if (!active.TryGetValue(channel.Application, out var isActive))
                    await service.ExpireAsync(channel, ChannelEnd.ApplicationGone, _stopping.Token);
                else
                    channel.Suspend(!isActive);
            }
        }
    }

    [LoggerMessage(1541, LogLevel.Error, "Channels could not be looked after")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(1542, LogLevel.Error, "The disk does not keep the notifications of application {Application}")]
    private partial void LogNotSynchronised(Exception error, EntityId application);
}
