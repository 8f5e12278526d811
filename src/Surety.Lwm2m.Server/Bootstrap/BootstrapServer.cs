using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// The LwM2M Bootstrap-Server over any number of endpoints (LwM2M Core 6.1; as CoAP: Transport 6.4.2), for LwM2M 1.0 to 1.2: give it to them as their
/// handler. What a device gets is the policy's business; this carries it out.
/// </summary>
public sealed partial class BootstrapServer : ICoapHandler, IDisposable
{
    // RFC 7252, 5.9.3.4: when the device is to try again, seconds.
    private const uint RetryAfter = 30;

    private readonly BootstrapServerOptions _options;
    private readonly IBootstrapPolicy _policy;
    private readonly IBootstrapEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    // Of each peer, the request that is being decided on.
    private readonly ConcurrentDictionary<CoapPeer, CancellationTokenSource> _deciding = new();
    private readonly ConcurrentDictionary<string, BootstrapSession> _sessions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private int _count;

    /// <summary>A server.</summary>
    /// <param name="options">How it works.</param>
    /// <param name="policy">Decides what devices get.</param>
    /// <param name="events">Is told what happens.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For failures.</param>
    public BootstrapServer(BootstrapServerOptions options, IBootstrapPolicy policy, IBootstrapEvents events, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(events);
        _options = options;
        _policy = policy;
        _events = events;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
    }

    /// <summary>The bootstraps that run.</summary>
    public IReadOnlyCollection<BootstrapSession> Sessions => [.. _sessions.Values];

    /// <inheritdoc/>
    public void OnRequest(ref IncomingRequest request)
    {
        if (request.PathIs("bs"u8))
            OnBootstrapRequest(ref request);
        else if (request.PathIs("bspack"u8))
            OnPackRequest(ref request);
        else if (_options.Fallback is { } fallback)
            fallback.OnRequest(ref request);
        else
            request.RespondError(CoapCode.NotFound, "no such resource; devices bootstrap at /bs"u8);
    }

    /// <inheritdoc/>
    public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => _options.Fallback?.OnNotification(peer, notification) ?? false;

    /// <inheritdoc/>
    public BodyReceiver? OpenBody(ref IncomingRequest request) => IsOurs(request) ? null : _options.Fallback?.OpenBody(ref request);

    /// <inheritdoc/>
    public bool? IsConditionMet(in IncomingRequest request) => IsOurs(request) ? null : _options.Fallback?.IsConditionMet(request);

    /// <inheritdoc/>
    public void OnReset(in CoapPeer peer, ushort messageId) => _options.Fallback?.OnReset(peer, messageId);

    /// <inheritdoc/>
    public void Commit() => _options.Fallback?.Commit();

    /// <inheritdoc/>
    public void OnPeerReleased(in CoapPeer peer, ConnectionRelease release) => _options.Fallback?.OnPeerReleased(peer, release);

    /// <inheritdoc/>
    public void OnPeerClosed(in CoapPeer peer)
    {
        CancelDecision(peer);
        AbortSessionsOf(peer, "the device's connection has ended");
        _options.Fallback?.OnPeerClosed(peer);
    }

