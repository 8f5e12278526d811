using System.Collections.Concurrent;

namespace Surety.Coap;

/// <summary>
/// The client role over any endpoints: requests, and observations of peers' resources. Give it to the endpoints as their handler; requests
/// of peers go to the handler given here, if there is one.
/// </summary>
/// <param name="handler">Answers requests; null answers each with 4.04.</param>
/// <param name="time">The clock.</param>
public sealed class CoapClient(ICoapHandler? handler = null, TimeProvider? time = null) : ICoapHandler
{
    private const int QueuedNotifications = 1000;

    private readonly ConcurrentDictionary<CoapToken, CoapObservation> _observations = new();
    private readonly MonotonicClock _clock = new(time ?? TimeProvider.System);

    /// <summary>Observes a resource.</summary>
    /// <param name="peer">The server.</param>
    /// <param name="request">A GET or FETCH; Observe and a token are added.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The observation; its first response is the resource's present state. When the server does not add us to the observers, that is the only one.</returns>
    /// <exception cref="CoapExchangeException">No response came.</exception>
    public async Task<CoapObservation> ObserveAsync(CoapPeer peer, CoapRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        CoapToken token = request.Token ?? new CoapToken(RandomNumbers.NextUInt64());
        CoapRequest register = WithObserve(request, 0, token);
        var observation = new CoapObservation(this, peer, register, token, QueuedNotifications);
        _observations[token] = observation;
        try
        {
            CoapResponse first = await peer.SendAsync(register, cancellationToken).ConfigureAwait(false);
            if (observation.TryTake(first, _clock.Now))
                observation.Deliver(first);
            return observation;
        }
        catch
        {
            Forget(observation);
            throw;
        }
    }

    /// <inheritdoc/>
    public void OnRequest(ref IncomingRequest request)
    {
        if (handler is null)
            request.RespondError(CoapCode.NotFound, "this is a client"u8);
        else
            handler.OnRequest(ref request);
    }

    /// <inheritdoc/>
    public BodyReceiver? OpenBody(ref IncomingRequest request) => handler?.OpenBody(ref request);

    /// <inheritdoc/>
    public bool? IsConditionMet(in IncomingRequest request) => handler?.IsConditionMet(request);

    /// <inheritdoc/>
    public bool OnNotification(in CoapPeer peer, in CoapMessage notification)
    {
        if (!_observations.TryGetValue(new CoapToken(notification.Token), out CoapObservation? observation) || observation.Peer != peer)
            return handler?.OnNotification(peer, notification) ?? false;
        CoapResponse response = CoapResponse.Read(notification);
        if (!observation.TryTake(response, _clock.Now))
            return true;
        if (response.Options.Contains(CoapOptionNumber.Block2))
            _ = CompleteAsync(observation, response);
        else
            observation.Deliver(response);
        return true;
    }

    /// <inheritdoc/>
    public void OnReset(in CoapPeer peer, ushort messageId) => handler?.OnReset(peer, messageId);

    /// <inheritdoc/>
    public void Commit() => handler?.Commit();

    /// <inheritdoc/>
    public void OnPeerReleased(in CoapPeer peer, ConnectionRelease release) => handler?.OnPeerReleased(peer, release);

    /// <inheritdoc/>
    public void OnPeerClosed(in CoapPeer peer)
    {
        foreach (CoapObservation observation in _observations.Values)
        {
            if (observation.Peer == peer)
                observation.Fail(new CoapExchangeException(ExchangeFailure.Unreachable, "The connection was closed."));
        }

        handler?.OnPeerClosed(peer);
    }

    internal void Forget(CoapObservation observation) => _observations.TryRemove(new(observation.Token, observation));

    internal async Task<CoapResponse> RegisterAgainAsync(CoapObservation observation, CancellationToken cancellationToken)
    {
        if (!_observations.TryGetValue(observation.Token, out CoapObservation? known) || known != observation)
            throw new InvalidOperationException("The observation has ended.");
        int taken = observation.Taken;
        CoapResponse response = await observation.Peer.SendAsync(observation.Request, cancellationToken).ConfigureAwait(false);
        if (observation.TryTakeAnew(response, taken, _clock.Now))
            observation.Deliver(response);
        return response;
    }

    internal async Task<CoapResponse> CancelAsync(CoapObservation observation, CancellationToken cancellationToken)
    {
        Forget(observation);
        CoapResponse response = await observation.Peer.SendAsync(WithObserve(observation.Request, 1, observation.Token), cancellationToken).ConfigureAwait(false);
        await observation.DisposeAsync().ConfigureAwait(false);
        return response;
    }

    /// <summary>A notification brought the first block; the rest is fetched (RFC 7959, 2.6).</summary>
    private static async Task CompleteAsync(CoapObservation observation, CoapResponse first)
    {
        try
        {
            observation.Deliver(await new BlockwiseExchange(observation.Peer, observation.Request).DownloadAsync(first, default).ConfigureAwait(false));
        }
        catch (CoapExchangeException)
        {
            // This state was missed; the next notification brings a newer one.
        }
    }

    private static CoapRequest WithObserve(CoapRequest request, uint value, CoapToken token) => new(request.Method)
    {
        Options = request.Options.Clone().Set(CoapOptionNumber.Observe, value),
        Payload = request.Payload,
        Confirmable = request.Confirmable,
        Token = token,
        PreferredBlockSize = request.PreferredBlockSize,
        MaxResponseBody = request.MaxResponseBody,
    };
}
