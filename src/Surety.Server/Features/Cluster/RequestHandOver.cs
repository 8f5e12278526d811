using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using StackExchange.Redis;
using Surety.Server.Features.Connect;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Features.Cluster;

/// <summary>
/// Requests that wait here for a device which has registered at another node follow it: that node has them on its disk before they are forgotten here. While
/// it cannot be reached they stay.
/// </summary>
internal sealed partial class RequestHandOver(
    IDeviceLocations locations, DeviceGateway gateway, DeviceRequests requests, NodeClient client, TimeProvider time, ILogger<RequestHandOver> log) : BackgroundService
{
    private const string Path = "/internal/devices/";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<EntityId, bool> _waiting = [];
    private readonly AsyncSignal _added = new();

    /// <summary>Takes requests over from other nodes.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapInternal("POST", Path + "{device}/requests", (context, body) =>
    {
        var services = context.RequestServices;
        if (!EntityId.TryParse(context.GetRouteValue("device") as string, out var device))
            return Task.FromResult(Results.NotFound());
        if (!services.GetRequiredService<DeviceGateway>().Server.Registrations.TryGet(device.ToDeviceId(), out _))
            return Task.FromResult(Results.Conflict());
        services.GetRequiredService<DeviceRequests>().TakeOver(JsonSerializer.Deserialize<List<DeviceRequestRecord>>(body)!.FindAll(record => record.Device == device));
        return Task.FromResult(Results.NoContent());
    });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gateway.Moved += Add;
        requests.Stranded = Add;
        foreach (var device in requests.Devices.Where(device => !gateway.Server.Registrations.TryGet(device.ToDeviceId(), out _)))
            _waiting[device] = true;
        try
        {
            while (true)
            {
                var added = _added.Next();
                foreach (var device in _waiting.Keys)
                    await TryHandOverAsync(device, stoppingToken);
                // What could not be handed over is tried again in a while.
                await added.WaitAsync(_waiting.IsEmpty ? Timeout.InfiniteTimeSpan : Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends; what is left is in the log.
        }
    }

    private void Add(EntityId device)
    {
        _waiting[device] = true;
        _added.Set();
    }

    private async Task TryHandOverAsync(EntityId device, CancellationToken cancellationToken)
    {
        try
        {
            if (await HandOverAsync(device, cancellationToken))
                _waiting.TryRemove(device, out _);
        }
        catch (Exception error) when (error is HttpRequestException or RedisException or TimeoutException or IOException)
        {
            LogNotHandedOver(device, error.Message);
        }
    }

    /// <returns>True when nothing is left to hand over.</returns>
    private async Task<bool> HandOverAsync(EntityId device, CancellationToken cancellationToken)
    {
        if (gateway.Server.Registrations.TryGet(device.ToDeviceId(), out _))
            return true;
        var records = requests.FindMovable(device);
        var location = await locations.FindAsync(device);
        if (location.Info is not { } node)
            return records.Count == 0;
        if (records.Count > 0)
        {
            var (status, _) = await client.AskAsync(node, HttpMethod.Post, $"{Path}{device}/requests", JsonSerializer.SerializeToUtf8Bytes(records), cancellationToken);
            if (status != HttpStatusCode.NoContent)
                return false;
        }

        requests.Forget(device, records);
        return requests.FindMovable(device).Count == 0;
    }

    [LoggerMessage(1841, LogLevel.Warning, "Requests for device {Device} could not be handed over to the node that it is registered at, and wait: {Reason}")]
    private partial void LogNotHandedOver(EntityId device, string reason);
}
