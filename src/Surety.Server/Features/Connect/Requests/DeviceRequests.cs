using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Echo;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Features.Connect;

/// <summary>
/// The requests of applications to devices: kept until they are answered, delivered in order and one at a time when the device listens.
/// (connect, "Device requests: queueing".)
/// </summary>
internal sealed partial class DeviceRequests(
    DeviceRequestLog requestLog, AuditJournal audit, NotificationHub hub, ValueCache cache, EchoJournal echoes, EntityIdGenerator ids, TimeProvider time, ILogger<DeviceRequests> log)
{
    private Lwm2mServer? _server;
    private DeviceRequestQueue? _queue;

    /// <summary>Is told when a device was asked to change something at a path, or may have been.</summary>
    public Action<EntityId, Lwm2mPath>? Changed { get; set; }

    /// <summary>Is told when a request was taken for a device that has just gone to another node.</summary>
    public Action<EntityId>? Stranded { get; set; }

    /// <summary>The devices that there are open requests for.</summary>
    public IReadOnlyList<EntityId> Devices => requestLog.Devices;

    /// <summary>Takes server and queue, and goes on with what was open before the restart.</summary>
    public void Attach(Lwm2mServer server, DeviceRequestQueue queue)
    {
        _server = server;
        _queue = queue;
        foreach (var (record, isAttempted) in requestLog.Open)
        {
            if (!TryRead(record, out var request))
            {
                requestLog.Remove(record.Id);
                continue;
            }

            // Whether the device has done it is not known, and doing it twice may be worse than not at all.
            if (isAttempted || !TryEnqueue(record, request, AuditActor.Platform))
                Complete(record, AuditActor.Platform, QueueOutcome.Failed(isAttempted ? QueueFailure.Timeout : QueueFailure.NotConnected));
        }
    }

    /// <summary>Adds an operation of the platform's own, which is not kept over a restart.</summary>
    public bool TryEnqueue(QueuedRequest request) => _queue!.TryEnqueue(request);

    /// <summary>Takes a request; the answer goes to the application's channel.</summary>
    /// <returns>False when too many wait for the device.</returns>
    public bool TryAdd(EntityId account, EntityId application, EntityId device, string asyncId, DeviceRequest request, string uri, int retries, TimeSpan expiry)
    {
        hub.EnsureChannel(account, application);
        var record = new DeviceRequestRecord(
            ids.Next(), account, application, device, asyncId, MethodName(request.Method), uri, request.Accept?.Value, request.ContentFormat?.Value,
            request.Payload.IsEmpty ? null : request.Payload.ToArray(), retries, time.GetUtcNow() + expiry, DeviceRequestTrace.Parent, DeviceRequestTrace.State);
        requestLog.Add(record);
        if (IsDesire(request))
            echoes.Desire(account, device, request.Path, request.ContentFormat, request.Payload);
        if (!TryEnqueue(record, request, AuditScope.Actor))
        {
            if (IsDesire(request))
                echoes.Complete(account, device, request.Path, request.Payload, isDone: false);
            requestLog.Remove(record.Id);
            return false;
        }

        if (Stranded is { } stranded && !_server!.Registrations.TryGet(device.ToDeviceId(), out _))
            stranded(device);
        return true;
    }

    /// <summary>The open requests of a device that another node may go on with; what it may have done already is answered.</summary>
    public IReadOnlyList<DeviceRequestRecord> FindMovable(EntityId device)
    {
        var movable = new List<DeviceRequestRecord>();
        foreach (var (record, isAttempted) in requestLog.OpenOf(device))
        {
            if (isAttempted)
                Complete(record, AuditActor.Platform, QueueOutcome.Failed(QueueFailure.Timeout));
            else
                movable.Add(record);
        }

        return movable;
    }

    /// <summary>Another node has taken these over, durably.</summary>
    public void Forget(EntityId device, IEnumerable<DeviceRequestRecord> records)
    {
        _queue!.Release(device.ToDeviceId());
        foreach (var record in records)
            requestLog.Remove(record.Id);
    }

    /// <summary>Goes on with requests that another node has taken; what is here already is not taken twice. They are durable when this returns.</summary>
    public void TakeOver(IReadOnlyList<DeviceRequestRecord> records)
    {
        foreach (var record in records)
        {
            if (requestLog.IsOpen(record.Id) || !TryRead(record, out var request))
                continue;
            requestLog.Add(record);
            if (!TryEnqueue(record, request, AuditActor.Platform))
                Complete(record, AuditActor.Platform, QueueOutcome.Failed(QueueFailure.NotConnected));
        }
    }

    /// <summary>Sends a request now, without waiting for an answer. (connect, noResp.)</summary>
    public void SendWithoutResponse(Registration registration, DeviceRequest request) => _ = SendQuietlyAsync(registration, request with { Confirmable = false });

    /// <summary>The method of a name; false for a name that is none.</summary>
    public static bool TryParseMethod(string name, out CoapCode method)
    {
        method = name.ToUpperInvariant() switch
        {
            "GET" => CoapCode.Get,
            "PUT" => CoapCode.Put,
            "POST" => CoapCode.Post,
            "DELETE" => CoapCode.Delete,
            "FETCH" => CoapCode.Fetch,
            "IPATCH" => CoapCode.IPatch,
            _ => CoapCode.Empty,
        };
        return !method.IsEmpty;
    }

    /// <summary>Splits <c>/5/0/1?pmin=10&amp;pmax=60</c>.</summary>
    public static bool TryParseUri(string uri, out Lwm2mPath path, out string[] queries)
    {
        var question = uri.IndexOf('?', StringComparison.Ordinal);
        queries = question < 0 ? [] : uri[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries);
        var text = question < 0 ? uri : uri[..question];
        return Lwm2mPath.TryParse(text.StartsWith('/') ? text : "/" + text, out path);
    }

    /// <summary>The name of a method.</summary>
    public static string MethodName(CoapCode method) => method switch
    {
        _ when method == CoapCode.Get => "GET",
        _ when method == CoapCode.Put => "PUT",
        _ when method == CoapCode.Post => "POST",
        _ when method == CoapCode.Delete => "DELETE",
        _ when method == CoapCode.Fetch => "FETCH",
        _ => "IPATCH",
    };

    /// <summary>Something was written, or may have been: what is known of the path is old.</summary>
    public void Forget(EntityId device, Lwm2mPath path)
    {
        cache.Invalidate(device, path);
        Changed?.Invoke(device, path);
    }

    /// <summary>A value that a device is to have. What creates, executes and deletes leaves none, and attributes are no values.</summary>
    private static bool IsDesire(DeviceRequest request) =>
        request.Method == CoapCode.Put && request.Queries.Count == 0 && !request.Payload.IsEmpty && request.Path.Level >= 2;

    private static bool TryRead(DeviceRequestRecord record, out DeviceRequest request)
    {
        request = null!;
        if (!TryParseMethod(record.Method, out var method) || !TryParseUri(record.Uri, out var path, out var queries))
            return false;
        request = new DeviceRequest(method, path)
        {
            Queries = queries,
            Accept = record.Accept is { } accept ? new ContentFormat(accept) : null,
            ContentFormat = record.ContentFormat is { } format ? new ContentFormat(format) : null,
            Payload = record.Payload,
        };
        return true;
    }

    private bool TryEnqueue(DeviceRequestRecord record, DeviceRequest request, AuditActor actor) => _queue!.TryEnqueue(
        new QueuedRequest(record.Device.ToDeviceId(), request, (_, outcome) =>
        {
            if (IsDesire(request))
                echoes.Complete(record.Account, record.Device, request.Path, request.Payload, outcome.Response is { IsSuccess: true });
            Complete(record, actor, outcome);
        })
        {
            Retries = record.Retries,
            ExpiresAt = record.ExpiresAt,
            Perform = (registration, cancellationToken) => PerformAsync(record, registration, request, cancellationToken),
        });

    private async Task<DeviceResponse> PerformAsync(DeviceRequestRecord record, Registration registration, DeviceRequest request, CancellationToken cancellationToken)
    {
        if (!request.Method.IsIdempotent)
            requestLog.MarkAttempted(record.Id);
        using var span = DeviceRequestTrace.Begin(record);
        DeviceResponse response;
        try
        {
            response = await _server!.SendAsync(registration, request, cancellationToken);
            DeviceRequestTrace.End(span, response);
        }
        catch (Exception error)
        {
            DeviceRequestTrace.End(span, error);
            throw;
        }
        finally
        {
            // Also when no answer came: the device may have done it.
            if (!request.Method.IsSafe)
                Forget(record.Device, request.Path);
        }

        if (request.Method == CoapCode.Get && request.Queries.Count == 0 && response.IsSuccess)
            cache.Set(record.Device, request.Path, request.Accept, new CachedValue(response.Payload, response.ContentFormat, time.GetUtcNow(), response.MaxAge));
        return response;
    }

    private void Complete(DeviceRequestRecord record, AuditActor actor, QueueOutcome outcome)
    {
        if (DeviceRequestAudit.Of(record, outcome) is { } line)
            audit.Post(line, actor);
        try
        {
            AsyncResponses.Publish(hub, (record.Account, record.Application), record.AsyncId, outcome);
            hub.Commit();
            requestLog.Remove(record.Id);
        }
        catch (IOException e)
        {
            // The request stays in the log, and is answered after the next start.
            LogNotAnswered(e, record.AsyncId);
        }
    }

    private async Task SendQuietlyAsync(Registration registration, DeviceRequest request)
    {
        try
        {
            await _server!.SendAsync(registration, request);
        }
        catch (CoapExchangeException)
        {
            // Nobody wants to know.
        }
    }

    [LoggerMessage(1421, LogLevel.Error, "The answer to device request {AsyncId} could not be kept for its application")]
    private partial void LogNotAnswered(Exception exception, string asyncId);
}
