using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

public sealed partial class Lwm2mServer
{
    [field: ThreadStatic]
    private static List<ResourceEntry> SentEntries => field ??= [];

    /// <inheritdoc/>
    public bool OnNotification(in CoapPeer peer, in CoapMessage notification)
    {
        AttachWhileRestoring(peer.Endpoint);
        Observation? observation;
        if (notification.Token.Length == ReportedLinks.TokenLength)
        {
            if (!TryFindReported(peer, BinaryPrimitives.ReadUInt16BigEndian(notification.Token), out observation))
                return _options.Fallback?.OnNotification(peer, notification) ?? false;
        }
        else if (notification.Token.Length != CoapToken.MaxShortLength
            || !Registrations.TryGetObservation(BinaryPrimitives.ReadUInt64BigEndian(notification.Token), out observation))
        {
            return _options.Fallback?.OnNotification(peer, notification) ?? false;
        }

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
        uint? sequence = peer.Endpoint.IsReliable ? null : notification.GetUIntOption(CoapOptionNumber.Observe);
        // RFC 7641, 3.4: what was overtaken on the way is not news. It is acknowledged all the same.
        if (sequence is not { } s || observation.TryAdvance(s, now))
        {
            if (notification.Code.IsSuccess && notification.GetUIntOption(CoapOptionNumber.Block2) is { } block && BlockValue.FromUInt(block).More)
                _ = CollectAsync(observation, CoapResponse.Read(notification), sequence);
            else
                _events.OnNotification(observation, notification);
        }

        if (!notification.Code.IsSuccess && Registrations.TryRemove(observation))
            _events.OnObservationEnded(observation);
        _events.OnAwake(registration);
        return true;
    }

    /// <summary>A notification whose body needs further blocks is told when they are there (RFC 7959, 2.6); the device has its acknowledgement by then.</summary>
    private async Task CollectAsync(Observation observation, CoapResponse first, uint? sequence)
    {
        try
        {
            Registration registration = observation.Registration;
            CoapRequest request = observation.ToRequest().ToCoap(registration, null, null);
            CoapResponse whole = await registration.Peer.ContinueAsync(request, first).ConfigureAwait(false);
            // One that came meanwhile brings the present state.
            if (!observation.IsActive || !whole.Code.IsSuccess || (sequence is { } s && !observation.IsNewest(s)))
                return;
            byte[] message = ToMessage(first, whole.Payload.Span);
            CoapMessage.Parse(message, out CoapMessage notification);
            _events.OnNotification(observation, notification);
            Commit();
        }
        catch (Exception e)
        {
            LogNotificationIncomplete(e, observation);
        }
    }

    /// <summary>A notification as it would have come in one message.</summary>
    private static byte[] ToMessage(CoapResponse first, ReadOnlySpan<byte> payload)
    {
        const int HeaderLength = CoapMessage.HeaderLength + CoapToken.MaxShortLength;
        byte[] message = new byte[HeaderLength + payload.Length + 1 + first.Options.Sum(o => 5 + o.Value.Length)];
        // RFC 7252, 3: version 1, Non-confirmable.
        message[0] = 0x50 | CoapToken.MaxShortLength;
        message[1] = first.Code.Value;
        first.Token.CopyTo(message.AsSpan(CoapMessage.HeaderLength));
        var writer = new CoapMessageWriter(message, HeaderLength);
        foreach ((CoapOptionNumber number, ReadOnlyMemory<byte> value) in first.Options)
        {
            if (number is not (CoapOptionNumber.Block2 or CoapOptionNumber.Size2))
                writer.Option(number, value.Span);
        }

        writer.Payload(payload);
        return message[..writer.Length];
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

        if (request.ContentFormat is not { } format || !IsSendFormat(format))
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

        if (entries.Count == 0)
        {
            request.RespondError(CoapCode.BadRequest, "there is no value in the payload"u8);
            return;
        }

        foreach (ResourceEntry entry in entries)
        {
            if (IsRegistered(registration.Links, entry.Path))
                continue;
            request.RespondError(CoapCode.NotFound, $"{entry.Path.Truncate(2)} is not registered");
            return;
        }

        registration.Touch(Now);
        _events.OnSent(registration, entries);
        _events.OnAwake(registration);
        request.Respond(CoapCode.Changed);
    }

    /// <summary>Core 6.4.6.</summary>
    private static bool IsSendFormat(ContentFormat format) =>
        format == ContentFormat.SenmlCbor || format == ContentFormat.SenmlJson || format == ContentFormat.Lwm2mCbor;

    /// <summary>
    /// Core 6.4.6: values of instances that the device has not registered are an error. A device that registers an object without naming
    /// instances does not say which there are.
    /// </summary>
    private static bool IsRegistered(RegistrationLinks links, Lwm2mPath path) =>
        links.Contains(path.Truncate(2)) || (links.Contains(path.Truncate(1)) && links.InstancesOf(path.ObjectId).IsEmpty);

    /// <summary>Pelion's client reports without having been asked: by the token in its object list.</summary>
    private bool TryFindReported(in CoapPeer peer, ushort token, [NotNullWhen(true)] out Observation? observation)
    {
        observation = TryFindSender(peer, out Registration? registration) && registration.Shared.Reported.TryGet(token, out Lwm2mPath path)
            ? Registrations.FindReported(registration, path)
            : null;
        return observation is not null;
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

    [LoggerMessage(2020, LogLevel.Warning, "The rest of a notification about {Observation} could not be fetched")]
    private partial void LogNotificationIncomplete(Exception exception, Observation observation);

    [LoggerMessage(2021, LogLevel.Error, "What {Endpoint} did could not be told")]
    private partial void LogEventFailed(Exception exception, string endpoint);
}
