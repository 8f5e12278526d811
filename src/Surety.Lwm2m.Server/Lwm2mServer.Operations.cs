using Surety.Coap;

namespace Surety.Lwm2m.Server;

public sealed partial class Lwm2mServer
{
    /// <summary>Performs an operation on a device, at once: whether the device listens is the caller's business (<see cref="IsAwake"/>, <see cref="DeviceRequestQueue"/>).</summary>
    /// <returns>What the device answered, success or not.</returns>
    /// <exception cref="CoapExchangeException">The device did not answer.</exception>
    public async Task<DeviceResponse> SendAsync(Registration registration, DeviceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(request);
        (DeviceResponse response, _) = await ExchangeAsync(registration, request, null, null, cancellationToken).ConfigureAwait(false);
        registration.Touch(Now);
        return response;
    }

    /// <summary>Observes an object, instance, resource or resource instance (LwM2M Core 6.4.1).</summary>
    /// <param name="registration">The device.</param>
    /// <param name="path">What to observe.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The device's answer; and the observation, null when the device does not observe that.</returns>
    /// <exception cref="CoapExchangeException">The device did not answer.</exception>
    public Task<ObserveResult> ObserveAsync(Registration registration, Lwm2mPath path, ObserveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        options ??= new();
        return ObserveAsync(new Observation(registration, RandomNumbers.NextUInt64(), path) { Accept = options.Accept, Queries = options.Queries, Tag = options.Tag }, cancellationToken);
    }

    /// <summary>Observes several paths with one observation (Observe-Composite, LwM2M Core 6.4.4).</summary>
    /// <param name="registration">The device.</param>
    /// <param name="paths">What to observe.</param>
    /// <param name="format">The format of the list of paths: SenML or SenML-ETCH. Without another in the options, answers come in SenML of the same encoding.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <exception cref="CoapExchangeException">The device did not answer.</exception>
    public Task<ObserveResult> ObserveCompositeAsync(
        Registration registration, IReadOnlyList<Lwm2mPath> paths, ContentFormat format, ObserveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(paths);
        options ??= new();
        var observation = new Observation(registration, RandomNumbers.NextUInt64(), Lwm2mPath.Root)
        {
            Paths = [.. paths],
            PathsFormat = format,
            Accept = options.Accept ?? DeviceRequest.AnswerFormat(format),
            Queries = options.Queries,
            Tag = options.Tag,
        };
        return ObserveAsync(observation, cancellationToken);
    }

    /// <summary>Ends an observation by telling the device: the same request with Observe 1 (LwM2M Core 6.4.3, 6.4.5).</summary>
    /// <returns>What the device answered: the present state.</returns>
    /// <exception cref="CoapExchangeException">The device did not answer. The observation has ended for us: its next notification gets a Reset.</exception>
    public async Task<DeviceResponse> CancelAsync(Observation observation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(observation);
        End(observation);
        return await SendCancelAsync(observation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends an observation without a message: the next notification gets a Reset, which tells the device (LwM2M Core 6.4.3). Over a reliable
    /// transport, which has no Reset, the device is told (RFC 8323, 7.4), and nobody waits for its answer.
    /// </summary>
    public void Forget(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (End(observation) && !observation.IsReported && observation.Registration is { IsActive: true, RestoredScheme: null, Peer: { Endpoint.IsReliable: true } peer } && peer.Endpoint.IsReachable(peer.Key))
            _ = CancelQuietlyAsync(observation);
    }

    private bool End(Observation observation)
    {
        if (!Registrations.TryRemove(observation))
            return false;
        _events.OnObservationEnded(observation);
        Commit();
        return true;
    }

    private async Task<DeviceResponse> SendCancelAsync(Observation observation, CancellationToken cancellationToken)
    {
        // What the device reports by itself it goes on to report: it is only asked for the present state.
        bool isReported = observation.IsReported;
        (DeviceResponse response, _) = await ExchangeAsync(
            observation.Registration, observation.ToRequest(), isReported ? null : 1, isReported ? null : new CoapToken(observation.Token), cancellationToken).ConfigureAwait(false);
        observation.Registration.Touch(Now);
        return response;
    }

    private async Task CancelQuietlyAsync(Observation observation)
    {
        try
        {
            await SendCancelAsync(observation, default).ConfigureAwait(false);
        }
        catch (CoapExchangeException)
        {
            // The connection has gone, and the observation with it.
        }
    }

    private async Task<ObserveResult> ObserveAsync(Observation observation, CancellationToken cancellationToken)
    {
        // Before the request leaves: a notification may overtake the response.
        if (!Registrations.TryAdd(observation))
            throw Ended();
        try
        {
            // What the device reports by itself needs no request to begin, and must not get one: its reports would come under that token then.
            bool isReported = observation.IsReported;
            (DeviceResponse response, uint? sequence) = await ExchangeAsync(
                observation.Registration, observation.ToRequest(), isReported ? null : 0, isReported ? null : new CoapToken(observation.Token), cancellationToken).ConfigureAwait(false);
            observation.Registration.Touch(Now);
            if (!response.IsSuccess || (sequence is null && !isReported))
            {
                Registrations.TryRemove(observation);
                return new ObserveResult(response, null);
            }

            if (sequence is { } first)
                observation.TryAdvance(first, Now);
            if (!Registrations.TryKeep(observation))
                throw Ended();
            Registrations.Flush();
            return new ObserveResult(response, observation);
        }
        catch
        {
            // What the device then sends gets a Reset.
            Registrations.TryRemove(observation);
            throw;
        }
    }

    private static CoapExchangeException Ended() => new(ExchangeFailure.Unreachable, "The device's registration has ended.");

    private static async ValueTask<(DeviceResponse Response, uint? Observe)> ExchangeAsync(
        Registration registration, DeviceRequest request, uint? observe, CoapToken? token, CancellationToken cancellationToken)
    {
        if (!registration.IsActive || registration.RestoredScheme is not null)
            throw new CoapExchangeException(ExchangeFailure.Unreachable, "The device is not registered, or not back yet after a restart.");
        CoapResponse whole;
        if (request.Payload.Length > registration.Peer.GetInlineBody())
        {
            whole = await registration.Peer.SendAsync(request.ToCoap(registration, observe, token), cancellationToken).ConfigureAwait(false);
            return (DeviceResponse.From(whole), whole.Observe);
        }

        var exchange = new DeviceExchange(registration, request, observe) { IsConfirmable = request.Confirmable, Token = token };
        await exchange.SendAsync(cancellationToken).ConfigureAwait(false);
        if (exchange.Response is { } response)
            return (response, exchange.Observe);
        whole = await registration.Peer.ContinueAsync(request.ToCoap(registration, observe, token), exchange.Unfinished!, cancellationToken).ConfigureAwait(false);
        return (DeviceResponse.From(whole), whole.Observe);
    }
}
