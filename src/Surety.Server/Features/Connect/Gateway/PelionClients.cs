using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Echo;

namespace Surety.Server.Features.Connect;

/// <summary>What is otherwise with Pelion's device client: how it is told, and the values that come with its registration and without being asked for.</summary>
internal static class PelionClients
{
    private const ushort DeviceMetadata = 10255, Vendor = 3, DeviceClass = 4;

    // RFC 7252, 5.10.5: what is not said to be fresh for longer.
    private static readonly TimeSpan DefaultMaxAge = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How endpoints of TLS answer it. It finds the request whose answer comes in blocks by the Message ID: a certificate from a slow issuer must come in
    /// the acknowledgement, which over TLS nobody waits for. (mbed-coap, sn_coap_protocol.c.)
    /// </summary>
    public static CoapEndpointOptions TlsOptions { get; } = new() { Transmission = TransmissionParameters.Default with { PiggybackDelay = TimeSpan.FromSeconds(20) } };

    /// <summary>It names its version, its account or its device id, as no other does.</summary>
    public static bool IsOne(RegistrationParameters parameters) => parameters.Others.Any(other =>
        other.StartsWith("mccv=", StringComparison.Ordinal) || other.StartsWith("aid=", StringComparison.Ordinal) || other.StartsWith("iep=", StringComparison.Ordinal));

    /// <summary>
    /// Keeps the values that a device has registered with: applications read them from the cache. Those whose changes it reports are the present ones
    /// until it does; the others for a minute.
    /// </summary>
    public static void Keep(Registration registration, ValueCache cache, EchoJournal echoes, ObjectDefinitions definitions, TimeProvider time)
    {
        if (registration.InitialValues.Count == 0)
            return;
        var device = registration.Device.ToEntityId();
        var now = time.GetUtcNow();
        foreach (var initial in registration.InitialValues)
        {
            var maxAge = initial.IsReported ? TimeSpan.MaxValue : DefaultMaxAge;
            var (payload, format) = Decode(initial, registration, definitions);
            var value = new CachedValue(payload, format, now, maxAge);
            cache.Set(device, initial.Path, null, value);
            if (initial.IsReported)
                echoes.Report(registration.Tenant.ToEntityId(), device, initial.Path, value);
        }
    }

    /// <summary>A value has come that the device reports by itself, or that is observed: what was kept of it is old.</summary>
    public static void Keep(Observation observation, in CoapMessage notification, ValueCache cache, EchoJournal echoes, TimeProvider time)
    {
        if (observation.Registration.InitialValues.Count == 0 && observation.Tag is not null)
            return;
        var device = observation.Registration.Device.ToEntityId();
        cache.Invalidate(device, observation.Path);
        if (observation.Tag is not null || !notification.Code.IsSuccess)
            return;
        var maxAge = notification.GetUIntOption(CoapOptionNumber.MaxAge) is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultMaxAge;
        var value = new CachedValue(notification.Payload.ToArray(), notification.ContentFormat, time.GetUtcNow(), maxAge);
        cache.Set(device, observation.Path, null, value);
        echoes.Report(observation.Registration.Tenant.ToEntityId(), device, observation.Path, value);
    }

    /// <summary>As the device would answer a read: opaque values, which are in base64 here, as they are.</summary>
    private static (byte[] Payload, ContentFormat Format) Decode(InitialValue initial, Registration registration, ObjectDefinitions definitions)
    {
        if (initial.Path.IsResource && IsOpaque(initial.Path, registration, definitions))
        {
            var bytes = new byte[initial.Value.Length];
            if (Convert.TryFromBase64String(initial.Value, bytes, out var count))
                return (bytes[..count], ContentFormat.OctetStream);
        }

        return (Encoding.UTF8.GetBytes(initial.Value), ContentFormat.TextPlain);
    }

    private static bool IsOpaque(Lwm2mPath path, Registration registration, ObjectDefinitions definitions)
    {
        // Device Metadata: OMA's registry has text here, and the client the 16 bytes of a UUID. (Recorded: GET /10255/0.)
        if (path is { ObjectId: DeviceMetadata, ResourceId: Vendor or DeviceClass })
            return true;
        return definitions.IsOpaque(registration, path);
    }
}
