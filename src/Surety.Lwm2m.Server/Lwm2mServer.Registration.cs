using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Extensions.Logging;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

public sealed partial class Lwm2mServer
{
    private const int MaxEndpointType = 64;

    /// <summary>Register, Update and De-register (Transport 6.4.3); <paramref name="path"/> stands on <c>rd</c>.</summary>
    private void OnRegistrationRequest(ref IncomingRequest request, ref RepeatedOptionReader path)
    {
        if (request.PathCount == 1)
        {
            if (request.Method == CoapCode.Post)
                Register(ref request);
            else
                request.RespondError(CoapCode.MethodNotAllowed, "devices register with POST"u8);
            return;
        }

        path.MoveNext();
        if (request.PathCount != 2 || !RegistrationId.TryParse(path.Current, out RegistrationId id) || !Registrations.TryGet(id, out Registration? registration)
            || !IsSameDevice(registration, request.Peer))
        {
            // Whoever is not the device learns no more than that there is nothing.
            request.RespondError(CoapCode.NotFound, "there is no such registration; register again"u8);
            return;
        }

        if (request.Method == CoapCode.Post || request.Method == CoapCode.Put)
        {
            Update(ref request, registration);
        }
        else if (request.Method == CoapCode.Delete)
        {
            Remove(registration, RemovalReason.Deregistered);
            request.Respond(CoapCode.Deleted);
        }
        else
        {
            request.RespondError(CoapCode.MethodNotAllowed, "registrations are updated with POST and ended with DELETE"u8);
        }
    }

    private void Register(ref IncomingRequest request)
    {
        if (!RegistrationParameters.TryParse(ReadQueries(request), out RegistrationParameters? parameters, out string? reason))
        {
            request.RespondError(CoapCode.BadRequest, reason);
            return;
        }

        if (parameters.Version is not { } version)
        {
            request.RespondError(CoapCode.PreconditionFailed, "this server speaks LwM2M 1.0, 1.1 and 1.2"u8);
            return;
        }

        if (!IsLinkFormat(request))
        {
            request.RespondError(CoapCode.UnsupportedContentFormat, "the object list is link-format (40)"u8);
            return;
        }

        Admission admission = _admission.Admit(request.Peer, parameters.EndpointName);
        if (!admission.IsAdmitted)
        {
            LogRefused(request.Peer, parameters.EndpointName, admission.Reason);
            request.RespondError(admission.Refusal, admission.Reason ?? "");
            return;
        }

        if (!TryReadLinks(ref request, admission.Tenant, parameters, out SharedLinks? links))
            return;
        var register = new RegisterRequest(request.Peer, admission, parameters, version, links);
        // A device that is registered is known; any other is looked up, which takes longer.
        if (Registrations.TryGet(admission.Tenant, admission.Endpoint, out Registration? known))
        {
            if (known.IsSecure && !request.Peer.Endpoint.IsSecure)
            {
                LogRefused(request.Peer, admission.Endpoint, "the device is registered with security");
                request.RespondError(CoapCode.Forbidden, "this device is registered with security"u8);
                return;
            }

            RegistrationId id = Complete(register, known.Device);
            WriteLocation(ref request, id);
            return;
        }

        ValueTask<DeviceResolution> resolving = _admission.ResolveAsync(admission, parameters);
        if (resolving.IsCompletedSuccessfully)
        {
            DeviceResolution resolution = resolving.Result;
            if (!resolution.IsAdmitted)
            {
                LogRefused(request.Peer, admission.Endpoint, resolution.Reason);
                request.RespondError(resolution.Refusal, resolution.Reason ?? "");
                return;
            }

            WriteLocation(ref request, Complete(register, resolution.Device));
            return;
        }

        _ = RegisterLaterAsync(register, resolving, request.Defer());
    }

    private async Task RegisterLaterAsync(RegisterRequest register, ValueTask<DeviceResolution> resolving, DeferredResponse deferred)
    {
        CoapResponse response;
        try
        {
            DeviceResolution resolution = await resolving.ConfigureAwait(false);
            if (resolution.IsAdmitted)
            {
                RegistrationId id = Complete(register, resolution.Device);
                response = new CoapResponse(CoapCode.Created);
                response.Options.Add(CoapOptionNumber.LocationPath, "rd").Add(CoapOptionNumber.LocationPath, id.ToString());
            }
            else
            {
                LogRefused(register.Peer, register.Admission.Endpoint, resolution.Reason);
                response = CoapResponse.Error(resolution.Refusal, resolution.Reason ?? "");
            }
        }
        catch (Exception e)
        {
            LogResolveFailed(e, register.Admission.Endpoint);
            // RFC 7252, 5.9.3.4: the device is to try again.
            response = CoapResponse.Error(CoapCode.ServiceUnavailable, "the device directory does not answer; try again later");
            response.Options.Add(CoapOptionNumber.MaxAge, 30u);
        }

        deferred.Complete(response);
    }

    /// <summary>Makes the registration; it is acknowledged by the caller, after the commit.</summary>
    private RegistrationId Complete(RegisterRequest register, DeviceId device)
    {
        RegistrationParameters parameters = register.Parameters;
        long now = Now;
        var registration = new Registration(RegistrationId.Create(), device, register.Admission.Tenant, register.Admission.Endpoint, register.Peer)
        {
            Version = register.Version,
            Bindings = parameters.Bindings ?? BindingModes.None,
            QueueMode = parameters.QueueMode,
            Lifetime = LimitLifetime(parameters.Lifetime ?? RegistrationParameters.DefaultLifetime),
            Shared = register.Links,
            SmsNumber = parameters.SmsNumber,
            EndpointType = EndpointTypeOf(parameters),
            RegisteredAt = DateTimeOffset.FromUnixTimeMilliseconds(now),
        };
        registration.Refresh(now);
        var ended = new List<Observation>();
        Registrations.Add(registration, out Registration? replaced, ended);
        foreach (Observation observation in ended)
            _events.OnObservationEnded(observation);
        _events.OnRegistered(registration, replaced);
        return registration.Id;
    }

