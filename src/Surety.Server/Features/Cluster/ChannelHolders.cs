using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;
using Surety.Server.Features.Notifications;
using Surety.Server.Storage;

namespace Surety.Server.Features.Cluster;

/// <summary>
/// Which node holds an application's channel: takes its requests and delivers to it. It stays that node as long as it lives; the others relay to it what
/// happens at them. Kept in one hash of Redis: application, node and account.
/// </summary>
internal sealed partial class ChannelHolders : BackgroundService
{
    // KEYS: the hash, the beginning of the nodes' keys. ARGV: application, node, account. Returns '*' when the channel has become ours, otherwise its node.
    private const string ClaimScript = """
        local held = redis.call('HGET', KEYS[1], ARGV[1])
        if held then
          local holder = string.sub(held, 1, 32)
          if holder == ARGV[2] or redis.call('EXISTS', KEYS[2] .. holder) == 1 then return holder end
        end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. '/' .. ARGV[3])
        return '*'
        """;

    // KEYS: the hash. ARGV: application, node.
    private const string ReleaseScript = """
        local held = redis.call('HGET', KEYS[1], ARGV[1])
        if held and string.sub(held, 1, 32) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end
        return 0
        """;

    private const string ChangedTopic = "channel-held";
    private const string ClosedTopic = "channel-closed";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ClusterConnection _connection;
    private readonly ClusterNode _node;
    private readonly IClusterNotices _notices;
    private readonly NotificationHub _hub;
    private readonly NotificationService _service;
    private readonly NodeClient _client;
    private readonly SuretyDbFactory _databases;
    private readonly TimeProvider _time;
    private readonly ILogger<ChannelHolders> _log;

    // By application: the node that holds its channel, as far as is known here.
    private readonly ConcurrentDictionary<EntityId, EntityId> _holders = [];
    private readonly AsyncSignal _changed = new();

    // Until then channels without a holder are left alone: their nodes may be on their way back to Redis.
    private long _patientUntil;

    public ChannelHolders(
        ClusterConnection connection,
        ClusterNode node,
        IClusterNotices notices,
        NotificationHub hub,
        NotificationService service,
        NodeClient client,
        SuretyDbFactory databases,
        TimeProvider time,
        ILogger<ChannelHolders> log)
    {
        _connection = connection;
        _node = node;
        _notices = notices;
        _hub = hub;
        _service = service;
        _client = client;
        _databases = databases;
        _time = time;
        _log = log;
        // Whatever is opened is not held before Redis has said so.
        hub.HoldsAtOnce = false;
        service.Removed = OnRemovedAsync;
        notices.Listen(ChangedTopic, OnChangedElsewhereAsync);
        notices.Listen(ClosedTopic, OnClosedElsewhereAsync);
    }

    private string Key => _connection.Key("channels");

    /// <summary>Makes this node the holder of an application's channel, unless one that lives is.</summary>
    /// <returns>The other node; null: it is this one.</returns>
    /// <exception cref="RedisException">Redis cannot be asked.</exception>
    public async Task<NodeInfo?> ClaimAsync(EntityId account, EntityId application)
    {
        var holder = (string)(await _connection.Database.ScriptEvaluateAsync(
            ClaimScript, [Key, _connection.Key("node:")], [application.ToString(), _node.Id.ToString(), account.ToString()]))!;
        if (holder != "*" && EntityId.TryParse(holder, out var other) && other != _node.Id)
        {
            _holders[application] = other;
            if (await _node.FindAsync(other) is { } info)
                return info;
            throw ClusterErrors.NodeIsGone();
        }

        _hub.EnsureChannel(account, application);
        _holders[application] = _node.Id;
        await _service.TakeAsync(application);
        if (holder == "*")
            _notices.Publish(ChangedTopic, application.ToString());
        return null;
    }

    /// <summary>The other node that holds an application's channel; null: none that lives does, or this one.</summary>
    /// <exception cref="RedisException">Redis cannot be asked.</exception>
    public async Task<NodeInfo?> FindAsync(EntityId application) =>
        TryRead(await _connection.Database.HashGetAsync(Key, application.ToString()), out var holder, out _) && holder != _node.Id ? await _node.FindAsync(holder) : null;

