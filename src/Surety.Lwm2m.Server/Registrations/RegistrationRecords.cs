using System.Diagnostics.CodeAnalysis;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>Registrations and observations as records of the log.</summary>
internal static class RegistrationRecords
{
    private const byte Format = 1;

    // Of the times that are read; beyond it there is none that shows as a date.
    private const long MaxTime = 253_402_300_799_999;

    /// <param name="registration">The registration.</param>
    /// <param name="peer">Where its device is, or is about to be.</param>
    public static ReadOnlySpan<byte> Registered(Registration registration, in CoapPeer peer)
    {
        RecordWriter writer = RecordWriter.OfThread.Begin(RecordKind.Registered)
            .Byte(Format)
            .UInt64(registration.Id.Value)
            .UInt128(registration.Device.Value)
            .UInt128(registration.Tenant.Value)
            .Text(registration.Endpoint)
            .Text(peer.Endpoint?.Scheme ?? registration.RestoredScheme);
        peer.Key.WriteTo(writer.Take(PeerKey.Size));
        return writer
            .Byte((byte)registration.Version)
            .Byte((byte)registration.Bindings)
            .Byte(registration.QueueMode ? (byte)1 : (byte)0)
            .UInt32(registration.Lifetime)
            .Int64(registration.RegisteredAt.ToUnixTimeMilliseconds())
            .Int64(registration.LastSeenMilliseconds)
            .Int64(registration.ExpiresAtMilliseconds)
            .Text(registration.EndpointType)
            .Text(registration.SmsNumber)
            .Bytes(registration.Shared.Payload)
            .Record;
    }

    public static bool TryReadRegistered(ReadOnlySpan<byte> record, LinksCache links, [NotNullWhen(true)] out Registration? registration)
    {
        registration = null;
        var reader = new RecordReader(record[1..]);
        if (reader.Byte() != Format)
            return false;
        var id = new RegistrationId(reader.UInt64());
        var device = new DeviceId(reader.UInt128());
        var tenant = new TenantId(reader.UInt128());
        string? endpoint = reader.Text();
        string? scheme = reader.Text();
        ReadOnlySpan<byte> key = reader.Take(PeerKey.Size);
        var version = (Lwm2mVersion)reader.Byte();
        var bindings = (BindingModes)reader.Byte();
        bool queueMode = reader.Byte() != 0;
        uint lifetime = reader.UInt32();
        long registeredAt = reader.Int64();
        long lastSeen = reader.Int64();
        long expiresAt = reader.Int64();
        string? endpointType = reader.Text();
        string? smsNumber = reader.Text();
        ReadOnlySpan<byte> payload = reader.Bytes();
        if (!reader.IsComplete || endpoint is null || scheme is null || !Enum.IsDefined(version) || !IsTime(registeredAt) || !IsTime(lastSeen) || (!IsTime(expiresAt) && expiresAt != long.MaxValue)
            || !links.TryGet(payload, out SharedLinks? shared, out _))
            return false;
        registration = new Registration(id, device, tenant, endpoint, new CoapPeer(null!, PeerKey.ReadFrom(key)))
        {
            Version = version,
            Bindings = bindings,
            QueueMode = queueMode,
            Lifetime = lifetime,
            RegisteredAt = DateTimeOffset.FromUnixTimeMilliseconds(registeredAt),
            EndpointType = endpointType,
            SmsNumber = smsNumber,
            Shared = shared,
            RestoredScheme = scheme,
        };
        registration.Touch(lastSeen);
        registration.ExtendTo(expiresAt);
        return true;
    }

    public static ReadOnlySpan<byte> Refreshed(RegistrationId id, long now) =>
        RecordWriter.OfThread.Begin(RecordKind.Refreshed).UInt64(id.Value).Int64(now).Record;

    public static bool TryReadRefreshed(ReadOnlySpan<byte> record, out RegistrationId id, out long now)
    {
        var reader = new RecordReader(record[1..]);
        id = new(reader.UInt64());
        now = reader.Int64();
        return reader.IsComplete && IsTime(now);
    }

    public static ReadOnlySpan<byte> Removed(RegistrationId id) => RecordWriter.OfThread.Begin(RecordKind.Removed).UInt64(id.Value).Record;

    public static RegistrationId ReadRemoved(ReadOnlySpan<byte> record) => new(new RecordReader(record[1..]).UInt64());

    public static ReadOnlySpan<byte> Observed(Observation observation)
    {
        IReadOnlyList<Lwm2mPath> paths = observation.Paths ?? [observation.Path];
        RecordWriter writer = RecordWriter.OfThread.Begin(RecordKind.Observed)
            .Byte(Format)
            .UInt64(observation.Token)
            .UInt64(observation.Registration.Id.Value)
            .UInt32(observation.Accept?.Value ?? uint.MaxValue)
            .UInt32(observation.PathsFormat?.Value ?? uint.MaxValue)
            .UInt32((uint)paths.Count);
        foreach (Lwm2mPath path in paths)
            writer.Text(path.ToString());
        writer.UInt32((uint)observation.Queries.Count);
        foreach (string query in observation.Queries)
            writer.Text(query);
        return writer.Record;
    }

    public static Observation? ReadObserved(ReadOnlySpan<byte> record, Func<RegistrationId, Registration?> find)
    {
        var reader = new RecordReader(record[1..]);
        if (reader.Byte() != Format)
            return null;
        ulong token = reader.UInt64();
        var id = new RegistrationId(reader.UInt64());
        ContentFormat? accept = ReadFormat(ref reader);
        ContentFormat? pathsFormat = ReadFormat(ref reader);
        var paths = new List<Lwm2mPath>();
        for (uint count = reader.UInt32(); count > 0 && reader.IsComplete; count--)
        {
            if (!Lwm2mPath.TryParse(reader.Text(), out Lwm2mPath path))
                return null;
            paths.Add(path);
        }

        var queries = new List<string>();
        for (uint count = reader.UInt32(); count > 0 && reader.IsComplete; count--)
            queries.Add(reader.Text() ?? "");
        if (!reader.IsComplete || paths.Count == 0 || find(id) is not { } registration)
            return null;
        return new Observation(registration, token, pathsFormat is null ? paths[0] : Lwm2mPath.Root)
        {
            Paths = pathsFormat is null ? null : [.. paths],
            PathsFormat = pathsFormat,
            Accept = accept,
            Queries = [.. queries],
            IsKept = true,
        };
    }

    public static ReadOnlySpan<byte> Unobserved(ulong token) => RecordWriter.OfThread.Begin(RecordKind.Unobserved).UInt64(token).Record;

    public static ulong ReadUnobserved(ReadOnlySpan<byte> record) => new RecordReader(record[1..]).UInt64();

    private static bool IsTime(long milliseconds) => milliseconds is >= 0 and <= MaxTime;

    private static ContentFormat? ReadFormat(ref RecordReader reader) => reader.UInt32() is var value && value <= ushort.MaxValue ? new ContentFormat((ushort)value) : null;
}
