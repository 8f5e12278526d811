using System.Collections.Concurrent;
using System.Text;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

public sealed partial class Lwm2mServer
{
    // Devices that are being looked up; each takes about 1 KB.
    private const int MaxResolving = 65_536;

    // RFC 7252, 5.9.3.4: when the device is to try again, seconds.
    private const uint RetryAfter = 30;

    // What Pelion's client heeds, seconds.
    private const uint ShortestMaxAge = 60;

    // Of each name, the latest Register that waits for its device to be looked up.
    private readonly ConcurrentDictionary<(TenantId, string), RegisterRequest> _resolving = new();
    private int _resolvingCount;

    private void Register(ref IncomingRequest request)
    {
        if (!TryReadParameters(ref request, out RegistrationParameters? parameters))
            return;
        if (parameters.Version is not { } version)
        {
            request.RespondError(CoapCode.PreconditionFailed, "this server speaks LwM2M 1.0, 1.1 and 1.2"u8);
            return;
        }

        Admission admission = _admission.Admit(request.Peer, parameters.EndpointName);
        if (!admission.IsAdmitted)
        {
            LogRefused(request.Peer, parameters.EndpointName, admission.Reason);
            request.RespondError(admission.Refusal, admission.Reason ?? "");
            return;
        }

        if (!TryReadLinks(ref request, admission.Tenant, parameters, version, out SharedLinks? links))
            return;
        var register = new RegisterRequest(request.Peer, admission, parameters, version, links);
        // A device that is registered is known; any other is looked up, which takes longer.
        if (Registrations.TryGet(admission.Tenant, admission.Endpoint, out Registration? known))
        {
            Answer(ref request, Complete(register, DeviceResolution.Accept(known.Device), isDeferred: false));
            return;
        }

        if (Volatile.Read(ref _resolvingCount) >= MaxResolving)
        {
            LogTooManyResolving(MaxResolving);
            request.Respond(Unavailable("too many devices register at once; try again later"));
            return;
        }

        ValueTask<DeviceResolution> resolving = ResolveAsync(register);
        if (resolving.IsCompletedSuccessfully)
            Answer(ref request, Complete(register, resolving.Result, isDeferred: false));
        else
            _ = RegisterLaterAsync(register, resolving, request.Defer());
    }

    private async ValueTask<DeviceResolution> ResolveAsync(RegisterRequest register) =>
        await _admission.ResolveAsync(register.Admission, register.Parameters).ConfigureAwait(false);

    private async Task RegisterLaterAsync(RegisterRequest register, ValueTask<DeviceResolution> resolving, DeferredResponse deferred)
    {
        Outcome outcome = default;
        CoapResponse response;
        Interlocked.Increment(ref _resolvingCount);
        _resolving[register.Name] = register;
        try
        {
            outcome = Complete(register, await resolving.ConfigureAwait(false), isDeferred: true);
            response = outcome.Registration is { } registration ? Created(registration) : CoapResponse.Error(outcome.Refusal, outcome.Reason ?? "");
        }
        catch (Exception e)
        {
            LogResolveFailed(e, register.Admission.Endpoint);
            response = Unavailable("the device directory does not answer; try again later");
        }
        finally
        {
            _resolving.TryRemove(new(register.Name, register));
            Interlocked.Decrement(ref _resolvingCount);
        }

        deferred.Complete(response);
        if (outcome.Registration is not { } registered)
            return;
        // Only now: what waits for the device goes out behind the answer.
        registered.IsAnswered = true;
        try
        {
            _events.OnAwake(registered);
        }
        catch (Exception e)
        {
            LogEventFailed(e, registered.Endpoint);
        }
    }

    /// <summary>Answers in the datagram that will leave first, ahead of what the device now gets to do.</summary>
    private void Answer(ref IncomingRequest request, in Outcome outcome)
    {
        if (outcome.Registration is not { } registration)
        {
            request.RespondError(outcome.Refusal, outcome.Reason ?? "");
            return;
        }

        _events.OnAwake(registration);
        ref CoapMessageWriter response = ref request.Respond(CoapCode.Created);
        response.Option(CoapOptionNumber.LocationPath, "rd"u8);
        if (registration.HasDeviceLocation)
        {
            response.Option(CoapOptionNumber.LocationPath, Encoding.ASCII.GetBytes(registration.Tenant.ToString()));
            response.Option(CoapOptionNumber.LocationPath, Encoding.ASCII.GetBytes(registration.Device.ToString()));
            if (MaxAgeOf(registration) is { } maxAge)
                response.Option(CoapOptionNumber.MaxAge, maxAge);
            return;
        }

        Span<byte> text = stackalloc byte[RegistrationId.TextLength];
        registration.Id.Format(text);
        response.Option(CoapOptionNumber.LocationPath, text);
    }

