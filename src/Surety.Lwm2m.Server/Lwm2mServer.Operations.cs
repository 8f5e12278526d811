using System.Buffers.Binary;
using System.Security.Cryptography;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

public sealed partial class Lwm2mServer
{
    /// <summary>The longest payload that goes to a device in one message, bytes; a longer one goes in blocks.</summary>
    private const int MaxInline = 1024;

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
    /// <param name="accept">The Content-Format wanted.</param>
    /// <param name="queries">Attributes that go with the observation, <c>pmin=10</c> for instance (LwM2M 1.2).</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The device's answer; and the observation, null when the device does not observe that.</returns>
    /// <exception cref="CoapExchangeException">The device did not answer.</exception>
    public Task<ObserveResult> ObserveAsync(
        Registration registration, Lwm2mPath path, ContentFormat? accept = null, IReadOnlyList<string>? queries = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var observation = new Observation(registration, CreateToken(), path, null, accept);
        return ObserveAsync(observation, new DeviceRequest(CoapCode.Get, path) { Accept = accept, Queries = queries ?? [] }, cancellationToken);
    }

    /// <summary>Observes several paths with one observation (Observe-Composite, LwM2M Core 6.4.4).</summary>
    /// <exception cref="CoapExchangeException">The device did not answer.</exception>
    public Task<ObserveResult> ObserveCompositeAsync(
        Registration registration, IReadOnlyList<Lwm2mPath> paths, ContentFormat format, IReadOnlyList<string>? queries = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var observation = new Observation(registration, CreateToken(), Lwm2mPath.Root, paths, format);
        DeviceRequest request = DeviceRequest.ReadComposite(paths, format, registration) with { Queries = queries ?? [] };
        return ObserveAsync(observation, request, cancellationToken);
    }

    /// <summary>Ends an observation by telling the device: the same request with Observe 1 (LwM2M Core 6.4.3, 6.4.5).</summary>
    /// <returns>What the device answered: the present state.</returns>
    /// <exception cref="CoapExchangeException">The device did not answer. The observation has ended for us: its next notification gets a Reset.</exception>
    public async Task<DeviceResponse> CancelAsync(Observation observation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(observation);
        Forget(observation);
        DeviceRequest request = observation.Paths is { } paths
            ? DeviceRequest.ReadComposite(paths, observation.Accept ?? ContentFormat.SenmlCbor, observation.Registration)
            : new DeviceRequest(CoapCode.Get, observation.Path) { Accept = observation.Accept };
        (DeviceResponse response, _) = await ExchangeAsync(observation.Registration, request, 1, new CoapToken(observation.Token), cancellationToken).ConfigureAwait(false);
        return response;
    }

    /// <summary>Ends an observation without a message: the next notification gets a Reset, which tells the device (LwM2M Core 6.4.3).</summary>
    public void Forget(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (!Registrations.TryRemove(observation))
            return;
        _events.OnObservationEnded(observation);
        Commit();
    }

    private async Task<ObserveResult> ObserveAsync(Observation observation, DeviceRequest request, CancellationToken cancellationToken)
    {
        // Before the request leaves: a notification may overtake the response.
        if (!Registrations.TryAdd(observation))
            throw new CoapExchangeException(ExchangeFailure.Unreachable, "The device's registration has ended.");
        DeviceResponse response;
        uint? sequence;
        try
        {
            (response, sequence) = await ExchangeAsync(observation.Registration, request, 0, new CoapToken(observation.Token), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Registrations.TryRemove(observation);
            throw;
        }

        observation.Registration.Touch(Now);
        if (!response.IsSuccess || sequence is not { } first)
        {
            Registrations.TryRemove(observation);
            return new ObserveResult(response, null);
        }

        observation.Order.TryAdvance(first, Now);
        Registrations.Keep(observation);
        Registrations.Flush();
        return new ObserveResult(response, observation);
    }

    private static async ValueTask<(DeviceResponse Response, uint? Observe)> ExchangeAsync(
        Registration registration, DeviceRequest request, uint? observe, CoapToken? token, CancellationToken cancellationToken)
    {
        if (!registration.IsActive || registration.RestoredScheme is not null)
            throw new CoapExchangeException(ExchangeFailure.Unreachable, "The device is not registered, or not back yet after a restart.");
        CoapResponse whole;
        if (request.Payload.Length > MaxInline)
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

    private static ulong CreateToken()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