    /// <summary>Takes events that other nodes relay.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapInternal("POST", ChannelRelay.PathOf("{application}"), (context, body) =>
    {
        var hub = context.RequestServices.GetRequiredService<NotificationHub>();
        if (!EntityId.TryParse(context.GetRouteValue("application") as string, out var application) || hub.Find(application) is not { IsHeld: true } channel)
            return Task.FromResult(Results.Conflict());
        ChannelRelay.Receive(channel.Queue, body);
        channel.Signal.Set();
        return Task.FromResult(Results.NoContent());
    });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Many changes at once are one reason to look.
            var changed = _changed.Next();
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is RedisException or TimeoutException)
            {
                _patientUntil = _time.GetUtcNow().UtcTicks + (2 * ClusterNode.Lease.Ticks);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);
            }

            await changed.WaitAsync(Interval, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool TryRead(RedisValue value, out EntityId holder, out EntityId account)
    {
        holder = account = default;
        return value.HasValue && value.ToString().Split('/') is [var first, var second] && EntityId.TryParse(first, out holder) && EntityId.TryParse(second, out account);
    }

    /// <summary>Brings the channels here in line with what Redis has, and takes those whose node is gone.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var held = await _connection.Database.HashGetAllAsync(Key);
        var now = _time.GetUtcNow();
        var known = new HashSet<EntityId>();
        var orphans = new HashSet<EntityId>();
        foreach (var (name, value) in held.Select(entry => (entry.Name, entry.Value)))
        {
            if (!EntityId.TryParse(name.ToString(), out var application) || !TryRead(value, out var holder, out var account))
                continue;
            known.Add(application);
            _holders[application] = holder;
            if (_hub.Find(application) is null)
                _hub.EnsureChannel(account, application);
            if (holder == _node.Id)
            {
                await _service.TakeAsync(application);
                continue;
            }

            await _service.YieldAsync(application, channel => new ChannelRelay(channel, HolderOf, _client, _time, _log));
            if (!_node.Living.ContainsKey(holder))
                orphans.Add(application);
            else
                _hub.Find(application)?.Use(now);
        }

        foreach (var channel in _hub.Channels.Where(channel => !known.Contains(channel.Application)))
        {
            // Redis has lost what it had.
            if (channel.IsHeld)
                await ClaimAsync(channel.Account, channel.Application);
            else if (channel.Settings.IsSetUp)
                orphans.Add(channel.Application);
        }

        if (orphans.Count > 0 && now.UtcTicks >= _patientUntil)
            await TakeOrphansAsync(orphans, cancellationToken);
    }

    /// <summary>Those that are set up once for good, and have a row; of long polls the next request decides.</summary>
    private async Task TakeOrphansAsync(HashSet<EntityId> orphans, CancellationToken cancellationToken)
    {
        await using var db = _databases.OpenForPlatform();
        var rows = await db.AllAccounts<Channel>().Where(row => orphans.Contains(row.ApplicationId)).Select(row => new { row.AccountId, row.ApplicationId }).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            if (_holders.TryGetValue(row.ApplicationId, out var holder) && await _node.FindAsync(holder) is not null)
                continue;
            await ClaimAsync(row.AccountId, row.ApplicationId);
            LogTaken(row.ApplicationId);
        }
    }

    private NodeInfo? HolderOf(EntityId application) => _holders.TryGetValue(application, out var holder) && _node.Living.TryGetValue(holder, out var info) ? info : null;

    private async Task OnRemovedAsync(LiveChannel channel)
    {
        _holders.TryRemove(channel.Application, out _);
        if (!channel.IsHeld)
            return;
        try
        {
            await _connection.Database.ScriptEvaluateAsync(ReleaseScript, [Key], [channel.Application.ToString(), _node.Id.ToString()]);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            // The next look finds it as this node's, makes an empty one, and that ends when nobody uses it.
        }

        _notices.Publish(ClosedTopic, channel.Application.ToString());
    }

    private Task OnChangedElsewhereAsync(string? body)
    {
        _changed.Set();
        return Task.CompletedTask;
    }

    private async Task OnClosedElsewhereAsync(string? body)
    {
        if (EntityId.TryParse(body, out var application))
            await _service.CloseAsync(application);
    }

    [LoggerMessage(1852, LogLevel.Error, "The channels of the cluster could not be looked after; it is tried again")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(1853, LogLevel.Information, "The channel of application {Application} had no node, and is this node's now")]
    private partial void LogTaken(EntityId application);
}