    /// <summary>Ends what runs.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        foreach (BootstrapSession session in _sessions.Values)
            session.Abort("the server stops");
    }

    private static bool IsOurs(in IncomingRequest request) => request.PathIs("bs"u8) || request.PathIs("bspack"u8);

    private void OnBootstrapRequest(ref IncomingRequest request)
    {
        if (request.Method != CoapCode.Post)
        {
            request.RespondError(CoapCode.MethodNotAllowed, "devices bootstrap with POST"u8);
            return;
        }

        if (!BootstrapQueries.TryRead(request, isPack: false, out BootstrapRequest? wanted, out CoapCode refusal, out string? reason))
        {
            LogMalformed(request.Peer, reason);
            request.RespondError(refusal, reason);
            return;
        }

        // Whoever asks anew has given up what came of the last time.
        CancelDecision(request.Peer);
        AbortSessionsOf(request.Peer, "the device has asked again");
        if (Interlocked.Increment(ref _count) > _options.MaxSessions)
        {
            Interlocked.Decrement(ref _count);
            LogTooMany(_options.MaxSessions);
            request.Respond(Unavailable("too many devices bootstrap at once; try again later"));
            return;
        }

        _ = BootstrapAsync(wanted, request.Defer());
    }

    private void OnPackRequest(ref IncomingRequest request)
    {
        if (request.Method != CoapCode.Get)
        {
            request.RespondError(CoapCode.MethodNotAllowed, "packs are asked for with GET"u8);
            return;
        }

        if (!BootstrapQueries.TryRead(request, isPack: true, out BootstrapRequest? wanted, out CoapCode refusal, out string? reason))
        {
            LogMalformed(request.Peer, reason);
            request.RespondError(refusal, reason);
            return;
        }

        _ = SendPackAsync(wanted, request.Defer());
    }

    /// <summary>From the request to the end.</summary>
    private async Task BootstrapAsync(BootstrapRequest request, DeferredResponse deferred)
    {
        try
        {
            if (await DecideAsync(request, deferred).ConfigureAwait(false) is not { } session)
                return;
            // Core TS 1.2.2, 6.1.3.3: the answer goes before anything else.
            deferred.Complete(new CoapResponse(CoapCode.Changed));
            await RunAsync(session).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogDecisionFailed(e, request.Peer);
            deferred.Complete(Unavailable("the bootstrap server cannot decide; try again later"));
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private async Task<BootstrapSession?> DecideAsync(BootstrapRequest request, DeferredResponse deferred)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        // A request that came meanwhile is the one that counts.
        _deciding.AddOrUpdate(request.Peer, cancellation, (_, earlier) => { TryCancel(earlier); return cancellation; });
        try
        {
            BootstrapDecision decision = await _policy.DecideAsync(request, cancellation.Token).ConfigureAwait(false);
            cancellation.Token.ThrowIfCancellationRequested();
            if (decision is BootstrapDecision.Accepted accepted)
                return Begin(request, accepted.Plan);
            var refused = (BootstrapDecision.Refused)decision;
            LogRefused(request.Peer, request.EndpointName, refused.Reason);
            deferred.Complete(CoapResponse.Error(refused.Code, refused.Reason));
            Tell(request.Peer, () => _events.OnRefused(request, refused.Code, refused.Reason));
            return null;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            deferred.Complete(Unavailable("the device has asked again meanwhile"));
            return null;
        }
        finally
        {
            _deciding.TryRemove(new(request.Peer, cancellation));
        }
    }

    private BootstrapSession Begin(BootstrapRequest request, BootstrapPlan plan)
    {
        string device = plan.Device ?? request.EndpointName ?? (request.Peer.Identity.IsAuthenticated ? request.Peer.Identity.ToString()! : request.Peer.ToString());
        var session = new BootstrapSession(request, plan, device, _time.GetUtcNow());
        _sessions.AddOrUpdate(device, session, (_, earlier) => { earlier.Abort("the device has asked again"); return session; });
        return session;
    }

    private async Task SendPackAsync(BootstrapRequest request, DeferredResponse deferred)
    {
        try
        {
            BootstrapPackDecision decision = await _policy.DecidePackAsync(request, _stopping.Token).ConfigureAwait(false);
            if (decision is BootstrapPackDecision.Refused refused)
            {
                LogRefused(request.Peer, request.EndpointName, refused.Reason);
                deferred.Complete(CoapResponse.Error(refused.Code, refused.Reason));
                Tell(request.Peer, () => _events.OnRefused(request, refused.Code, refused.Reason));
                return;
            }

            IReadOnlyList<ResourceEntry> entries = ((BootstrapPackDecision.Delivered)decision).Entries;
            ContentFormat format = request.PreferredContentFormat!.Value;
            ReadOnlyMemory<byte> pack = BootstrapDialogue.Encode(format, Lwm2mPath.Root, entries, _time.GetUtcNow(), out string? reason)
                ?? throw new InvalidOperationException($"A pack cannot be encoded: {reason}");
            deferred.Complete(new CoapResponse(CoapCode.Content, format, pack));
            Tell(request.Peer, () => _events.OnPackSent(request, entries));
        }
        catch (Exception e)
        {
            LogDecisionFailed(e, request.Peer);
            deferred.Complete(Unavailable("the bootstrap server cannot decide; try again later"));
        }
    }

    private void CancelDecision(in CoapPeer peer)
    {
        if (_deciding.TryGetValue(peer, out CancellationTokenSource? cancellation))
            TryCancel(cancellation);
    }

    private static void TryCancel(CancellationTokenSource cancellation)
    {
        try
        {
            cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just been decided.
        }
    }

    private static CoapResponse Unavailable(string reason)
    {
        CoapResponse response = CoapResponse.Error(CoapCode.ServiceUnavailable, reason);
        response.Options.Add(CoapOptionNumber.MaxAge, RetryAfter);
        return response;
    }
}
