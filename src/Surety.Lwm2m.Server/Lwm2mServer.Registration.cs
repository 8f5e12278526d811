using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

public sealed partial class Lwm2mServer
{
    // Of tenants and devices in text.
    private const int IdDigits = 32;

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

        if (!TryFind(ref path, request.PathCount, out Registration? registration) || !IsSameDevice(registration, request.Peer))
        {
            // Whoever is not the device learns no more than that there is nothing.
            request.RespondError(CoapCode.NotFound, "there is no such registration; register again"u8);
            return;
        }

        if (request.Method == CoapCode.Post || request.Method == CoapCode.Put)
            Update(ref request, registration);
        else if (request.Method == CoapCode.Delete)
            Deregister(ref request, registration);
        else
            request.RespondError(CoapCode.MethodNotAllowed, "registrations are updated with POST and ended with DELETE"u8);
    }

    /// <summary>The registration of a location: <c>rd/{registration}</c>; or <c>rd/{tenant}/{device}</c>, which anybody can guess, and which needs security.</summary>
    private bool TryFind(ref RepeatedOptionReader path, int count, [NotNullWhen(true)] out Registration? registration)
    {
        registration = null;
        path.MoveNext();
        if (count == 2)
            return RegistrationId.TryParse(path.Current, out RegistrationId id) && Registrations.TryGet(id, out registration);
        return count == 3 && TryParseId(path.Current, out UInt128 tenant) && path.MoveNext() && TryParseId(path.Current, out UInt128 device)
            && Registrations.TryGet(new DeviceId(device), out registration) && registration.Tenant.Value == tenant && registration.IsSecure;
    }

    private static bool TryParseId(ReadOnlySpan<byte> utf8, out UInt128 id)
    {
        id = default;
        return utf8.Length == IdDigits && UInt128.TryParse(utf8, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id);
    }

    private void Update(ref IncomingRequest request, Registration registration)
    {
        bool moves = request.Peer != registration.Peer;
        if (!moves && request.Payload.IsEmpty && !request.Query.MoveNext())
        {
            // What most updates are: a sign of life.
            if (!Registrations.TryRefresh(registration, Now))
            {
                RespondEnded(ref request);
                return;
            }

            lock (OrderOf(registration.Tenant, registration.Endpoint))
            {
                if (registration.IsActive)
                    _events.OnUpdated(registration, RegistrationChanges.None);
            }

            _events.OnAwake(registration);
            request.Respond(CoapCode.Changed);
            return;
        }

        if (!TryReadParameters(ref request, out RegistrationParameters? parameters))
            return;
        SharedLinks? links = null;
        if ((!request.Payload.IsEmpty || parameters.ProfileIds is not null) && !TryReadLinks(ref request, registration.Tenant, parameters, registration.Version, out links))
            return;
        var update = new RegistrationUpdate(parameters, links, LimitLifetime(parameters.Lifetime ?? registration.Lifetime), Now);
        lock (OrderOf(registration.Tenant, registration.Endpoint))
        {
            if (!Registrations.TryUpdate(registration, update, request.Peer, out RegistrationChanges changes))
            {
                RespondEnded(ref request);
                return;
            }

            _events.OnUpdated(registration, changes);
        }

        _events.OnAwake(registration);
        request.Respond(CoapCode.Changed);
    }

    private void Deregister(ref IncomingRequest request, Registration registration)
    {
        if (TryRemove(registration, RemovalReason.Deregistered))
            request.Respond(CoapCode.Deleted);
        else
            RespondEnded(ref request);
    }

    private static void RespondEnded(ref IncomingRequest request) => request.RespondError(CoapCode.NotFound, "the registration has just ended; register again"u8);

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

    private static bool TryReadParameters(ref IncomingRequest request, [NotNullWhen(true)] out RegistrationParameters? parameters)
    {
        parameters = null;
        var queries = new List<string>(8);
        foreach (ReadOnlySpan<byte> query in request.Query)
        {
            if (!System.Text.Unicode.Utf8.IsValid(query))
            {
                request.RespondError(CoapCode.BadRequest, "a query is not UTF-8"u8);
                return false;
            }

            queries.Add(Encoding.UTF8.GetString(query));
        }

        if (RegistrationParameters.TryParse(queries, out parameters, out string? reason))
            return true;
        request.RespondError(CoapCode.BadRequest, reason);
        return false;
    }

    private bool TryReadLinks(
        ref IncomingRequest request, TenantId tenant, RegistrationParameters parameters, Lwm2mVersion version, [NotNullWhen(true)] out SharedLinks? links)
    {
        links = null;
        // Clients of LwM2M 1.0 send the list without a Content-Format.
        if (request.ContentFormat is { } format && format != ContentFormat.LinkFormat)
        {
            request.RespondError(CoapCode.UnsupportedContentFormat, "the object list is link-format (40)"u8);
            return false;
        }

        string? reason;
        if (parameters.ProfileIds is { } ids)
        {
            if (_profiles.TryExpand(tenant, ids, request.Payload, Registrations.Links, out links, out reason))
                return true;
            if (reason is null)
                request.RespondError(CoapCode.Conflict, "the profile id is not known here; register with the object list"u8);
            else
                request.RespondError(CoapCode.BadRequest, reason);
            return false;
        }

        if (request.Payload.IsEmpty)
        {
            // Core 6.2.1: the list is required; that there may be none to be found came with profile ids (Transport 6.7.2).
            request.RespondError(version == Lwm2mVersion.V12 ? CoapCode.Conflict : CoapCode.BadRequest, "the object list is missing"u8);
            return false;
        }

        if (Registrations.Links.TryGet(request.Payload, out links, out reason))
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

    [LoggerMessage(2010, LogLevel.Warning, "Registration of {Endpoint} from {Peer} refused: {Reason}")]
    private partial void LogRefused(CoapPeer peer, string? endpoint, string? reason);

    [LoggerMessage(2011, LogLevel.Error, "Could not look up the device {Endpoint}; it is told to try again")]
    private partial void LogResolveFailed(Exception exception, string endpoint);

    [LoggerMessage(2012, LogLevel.Warning, "More than {Count} devices wait to be looked up; further ones are told to try again")]
    private partial void LogTooManyResolving(int count);
}