    /// <summary>Makes the registration; it is acknowledged by the caller, after the commit.</summary>
    private Outcome Complete(RegisterRequest register, in DeviceResolution resolution, bool isDeferred)
    {
        if (!resolution.IsAdmitted)
            return Refuse(register, resolution.Refusal, resolution.Reason);
        lock (OrderOf(register.Admission.Tenant, register.Admission.Endpoint))
        {
            if (isDeferred && (!_resolving.TryGetValue(register.Name, out RegisterRequest? latest) || latest != register))
                return Refuse(register, CoapCode.ServiceUnavailable, "the device has registered again meanwhile");
            _resolving.TryRemove(register.Name, out _);
            if (!register.Peer.Endpoint.IsSecure && (IsSecured(register.Name) || (Registrations.TryGet(resolution.Device, out Registration? other) && other.IsSecure)))
                return Refuse(register, CoapCode.Forbidden, "this device is registered with security");
            Registration registration = Create(register, resolution.Device);
            registration.IsAnswered = !isDeferred;
            var ended = new List<Observation>();
            Registrations.Add(registration, out Registration? replaced, out Registration? renamed, ended);
            foreach (Observation observation in ended)
                _events.OnObservationEnded(observation);
            if (replaced is not null && renamed is not null)
                _events.OnRemoved(renamed, RemovalReason.Replaced);
            _events.OnRegistered(registration, replaced ?? renamed);
            return new Outcome(registration, default, null);
        }
    }

    private Registration Create(RegisterRequest register, DeviceId device)
    {
        RegistrationParameters parameters = register.Parameters;
        long now = Now;
        uint asked = parameters.Lifetime ?? RegistrationParameters.DefaultLifetime, lifetime = LimitLifetime(asked);
        var registration = new Registration(RegistrationId.Create(), device, register.Admission.Tenant, register.Admission.Endpoint, register.Peer)
        {
            Version = register.Version,
            Bindings = parameters.Bindings ?? BindingModes.None,
            QueueMode = parameters.QueueMode,
            Lifetime = lifetime,
            IsLifetimeCut = lifetime != asked,
            HasDeviceLocation = register.Peer.Endpoint.IsSecure && _options.HasDeviceLocation(parameters),
            Shared = register.Links,
            SmsNumber = parameters.SmsNumber,
            EndpointType = parameters.EndpointType,
            RegisteredAt = DateTimeOffset.FromUnixTimeMilliseconds(now),
        };
        registration.Refresh(now);
        return registration;
    }

    private bool IsSecured((TenantId Tenant, string Endpoint) name) => Registrations.TryGet(name.Tenant, name.Endpoint, out Registration? known) && known.IsSecure;

    private Outcome Refuse(RegisterRequest register, CoapCode code, string? reason)
    {
        LogRefused(register.Peer, register.Admission.Endpoint, reason);
        return new Outcome(null, code, reason);
    }

    private static CoapResponse Created(Registration registration)
    {
        var response = new CoapResponse(CoapCode.Created);
        response.Options.Add(CoapOptionNumber.LocationPath, "rd");
        if (!registration.HasDeviceLocation)
        {
            response.Options.Add(CoapOptionNumber.LocationPath, registration.Id.ToString());
            return response;
        }

        response.Options.Add(CoapOptionNumber.LocationPath, registration.Tenant.ToString()).Add(CoapOptionNumber.LocationPath, registration.Device.ToString());
        if (MaxAgeOf(registration) is { } maxAge)
            response.Options.Add(CoapOptionNumber.MaxAge, maxAge);
        return response;
    }

    /// <summary>Pelion's client takes a Max-Age of a minute or more for its lifetime: so it learns of one that was cut, and updates in time.</summary>
    private static uint? MaxAgeOf(Registration registration) =>
        registration is { IsLifetimeCut: true, Lifetime: >= ShortestMaxAge } ? registration.Lifetime : null;

    private static CoapResponse Unavailable(string reason)
    {
        CoapResponse response = CoapResponse.Error(CoapCode.ServiceUnavailable, reason);
        response.Options.Add(CoapOptionNumber.MaxAge, RetryAfter);
        return response;
    }

    /// <summary>What became of a Register.</summary>
    private readonly record struct Outcome(Registration? Registration, CoapCode Refusal, string? Reason);

    private sealed class RegisterRequest(CoapPeer peer, Admission admission, RegistrationParameters parameters, Lwm2mVersion version, SharedLinks links)
    {
        public CoapPeer Peer => peer;

        public Admission Admission => admission;

        public RegistrationParameters Parameters => parameters;

        public Lwm2mVersion Version => version;

        public SharedLinks Links => links;

        public (TenantId Tenant, string Endpoint) Name => (admission.Tenant, admission.Endpoint);
    }
}
