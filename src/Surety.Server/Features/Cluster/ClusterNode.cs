using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using StackExchange.Redis;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Cluster;

/// <summary>
/// This process as a node of a cluster: its lease on a number, which it renews every two seconds, and the other nodes that live. A node whose number another
/// node has taken stops. While Redis cannot be reached it goes on, since nobody else can take anything then, either.
/// </summary>
internal sealed partial class ClusterNode(
    ClusterConnection connection, ClusterIdentity identity, SecretProtector secrets, StartupReport report, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ClusterNode> log)
    : IClusterLeases, IAsyncDisposable
{
    /// <summary>Numbers are 0 to 254: one byte of the Connection ID, and one value to spare.</summary>
    public const int MaxNodes = 255;

    /// <summary>How long a node counts as living after it was heard last.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);

    // A lease that was confirmed so long ago may be another's by now.
    private static readonly TimeSpan Confidence = TimeSpan.FromSeconds(8);

    private readonly string _run = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, bool> _works = [];
    private readonly Lock _lock = new();
    private NodeInfo _info = null!;
    private FrozenDictionary<EntityId, NodeInfo> _living = FrozenDictionary<EntityId, NodeInfo>.Empty;
    private Task _beating = Task.CompletedTask;
    private long _confirmed;
    private bool _isLost;

    /// <summary>This node; stays the same over restarts.</summary>
    public EntityId Id => identity.Node;

    /// <summary>0 to 254; unique among the nodes that live.</summary>
    public int Number => _info.Number;

    /// <summary>Another process has this node's number or its data: this one has stopped.</summary>
    public bool HasLostLease => Volatile.Read(ref _isLost);

    /// <summary>The nodes that lived two seconds ago, this one among them.</summary>
    public IReadOnlyDictionary<EntityId, NodeInfo> Living => Volatile.Read(ref _living);

    /// <summary>Redis has confirmed the lease within the last seconds: others know that this node lives.</summary>
    public bool IsConfirmed => time.GetElapsedTime(Interlocked.Read(ref _confirmed)) < Confidence;

    private string NodeKey => connection.Key($"node:{Id}");

    private string NodesKey => connection.Key("nodes");

    private string NumberValue => $"{Id}/{_run}";

    /// <summary>Becomes a node. Nothing that nodes share may be touched before.</summary>
    /// <exception cref="StartupException">Redis cannot be reached, all numbers are taken, another process has this data, or the secrets' keys differ.</exception>
    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        await connection.OpenAsync();
        _info = new NodeInfo(Id, identity.LastNumber ?? 0, _run, null, secrets.CheckValue, null, SuretyHost.Version);
        await RefuseCopyAsync(cancellationToken);
        await FindNumberAsync();
        await ReadLivingAsync();
        if (Living.Values.FirstOrDefault(other => other.Secrets != _info.Secrets) is { } stranger)
        {
            throw new StartupException(
                $"The file {SecretProtector.KeyFile} of this node is not that of the node at {stranger.Address ?? "(starting)"}: secrets in the common database could not be read. "
                + $"Copy {SecretProtector.KeyFile} and the folder ca from the data directory of that node to this one's, and start again.");
        }

        _beating = BeatAsync();
        report.Add("Cluster", string.Create(CultureInfo.InvariantCulture, $"node {Number} of {Living.Count}"));
    }

    /// <summary>Tells the others which certificate authority this node has, which must be theirs.</summary>
    /// <exception cref="StartupException">It is another one.</exception>
    public async Task ShowAuthorityAsync(string authority)
    {
        await ReadLivingAsync();
        if (Living.Values.FirstOrDefault(other => other.Authority is not null && other.Authority != authority) is { } stranger)
        {
            throw new StartupException(
                $"The certificate authority of this node, or the server's key, is not that of the node at {stranger.Address ?? "(starting)"}: devices would be known to one and not to the other. "
                + "Copy the folder ca from the data directory of that node in the place of this one's, without issued.log, and start again.");
        }

        Change(info => info with { Authority = authority });
        await RenewAsync();
    }

    /// <summary>This node serves at an address from now on.</summary>
    public async Task ServeAsync(string address)
    {
        Change(info => info with { Address = address });
        await RenewAsync();
        await ReadLivingAsync();
    }

    /// <summary>Reads which nodes live now, ahead of the next heartbeat.</summary>
    /// <exception cref="RedisException">Redis cannot be asked.</exception>
    public async Task ReadLivingAsync()
    {
        var nodes = await connection.Database.SetMembersAsync(NodesKey);
        var texts = await connection.Database.StringGetAsync([.. nodes.Select(node => (RedisKey)connection.Key($"node:{node}"))]);
        Volatile.Write(ref _living, texts.Select(text => NodeInfo.Read(text)).OfType<NodeInfo>().ToFrozenDictionary(info => info.Node));
    }

    /// <summary>A node that lives, also one that has come just now; null when it does not.</summary>
    /// <exception cref="RedisException">Redis cannot be asked.</exception>
    public async ValueTask<NodeInfo?> FindAsync(EntityId node) => Living.TryGetValue(node, out var known) && known.Address is not null
        ? known
        : NodeInfo.Read(await connection.Database.StringGetAsync(connection.Key($"node:{node}")));

    /// <inheritdoc/>
    public async ValueTask<bool> HoldAsync(string work)
    {
        if (HasLostLease || !IsConfirmed)
            return false;
        try
        {
            var isHeld = await RenewAsync(work);
            _works[work] = isHeld;
            return isHeld;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Has others do the work.</summary>
    public async Task DropAsync(string work)
    {
        if (_works.TryRemove(work, out var isHeld) && isHeld)
            await connection.Database.ScriptEvaluateAsync(NodeScripts.Drop, [connection.Key($"lease:{work}")], [NumberValue]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _beating;
        if (_info is not null && connection.IsConnected && !HasLostLease)
            await LeaveAsync();
        _stopping.Dispose();
    }

    private async Task LeaveAsync()
    {
        try
        {
            foreach (var work in _works.Keys)
                await DropAsync(work);
            await connection.Database.ScriptEvaluateAsync(NodeScripts.Release, Keys(Number), [NumberValue, Id.ToString()]);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            // It ends by itself in ten seconds.
        }
    }

    /// <summary>
    /// A process that lives renews the lease of this node: the data directory was copied. One that was killed does not, and its lease may be taken over.
    /// </summary>
    private async Task RefuseCopyAsync(CancellationToken cancellationToken)
    {
        var before = await connection.Database.KeyTimeToLiveAsync(NodeKey);
        if (before is null)
            return;
        var other = NodeInfo.Read(await connection.Database.StringGetAsync(NodeKey));
        await Task.Delay(Heartbeat * 1.5, time, cancellationToken);
        // What is not renewed has less time left now.
        if (await connection.Database.KeyTimeToLiveAsync(NodeKey) is { } after && after > before - Heartbeat)
        {
            throw new StartupException(
                $"The node at {other?.Address ?? "(starting)"} has the same data as this one: '{identity.Path}' was copied from it. Remove that file here and start again; "
                + "of another node's data directory a new node needs secrets.key and the folder ca alone.");
        }

        if (other is not null)
            await connection.Database.KeyDeleteAsync([NodeKey, NumberKey(other.Number)]);
    }

    private async Task FindNumberAsync()
    {
        var first = identity.LastNumber ?? 0;
        for (var i = 0; i < MaxNodes; i++)
        {
            var number = (first + i) % MaxNodes;
            _info = _info with { Number = number };
            if ((int)await connection.Database.ScriptEvaluateAsync(NodeScripts.Renew, Keys(number), Values()) == 1)
            {
                Interlocked.Exchange(ref _confirmed, time.GetTimestamp());
                identity.Keep(number);
                return;
            }
        }

        throw new StartupException($"The cluster has {MaxNodes} nodes already, and no number is free.");
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Heartbeat, time);
        var isAway = false;
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                try
                {
                    await RenewAsync();
                    foreach (var (work, isHeld) in _works)
                    {
                        if (isHeld)
                            _works[work] = await RenewAsync(work);
                    }

                    await ReadLivingAsync();
                    if (isAway)
                        LogBack();
                    isAway = false;
                }
                catch (Exception error) when (error is RedisException or TimeoutException)
                {
                    if (!isAway)
                        LogAway(error.Message);
                    isAway = true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    private async Task RenewAsync()
    {
        var before = time.GetTimestamp();
        if ((int)await connection.Database.ScriptEvaluateAsync(NodeScripts.Renew, Keys(Number), Values()) == 1)
        {
            Interlocked.Exchange(ref _confirmed, before);
            return;
        }

        if (Interlocked.Exchange(ref _isLost, true))
            return;
        LogLost(Number);
        lifetime.StopApplication();
    }

    private async Task<bool> RenewAsync(string work) =>
        (int)await connection.Database.ScriptEvaluateAsync(NodeScripts.Hold, [connection.Key($"lease:{work}")], [NumberValue, (long)Lease.TotalMilliseconds]) == 1;

    private void Change(Func<NodeInfo, NodeInfo> change)
    {
        lock (_lock)
            _info = change(_info);
    }

    private RedisKey[] Keys(int number) => [NodeKey, NumberKey(number), NodesKey];

    private RedisValue[] Values() => [_info.ToText(), NumberValue, (long)Lease.TotalMilliseconds, Id.ToString()];

    private string NumberKey(int number) => connection.Key(string.Create(CultureInfo.InvariantCulture, $"number:{number}"));

    [LoggerMessage(1801, LogLevel.Critical, "Another process has taken the place of this node ({Number}): this one stops, since devices and channels would be served twice")]
    private partial void LogLost(int number);

    [LoggerMessage(1802, LogLevel.Error, "Redis cannot be reached: {Reason}. Devices and channels of this node go on; what needs other nodes is answered 503")]
    private partial void LogAway(string reason);

    [LoggerMessage(1803, LogLevel.Information, "Redis can be reached again")]
    private partial void LogBack();
}
