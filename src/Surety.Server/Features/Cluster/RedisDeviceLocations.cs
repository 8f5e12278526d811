using System.Globalization;
using System.Threading.Channels;
using StackExchange.Redis;

namespace Surety.Server.Features.Cluster;

/// <summary>
/// A key of Redis for each registered device: the node and when the device was heard there. The latest registration counts; a node that learns of a later one
/// drops its own. Keys end by themselves after an hour and are renewed every twenty minutes, and all at once when Redis was away.
/// </summary>
internal sealed partial class RedisDeviceLocations(
    ClusterConnection connection, ClusterNode node, IClusterNotices notices, TimeProvider time, ILogger<RedisDeviceLocations> log) : IDeviceLocations, IAsyncDisposable
{
    // KEYS: the device. ARGV: node, time, milliseconds to live, 1 when the device has registered just now. Returns '', '+' and the node before, or '-' and the
    // node that has a later registration.
    private const string AnnounceScript = """
        local before = redis.call('GET', KEYS[1])
        local at = tonumber(ARGV[2])
        local other = ''
        if before and string.sub(before, 1, 32) ~= ARGV[1] then
          other = string.sub(before, 1, 32)
          local last = tonumber(string.sub(before, 34))
          if last > at and ARGV[4] ~= '1' then return '-' .. other end
          if last >= at then at = last + 1 end
        end
        redis.call('SET', KEYS[1], ARGV[1] .. '/' .. string.format('%d', at), 'PX', ARGV[3])
        if other ~= '' then return '+' .. other end
        return ''
        """;

    // KEYS: the device. ARGV: node.
    private const string RemoveScript = """
        local at = redis.call('GET', KEYS[1])
        if at and string.sub(at, 1, 32) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
        """;

    private const string MovedTopic = "moved";
    private const int MaxBatch = 500;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(20);

    // What waited so long was overtaken, perhaps: then the times decide.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Channel<Change> _changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private Func<IEnumerable<(EntityId Device, long LastSeen)>> _registered = () => [];
    private Task _working = Task.CompletedTask;

    public bool IsClustered => true;

    public event Action<EntityId, long>? Moved;

    public event Action<EntityId>? Arrived;

    public void Start(Func<IEnumerable<(EntityId Device, long LastSeen)>> registered)
    {
        _registered = registered;
        notices.Listen(MovedTopic, OnMovedAsync);
        AnnounceAll();
        _working = Task.WhenAll(WriteAsync(), RenewAsync());
    }

    public void Announce(EntityId device) => _changes.Writer.TryWrite(new Change(device, time.GetUtcNow().ToUnixTimeMilliseconds(), ChangeKind.Registered));

    public void Remove(EntityId device) => _changes.Writer.TryWrite(new Change(device, 0, ChangeKind.Removed));

    public async ValueTask<DeviceLocation> FindAsync(EntityId device)
    {
        var at = ReadNode(await connection.Database.StringGetAsync(Key(device)));
        return at is { } other && other != node.Id ? new DeviceLocation(other, await node.FindAsync(other)) : default;
    }

    public async Task<IReadOnlySet<EntityId>> FindElsewhereAsync(IReadOnlyList<EntityId> devices)
    {
        var elsewhere = new HashSet<EntityId>();
        foreach (var chunk in devices.Chunk(MaxBatch))
        {
            var values = await connection.Database.StringGetAsync([.. chunk.Select(Key)]);
            for (var i = 0; i < chunk.Length; i++)
            {
                if (ReadNode(values[i]) is { } at && at != node.Id)
                    elsewhere.Add(chunk[i]);
            }
        }

        return elsewhere;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _working;
        _stopping.Dispose();
    }

    private static EntityId? ReadNode(RedisValue value) =>
        value.HasValue && value.ToString() is { Length: > 33 } text && EntityId.TryParse(text[..32], out var at) ? at : null;

    private RedisKey Key(EntityId device) => connection.Key($"device:{device}");

    private void AnnounceAll()
    {
        foreach (var (device, lastSeen) in _registered())
            _changes.Writer.TryWrite(new Change(device, lastSeen, ChangeKind.Known));
    }

    private async Task OnMovedAsync(string? body)
    {
        if (body is null)
        {
            AnnounceAll();
            return;
        }

        var parts = body.Split(' ');
        if (parts.Length != 3 || parts[1] != node.Id.ToString() || !EntityId.TryParse(parts[0], out var device)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var until))
            return;
        // It may be back by now.
        if (ReadNode(await connection.Database.StringGetAsync(Key(device))) is { } at && at != node.Id)
            Moved?.Invoke(device, until);
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(Renewal, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
                AnnounceAll();
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<Change>(MaxBatch);
        try
        {
            while (await _changes.Reader.WaitToReadAsync(_stopping.Token))
            {
                batch.Clear();
                while (batch.Count < MaxBatch && _changes.Reader.TryRead(out var change))
                    batch.Add(change);
                await WriteAsync(batch);
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends; its devices are still its own.
        }
    }

    private async Task WriteAsync(List<Change> batch)
    {
        try
        {
            // All of them are on their way before the first is answered.
            var results = batch.ConvertAll(WriteAsync);
            for (var i = 0; i < results.Count; i++)
                Tell(batch[i], (string?)await results[i] ?? "");
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            // All are announced when Redis is back. What was removed here is not found here.
            LogNotWritten(error.Message);
        }
    }

    private Task<RedisResult> WriteAsync(Change change)
    {
        if (change.Kind == ChangeKind.Removed)
            return connection.Database.ScriptEvaluateAsync(RemoveScript, [Key(change.Device)], [node.Id.ToString()]);
        var isFresh = change.Kind == ChangeKind.Registered && time.GetUtcNow().ToUnixTimeMilliseconds() - change.At < Fresh.TotalMilliseconds;
        return connection.Database.ScriptEvaluateAsync(
            AnnounceScript, [Key(change.Device)], [node.Id.ToString(), change.At, (long)Lifetime.TotalMilliseconds, isFresh ? 1 : 0]);
    }

    private void Tell(Change change, string outcome)
    {
        if (change.Kind == ChangeKind.Removed || outcome.Length == 0)
            return;
        if (outcome[0] == '-')
        {
            Moved?.Invoke(change.Device, change.At);
            return;
        }

        notices.Publish(MovedTopic, string.Create(CultureInfo.InvariantCulture, $"{change.Device} {outcome[1..]} {change.At}"));
        Arrived?.Invoke(change.Device);
    }

    private enum ChangeKind
    {
        Registered,
        Known,
        Removed,
    }

    [LoggerMessage(1821, LogLevel.Warning, "Where devices are could not be told to other nodes; it is told again when Redis is back: {Reason}")]
    private partial void LogNotWritten(string reason);

    private readonly record struct Change(EntityId Device, long At, ChangeKind Kind);
}
