using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

public sealed partial class Lwm2mServer
{
    [field: ThreadStatic]
    private static List<ResourceEntry> SentEntries => field ??= [];

    /// <inheritdoc/>
    public bool OnNotification(in CoapPeer peer, in CoapMessage notification)
    {
        if (notification.Token.Length != CoapToken.MaxShortLength
            || !Registrations.TryGetObservation(BinaryPrimitives.ReadUInt64BigEndian(notification.Token), out Observation? observation))
            return _options.Fallback?.OnNotification(peer, notification) ?? false;
        Registration registration = observation.Registration;
        if (registration.Peer != peer)
        {
            // A device that has moved is still the same when it proves so; without security it must register anew.
            if (!peer.Endpoint.IsSecure || !IsSameDevice(registration, peer))
                return false;
            Registrations.Move(registration, peer);
        }

        long now = Now;
        registration.Touch(now);
        // RFC 7641, 3.4: what was overtaken on the way is not news. It is acknowledged all the same.
        bool isNews = peer.Endpoint.IsReliable || notification.GetUIntOption(CoapOptionNumber.Observe) is not { } sequence || observation.Order.TryAdvance(sequence, now);
        if (isNews)
            _events.OnNotification(observation, notification);
        if (!notification.Code.IsSuccess && Registrations.TryRemove(observation))
            _events.OnObservationEnded(observation);
        _events.OnAwake(registration);
        return true;
    }

    /// <summary>Send (LwM2M Core 6.4.6; Transport 6.4.5): values that the device reports by itself.</summary>
    private void OnSend(ref IncomingRequest request)
    {
        if (request.Method != CoapCode.Post)
        {
            request.RespondError(CoapCode.MethodNotAllowed, "Send is a POST"u8);
            return;
        }

        if (!TryFindSender(request.Peer, out Registration? registration))
        {
            request.RespondError(CoapCode.NotFound, "the device is not registered"u8);
            return;
        }

        if (request.ContentFormat is not { } format || !Lwm2mContent.HoldsMany(format))
        {
            request.RespondError(CoapCode.UnsupportedContentFormat, "Send takes SenML CBOR (112), SenML JSON (110) or LwM2M CBOR (11544)"u8);
            return;
        }

        List<ResourceEntry> entries = SentEntries;
        entries.Clear();
        var context = new ContentContext(_options.Models(registration.Tenant), _time.GetUtcNow(), registration.Links, registration.Version) { KeepMistyped = true };
        if (!Lwm2mContent.TryDecode(format, request.Payload, Lwm2mPath.Root, context, entries, out string? reason))
        {
            request.RespondError(CoapCode.BadRequest, reason);
            return;
        }

        foreach (ResourceEntry entry in entries)
        {
            // Transport 6.7.4: values of what the device has not registered are an error.
            if (registration.Links.Contains(entry.Path.Truncate(1)))
                continue;
            request.RespondError(CoapCode.NotFound, "an object in the payload is not registered"u8);
            return;
        }

        registration.Touch(Now);
        _events.OnSent(registration, entries);
        _events.OnAwake(registration);
        request.Respond(CoapCode.Changed);
    }

    private bool TryFindSender(in CoapPeer peer, [NotNullWhen(true)] out Registration? registration)
    {
        if (Registrations.TryGetByPeer(peer, out registration))
            return true;
        if (!peer.Endpoint.IsSecure)
            return false;
        // A new session of a registered device.
        Admission admission = _admission.Admit(peer, null);
        if (!admission.IsAdmitted || !Registrations.TryGet(admission.Tenant, admission.Endpoint, out registration))
            return false;
        Registrations.Move(registration, peer);
        return true;
    }
}