    private void Update(ref IncomingRequest request, Registration registration)
    {
        bool moves = request.Peer != registration.Peer;
        if (!moves && request.Payload.IsEmpty && !request.Query.MoveNext())
        {
            // What most updates are: a sign of life.
            Registrations.Refresh(registration, Now);
            _events.OnAwake(registration);
            request.Respond(CoapCode.Changed);
            return;
        }

        if (!RegistrationParameters.TryParse(ReadQueries(request), out RegistrationParameters? parameters, out string? reason))
        {
            request.RespondError(CoapCode.BadRequest, reason);
            return;
        }

        SharedLinks? links = null;
        if (!request.Payload.IsEmpty)
        {
            if (!IsLinkFormat(request))
            {
                request.RespondError(CoapCode.UnsupportedContentFormat, "the object list is link-format (40)"u8);
                return;
            }

            if (!TryReadLinks(ref request, registration.Tenant, parameters, out links))
                return;
        }

        if (moves)
            Registrations.Move(registration, request.Peer);
        var update = new RegistrationUpdate(parameters, links, LimitLifetime(parameters.Lifetime ?? registration.Lifetime), Now);
        RegistrationChanges changes = update.ChangesTo(registration) | (moves ? RegistrationChanges.Peer : RegistrationChanges.None);
        if (!Registrations.TryChange(registration, static (r, u) => u.ApplyTo(r), update))
        {
            request.RespondError(CoapCode.NotFound, "the registration has just ended; register again"u8);
            return;
        }

        if (changes != RegistrationChanges.None)
            _events.OnUpdated(registration, changes);
        _events.OnAwake(registration);
        request.Respond(CoapCode.Changed);
    }

    /// <summary>The peer is the registered device: it is where the device was, or has proven to be the device.</summary>
    private bool IsSameDevice(Registration registration, in CoapPeer peer)
    {
        if (registration.Peer == peer)
            return true;
        if (registration.IsSecure && !peer.Endpoint.IsSecure)
            return false;
        Admission admission = _admission.Admit(peer, registration.Endpoint);
        return admission.IsAdmitted && admission.Tenant == registration.Tenant && admission.Endpoint == registration.Endpoint;
    }

    private bool TryReadLinks(ref IncomingRequest request, TenantId tenant, RegistrationParameters parameters, [NotNullWhen(true)] out SharedLinks? links)
    {
        links = null;
        ReadOnlySpan<byte> payload = request.Payload;
        if (parameters.ProfileIds is { } ids)
        {
            if (!_profiles.TryExpand(tenant, ids, payload, out byte[]? list))
            {
                request.RespondError(CoapCode.Conflict, "the profile id is not known here; register with the object list");
                return false;
            }

            payload = list;
        }

        if (Registrations.Links.TryGet(payload, out links, out string? reason))
            return true;
        request.RespondError(CoapCode.BadRequest, reason);
        return false;
    }

    private uint LimitLifetime(uint lifetime)
    {
        if (_options.MaxLifetime is not { } max)
            return lifetime;
        uint seconds = (uint)Math.Min(max.TotalSeconds, uint.MaxValue);
        return lifetime == 0 ? seconds : Math.Min(lifetime, seconds);
    }

    /// <summary>Clients of LwM2M 1.0 send the list without a Content-Format.</summary>
    private static bool IsLinkFormat(in IncomingRequest request) => request.ContentFormat is not { } format || format == ContentFormat.LinkFormat;

    private static string? EndpointTypeOf(RegistrationParameters parameters)
    {
        foreach (string other in parameters.Others)
        {
            if (other.StartsWith("et=", StringComparison.Ordinal) && other.Length is > 3 and <= 3 + MaxEndpointType)
                return other[3..];
        }

        return null;
    }

    private static List<string> ReadQueries(in IncomingRequest request)
    {
        var queries = new List<string>(8);
        foreach (ReadOnlySpan<byte> query in request.Query)
            queries.Add(Encoding.UTF8.GetString(query));
        return queries;
    }

    private static void WriteLocation(ref IncomingRequest request, RegistrationId id)
    {
        Span<byte> text = stackalloc byte[RegistrationId.TextLength];
        id.Format(text);
        ref CoapMessageWriter response = ref request.Respond(CoapCode.Created);
        response.Option(CoapOptionNumber.LocationPath, "rd"u8);
        response.Option(CoapOptionNumber.LocationPath, text);
    }

    [LoggerMessage(2010, LogLevel.Warning, "Registration of {Endpoint} from {Peer} refused: {Reason}")]
    private partial void LogRefused(CoapPeer peer, string? endpoint, string? reason);

    [LoggerMessage(2011, LogLevel.Error, "Could not look up the device {Endpoint}; it is told to try again")]
    private partial void LogResolveFailed(Exception exception, string endpoint);

    private sealed record RegisterRequest(CoapPeer Peer, Admission Admission, RegistrationParameters Parameters, Lwm2mVersion Version, SharedLinks Links);
}
