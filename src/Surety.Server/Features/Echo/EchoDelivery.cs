using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Connect;
using Surety.Server.Features.Notifications;
using Surety.Server.Storage;

namespace Surety.Server.Features.Echo;

/// <summary>
/// Writes desired values to devices when they are registered and listen: in the order in which they were wished, only what the device has not reported
/// already, and of each path only the newest. What a device does not answer is tried again when it registers or updates its registration.
/// </summary>
internal sealed partial class EchoDelivery(
    SuretyDbFactory databases, EchoJournal journal, DeviceRequests requests, ObjectDefinitions definitions, IClusterNotices notices, ILogger<EchoDelivery> log)
{
    private const string Topic = "echo";

    // So many writes in one turn; the requests of applications come in between.
    private const int MaxPerTurn = 8;

    private readonly Lock _lock = new();

    // Devices that something waits for, and how often something was added.
    private readonly Dictionary<EntityId, int> _waiting = [];
    private readonly HashSet<EntityId> _queued = [];
    private Lwm2mServer? _server;

    /// <summary>Reads for which devices something waits; before devices are served.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        notices.Listen(Topic, OnElsewhereAsync);
        await ReadAsync(cancellationToken);
    }

    /// <summary>Takes the server, and goes on with the devices that are registered.</summary>
    public void Attach(Lwm2mServer server)
    {
        _server = server;
        DeliverAll();
    }

    /// <summary>Something was wished for a device; it is in the database.</summary>
    public void Add(EntityId device)
    {
        Remember(device);
        notices.Publish(Topic, device.ToString());
        Deliver(device);
    }

    /// <summary>The device has registered, or updated its registration.</summary>
    public void OnHeard(Registration registration) => Deliver(registration.Device.ToEntityId());

    /// <summary>The device is not registered here any more; what was queued for it is gone.</summary>
    public void OnGone(EntityId device)
    {
        lock (_lock)
            _queued.Remove(device);
    }

    private async Task OnElsewhereAsync(string? body)
    {
        if (EntityId.TryParse(body, out var device))
        {
            Remember(device);
            Deliver(device);
            return;
        }

        await ReadAsync(CancellationToken.None);
        DeliverAll();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        foreach (var device in await db.AllAccounts<EchoResource>().Where(row => row.IsHeld).Select(row => row.DeviceId).Distinct().ToListAsync(cancellationToken))
            Remember(device);
    }

    private void Remember(EntityId device)
    {
        lock (_lock)
            _waiting[device] = _waiting.GetValueOrDefault(device) + 1;
    }

    private void DeliverAll()
    {
        EntityId[] devices;
        lock (_lock)
            devices = [.. _waiting.Keys];
        foreach (var device in devices)
            Deliver(device);
    }

    private void Deliver(EntityId device)
    {
        lock (_lock)
        {
            if (_server is null || !_waiting.ContainsKey(device) || !_server.Registrations.TryGet(device.ToDeviceId(), out _) || !_queued.Add(device))
                return;
        }

        var isLast = false;
        var queued = new QueuedRequest(device.ToDeviceId(), new DeviceRequest(CoapCode.Put, Lwm2mPath.Root), (_, outcome) =>
        {
            lock (_lock)
                _queued.Remove(device);
            if (outcome.Response is not null && !isLast)
                Deliver(device);
        })
        {
            Retries = 2,
            Perform = async (registration, cancellationToken) =>
            {
                isLast = await WriteAsync(registration, cancellationToken);
                return new DeviceResponse(CoapCode.Changed);
            },
        };
        if (requests.TryEnqueue(queued))
            return;
        lock (_lock)
            _queued.Remove(device);
        LogQueueFull(device);
    }

    /// <returns>True when nothing is left, or the database has failed and the device's next message is waited for.</returns>
    private async Task<bool> WriteAsync(Registration registration, CancellationToken cancellationToken)
    {
        var device = registration.Device.ToEntityId();
        try
        {
            for (var written = 0; written < MaxPerTurn; written++)
            {
                int version;
                lock (_lock)
                    version = _waiting.GetValueOrDefault(device);
                if (await NextAsync(device, cancellationToken) is { } row)
                    await WriteAsync(registration, row, cancellationToken);
                else if (IsOver(device, version))
                    return true;
            }

            return false;
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            LogNotRead(error, device);
            return true;
        }
    }

    private async Task<EchoResource?> NextAsync(EntityId device, CancellationToken cancellationToken)
    {
        await using var db = databases.OpenForPlatform();
        var rows = await db.AllAccounts<EchoResource>().AsNoTracking().Where(row => row.DeviceId == device && row.IsHeld).ToListAsync(cancellationToken);
        return journal.Refresh(device, rows).Where(row => row.IsHeld).MinBy(row => row.DesiredAt);
    }

    private async Task WriteAsync(Registration registration, EchoResource row, CancellationToken cancellationToken)
    {
        var path = Lwm2mPath.Parse(row.Path);
        var isDone = HasReported(row);
        if (!isDone)
        {
            try
            {
                var response = await _server!.SendAsync(registration, DeviceRequest.Write(path, FormatOf(registration, path, row), row.Desired), cancellationToken);
                isDone = response.IsSuccess;
                if (!isDone)
                    LogRefused(path, row.DeviceId, response.Code);
            }
            catch (CoapExchangeException error) when (error.Failure is ExchangeFailure.TooLarge or ExchangeFailure.Reset or ExchangeFailure.BadResponse)
            {
                // It would be no better the next time.
                LogNotWritten(path, row.DeviceId, error.Message);
            }

            requests.Forget(row.DeviceId, path);
        }

        journal.Complete(row.AccountId, row.DeviceId, path, row.Desired, isDone);
    }

    // Said after it was wished: before, it may be the value that another one has replaced since.
    private static bool HasReported(EchoResource row) =>
        row.ReportedAt > row.DesiredAt && row.ReportedType == row.DesiredType && row.Desired.AsSpan().SequenceEqual(row.Reported);

    private ContentFormat FormatOf(Registration registration, Lwm2mPath path, EchoResource row) =>
        MediaTypes.TryParse(row.DesiredType, out var format) ? format : definitions.IsOpaque(registration, path) ? ContentFormat.OctetStream : ContentFormat.TextPlain;

    private bool IsOver(EntityId device, int version)
    {
        lock (_lock)
            return _waiting.GetValueOrDefault(device) == version && (_waiting.Remove(device) || version == 0);
    }

    [LoggerMessage(1474, LogLevel.Warning, "Desired values are not written to device {Device} yet: too many requests wait for it")]
    private partial void LogQueueFull(EntityId device);

    [LoggerMessage(1475, LogLevel.Error, "What is desired of device {Device} could not be read; it is tried again when the device is heard from")]
    private partial void LogNotRead(Exception exception, EntityId device);

    [LoggerMessage(1476, LogLevel.Information, "Device {Device} refuses the desired value of {Path} ({Code})")]
    private partial void LogRefused(Lwm2mPath path, EntityId device, CoapCode code);

    [LoggerMessage(1477, LogLevel.Information, "The desired value of {Path} cannot be written to device {Device}: {Reason}")]
    private partial void LogNotWritten(Lwm2mPath path, EntityId device, string reason);
}
