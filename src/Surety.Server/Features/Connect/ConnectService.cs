using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Notifications;
using Surety.Server.Storage;

namespace Surety.Server.Features.Connect;

/// <summary>What the REST API of this feature does.</summary>
internal sealed partial class ConnectService(
    DeviceGateway gateway,
    ObjectDefinitions definitions,
    DeviceRequests requests,
    SubscriptionService subscriptions,
    AuditJournal audit,
    ValueCache cache,
    IPeerEndpoints peers,
    SuretyDbFactory databases,
    EntityIdGenerator ids,
    TimeProvider time)
{
    private static readonly TimeSpan DefaultExpiry = TimeSpan.FromHours(2);
    private static readonly TimeSpan QueueModeExpiry = TimeSpan.FromDays(3);
    private const int QueueModeRetries = 2;

    /// <exception cref="ApiException">400 or 404.</exception>
    public async Task RequestAsync(
        Caller caller, string device, string? asyncId, int? retry, int? expirySeconds, DeviceRequestBody body, CancellationToken cancellationToken)
    {
        if (asyncId is null || !AsyncIdPattern().IsMatch(asyncId))
            throw ConnectErrors.MalformedAsyncId();
        var request = body.ToRequest();
        var registration = await FindAsync(caller, device, StatusCodes.Status400BadRequest, cancellationToken);
        // Pelion's SDKs name no type for the value of a resource, and a device that is asked to write needs one.
        if (request is { ContentFormat: null, Payload.IsEmpty: false } && (request.Path.IsResource || request.Path.IsResourceInstance))
            request = request with { ContentFormat = definitions.IsOpaque(registration, request.Path) ? ContentFormat.OctetStream : ContentFormat.TextPlain };
        await RecordAsync(caller, registration, asyncId, request, body.Uri!, cancellationToken);
        if (!Add(caller, registration, asyncId, request, body.Uri!, retry, expirySeconds))
            throw ConnectErrors.QueueIsFull(StatusCodes.Status400BadRequest);
    }

    /// <exception cref="ApiException">503: another node does not tell its own.</exception>
    public async Task<IReadOnlyList<EndpointInfo>> ListEndpointsAsync(Caller caller, string? type, CancellationToken cancellationToken) =>
        [.. ListHere(caller.AccountId, type).Concat(await peers.ListAsync(caller.AccountId, type, cancellationToken)).DistinctBy(e => e.Name).OrderBy(e => e.Name, StringComparer.Ordinal)];

    /// <summary>The devices that are registered at this node, in no order.</summary>
    public IEnumerable<EndpointInfo> ListHere(EntityId account, string? type)
    {
        var tenant = account.ToTenantId();
        return gateway.Server.Registrations.ToArray()
            .Where(r => r.Tenant == tenant && (string.IsNullOrEmpty(type) || r.EndpointType == type))
            .Select(r => new EndpointInfo(r.Device.ToString(), r.EndpointType, "ACTIVE", r.QueueMode));
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<IReadOnlyList<ResourceInfo>> ListResourcesAsync(Caller caller, string device, CancellationToken cancellationToken)
    {
        var registration = await FindAsync(caller, device, StatusCodes.Status404NotFound, cancellationToken);
        return [.. RegisteredLink.Read(registration.ObjectList.Span, registration.Links.RootPath)
            .Select(link => new ResourceInfo(link.Path, link.IsObservable, link.ResourceTypes, MediaTypes.NamesOf(link.ContentFormats)))];
    }

    /// <exception cref="ApiException">400, 404, 429 or 502.</exception>
    public async Task<IResult> ReadAsync(Caller caller, string device, string path, bool cacheOnly, bool noResponse, HttpRequest http)
    {
        var (registration, parsed) = await FindAsync(caller, device, path, http.HttpContext.RequestAborted);
        var accept = ReadAccept(http);
        var id = registration.Device.ToEntityId();
        if (FindFresh(id, parsed, accept) is { } known)
            return Value(http.HttpContext.Response, known);
        if (cacheOnly)
            return Results.StatusCode(StatusCodes.Status205ResetContent);
        return await SubmitAsync(caller, registration, new DeviceRequest(CoapCode.Get, parsed) { Accept = accept, Queries = Queries(http) }, noResponse, http.HttpContext.RequestAborted);
    }

    /// <exception cref="ApiException">400, 404, 409, 413, 415, 429 or 502.</exception>
    public async Task<IResult> ChangeAsync(Caller caller, CoapCode method, string device, string path, bool noResponse, HttpRequest http)
    {
        var (registration, parsed) = await FindAsync(caller, device, path, http.HttpContext.RequestAborted);
        var payload = method == CoapCode.Delete ? [] : await ReadBodyAsync(http);
        ContentFormat? format = null;
        if (payload.Length > 0 && !TryReadContentType(http, out format))
            throw ApiException.UnsupportedMediaType(string.Join(", ", MediaTypes.Known));
        var request = new DeviceRequest(method, parsed) { Payload = payload, ContentFormat = format, Accept = ReadAccept(http), Queries = Queries(http) };
        return await SubmitAsync(caller, registration, request, noResponse, http.HttpContext.RequestAborted);
    }

    /// <exception cref="ApiException">400.</exception>
    public async Task SetPresubscriptionsAsync(Caller caller, IReadOnlyList<Presubscription> rules, CancellationToken cancellationToken)
    {
        var errors = new List<ErrorField>();
        if (rules.Count > PresubscriptionRules.MaxRules)
            errors.Add(new ErrorField("", $"at most {PresubscriptionRules.MaxRules} rules"));
        if (rules.SelectMany(r => r?.ResourcePath ?? []).Distinct(StringComparer.Ordinal).Count() > PresubscriptionRules.MaxPaths)
            errors.Add(new ErrorField("resource-path", $"at most {PresubscriptionRules.MaxPaths} different paths"));
        for (var i = 0; i < rules.Count && errors.Count < 10; i++)
            CheckRule(rules[i], $"[{i}]", errors);
        if (errors.Count > 0)
            throw ApiException.Invalid(errors);
        await subscriptions.SetRulesAsync(new PresubscriptionRules(caller.AccountId, caller.ApplicationId, rules), cancellationToken);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<string> ListSubscriptionsAsync(Caller caller, string device, CancellationToken cancellationToken)
    {
        var paths = subscriptions.PathsOf(caller.ApplicationId, await FindIdAsync(caller, device, cancellationToken));
        return paths.Count > 0
            ? string.Join('\n', paths)
            : throw new ApiException(StatusCodes.Status404NotFound, ErrorTypes.NotFound, "There are no subscriptions to this device.");
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task CheckSubscriptionAsync(Caller caller, string device, string path, CancellationToken cancellationToken)
    {
        var parsed = ParsePath(path);
        if (!subscriptions.PathsOf(caller.ApplicationId, await FindIdAsync(caller, device, cancellationToken)).Contains(parsed))
            throw new ApiException(StatusCodes.Status404NotFound, ErrorTypes.NotFound, $"There is no subscription to {parsed} of this device.");
    }

    /// <returns>The id of the outcome to come; null when the values flow already.</returns>
    /// <exception cref="ApiException">400, 404, 429 or 502.</exception>
    public async Task<AsyncId?> SubscribeAsync(Caller caller, string device, string path, CancellationToken cancellationToken)
    {
        var (registration, parsed) = await FindAsync(caller, device, path, cancellationToken);
        var asyncId = ids.Next().ToString();
        var result = await subscriptions.SubscribeAsync((caller.AccountId, caller.ApplicationId), registration, parsed, asyncId);
        if (!result.IsAccepted)
            throw ConnectErrors.QueueIsFull(StatusCodes.Status429TooManyRequests);
        return result.AsyncId is { } pending ? new AsyncId(pending) : null;
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task UnsubscribeAsync(Caller caller, string device, string? path, CancellationToken cancellationToken)
    {
        Lwm2mPath? parsed = path is null ? null : ParsePath(path);
        var id = await FindIdAsync(caller, device, cancellationToken);
        await subscriptions.UnsubscribeAsync((caller.AccountId, caller.ApplicationId), id, parsed);
    }

    private static void CheckRule(Presubscription? rule, string name, List<ErrorField> errors)
    {
        if (rule is null)
        {
            errors.Add(new ErrorField(name, "must be an object"));
            return;
        }

        if (rule.EndpointName is { Length: > 64 })
            errors.Add(new ErrorField($"{name}.endpoint-name", "must have at most 64 characters"));
        if (rule.EndpointType is { Length: > 64 })
            errors.Add(new ErrorField($"{name}.endpoint-type", "must have at most 64 characters"));
        if (rule.ResourcePath is { Count: 0 })
            errors.Add(new ErrorField($"{name}.resource-path", "must have at least one path, or be left out"));
        foreach (var path in rule.ResourcePath ?? [])
        {
            if (path is null || path.Length > PresubscriptionRules.MaxPathLength || !(path.EndsWith('*') || Lwm2mPath.TryParse(path, out _)))
                errors.Add(new ErrorField($"{name}.resource-path", "must be paths of LwM2M, such as /3303/0/5700, or end in *"));
        }
    }

    /// <summary>What was read or reported last.</summary>
    private CachedValue? FindFresh(EntityId device, Lwm2mPath path, ContentFormat? accept)
    {
        cache.TryGet(device, path, accept, out var read);
        var reported = subscriptions.FindFresh(device, path);
        if (reported is null || (accept is not null && reported.Format != accept))
            return read;
        return read is null || read.ReceivedAt < reported.ReceivedAt ? reported : read;
    }

    private async Task<IResult> SubmitAsync(Caller caller, Registration registration, DeviceRequest request, bool noResponse, CancellationToken cancellationToken)
    {
        DeviceRequestBody.CheckQueries(request.Queries);
        var asyncId = ids.Next().ToString();
        var uri = request.Queries.Count == 0 ? request.Path.ToString() : $"{request.Path}?{string.Join('&', request.Queries)}";
        if (noResponse)
        {
            // A device that sleeps cannot be sent to without waiting, and TCP has no messages without acknowledgement.
            if (registration.QueueMode || registration.Peer.Endpoint.IsReliable)
            {
                throw new ApiException(
                    StatusCodes.Status409Conflict, ErrorTypes.Duplicate, "noResp is not possible: the device is in queue mode, or connected over TCP.");
            }

            await RecordAsync(caller, registration, asyncId, request, uri, cancellationToken);
            requests.SendWithoutResponse(registration, request);
            return Results.NoContent();
        }

        await RecordAsync(caller, registration, asyncId, request, uri, cancellationToken);
        return Add(caller, registration, asyncId, request, uri, null, null)
            ? Results.Json(new AsyncId(asyncId), statusCode: StatusCodes.Status202Accepted)
            : throw ConnectErrors.QueueIsFull(StatusCodes.Status429TooManyRequests);
    }

    // Before the device is asked: what is not in the log has not happened.
    private Task RecordAsync(Caller caller, Registration registration, string asyncId, DeviceRequest request, string uri, CancellationToken cancellationToken) =>
        DeviceRequestAudit.Of(caller.AccountId, registration.Device.ToEntityId(), registration.Endpoint, asyncId, request, uri) is { } line
            ? audit.WriteAsync(line, cancellationToken)
            : Task.CompletedTask;

    private bool Add(Caller caller, Registration registration, string asyncId, DeviceRequest request, string uri, int? retry, int? expirySeconds)
    {
        var expiry = expirySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : registration.QueueMode ? QueueModeExpiry : DefaultExpiry;
        return requests.TryAdd(
            caller.AccountId, caller.ApplicationId, registration.Device.ToEntityId(), asyncId, request, uri, retry ?? (registration.QueueMode ? QueueModeRetries : 0), expiry);
    }

    private async Task<(Registration Registration, Lwm2mPath Path)> FindAsync(Caller caller, string device, string path, CancellationToken cancellationToken)
    {
        var parsed = ParsePath(path);
        return (await FindAsync(caller, device, StatusCodes.Status502BadGateway, cancellationToken), parsed);
    }

    private async Task<Registration> FindAsync(Caller caller, string device, int statusWhenNotConnected, CancellationToken cancellationToken)
    {
        if (EntityId.TryParse(device, out var id) && gateway.Server.Registrations.TryGet(id.ToDeviceId(), out var registration)
            && registration.Tenant == caller.AccountId.ToTenantId())
            return registration;
        throw ConnectErrors.NotConnected(statusWhenNotConnected, await FindIdAsync(caller, device, cancellationToken));
    }

    private async Task<EntityId> FindIdAsync(Caller caller, string device, CancellationToken cancellationToken)
    {
        if (EntityId.TryParse(device, out var id))
        {
            await using var db = databases.Open(caller.AccountId);
            if (await db.Devices.AnyAsync(d => d.Id == id, cancellationToken))
                return id;
        }

        throw ConnectErrors.DeviceNotFound(device);
    }

    private static Lwm2mPath ParsePath(string path) =>
        Lwm2mPath.TryParse("/" + path.Trim('/'), out var parsed) && !parsed.IsRoot ? parsed : throw ConnectErrors.NoSuchPath(path);

    private static string[] Queries(HttpRequest http) =>
        [.. http.Query.Where(q => q.Key is not ("cacheOnly" or "noResp")).Select(q => string.IsNullOrEmpty(q.Value) ? q.Key : $"{q.Key}={q.Value}")];

    // Clients that take any answer name application/json, which is what a 202 has; no LwM2M device has values of that type.
    private static ContentFormat? ReadAccept(HttpRequest http) =>
        MediaTypes.TryParse(http.Headers.Accept.ToString().Split(',')[0], out var format) && format != ContentFormat.Json ? format : null;

    private static bool TryReadContentType(HttpRequest http, out ContentFormat? format)
    {
        format = null;
        if (string.IsNullOrEmpty(http.ContentType))
            return true;
        if (!MediaTypes.TryParse(http.ContentType, out var parsed))
            return false;
        format = parsed;
        return true;
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest http)
    {
        if (http.ContentLength > DeviceRequestBody.MaxPayload)
            throw ApiException.TooLarge(DeviceRequestBody.MaxPayload);
        using var body = new MemoryStream();
        await http.Body.CopyToAsync(body, http.HttpContext.RequestAborted);
        return body.Length <= DeviceRequestBody.MaxPayload ? body.ToArray() : throw ApiException.TooLarge(DeviceRequestBody.MaxPayload);
    }

    private IResult Value(HttpResponse response, CachedValue value)
    {
        response.Headers.CacheControl = $"max-age={value.SecondsLeft(time.GetUtcNow())}";
        return Results.Bytes(value.Payload.ToArray(), MediaTypes.NameOf(value.Format ?? ContentFormat.TextPlain));
    }

    [GeneratedRegex(@"^[\w\-]{1,40}\z", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex AsyncIdPattern();
}
