using System.Runtime.CompilerServices;
using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>
/// A device that is registered (LwM2M Core 6.2). The object lives as long as the registration: updates change it in place, a new
/// Register makes another.
/// </summary>
public sealed class Registration
{
    // A box that is replaced whole, so that readers on other threads never see half a peer.
    private StrongBox<CoapPeer> _peer;
    private long _expiresAt;
    private long _lastSeen;
    // Written after the peer, and read before it.
    private volatile string? _restoredScheme;

    internal Registration(RegistrationId id, DeviceId device, TenantId tenant, string endpoint, in CoapPeer peer)
    {
        Id = id;
        Device = device;
        Tenant = tenant;
        Endpoint = endpoint;
        _peer = new(peer);
    }

    /// <summary>Names the registration in its location.</summary>
    public RegistrationId Id { get; }

    /// <summary>The device.</summary>
    public DeviceId Device { get; }

    /// <summary>Whose device it is.</summary>
    public TenantId Tenant { get; }

    /// <summary>The endpoint client name.</summary>
    public string Endpoint { get; }

    /// <summary>Where the device is now.</summary>
    public CoapPeer Peer
    {
        get => Volatile.Read(ref _peer).Value;
        internal set => Volatile.Write(ref _peer, new(value));
    }

    /// <summary>The version of LwM2M that the device speaks.</summary>
    public Lwm2mVersion Version { get; internal init; }

    /// <summary>The bindings that the device named.</summary>
    public BindingModes Bindings { get; internal set; }

    /// <summary>The device sleeps, and listens only for a while after it has spoken (LwM2M Core 6.5).</summary>
    public bool QueueMode { get; internal set; }

    /// <summary>Seconds after an update until the registration ends; 0: never.</summary>
    public uint Lifetime { get; internal set; }

    /// <summary>The objects and instances; shared between devices that have the same.</summary>
    public RegistrationLinks Links => Shared.Links;

    /// <summary>The object list as the device sent it: link format (Transport 6.4.3).</summary>
    public ReadOnlyMemory<byte> ObjectList => Shared.Payload;

    /// <summary>Values that the device has told with its object list.</summary>
    public IReadOnlyList<InitialValue> InitialValues => Shared.Reported.Values;

    /// <summary>The endpoint type: <c>et</c>, which Pelion's client sends; null without.</summary>
    public string? EndpointType { get; internal init; }

    /// <summary>The telephone number for SMS; null without.</summary>
    public string? SmsNumber { get; internal set; }

    /// <summary>When the device registered.</summary>
    public DateTimeOffset RegisteredAt { get; internal init; }

    /// <summary>When the device was last heard from.</summary>
    public DateTimeOffset LastSeen => DateTimeOffset.FromUnixTimeMilliseconds(LastSeenMilliseconds);

    /// <summary>When the registration ends unless it is updated; <see cref="DateTimeOffset.MaxValue"/>: never.</summary>
    public DateTimeOffset ExpiresAt => ExpiresAtMilliseconds == long.MaxValue ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAtMilliseconds);

    /// <summary>The device registered over a transport with security.</summary>
    public bool IsSecure => RestoredScheme is { } scheme ? scheme is "coaps" or "coaps+tcp" : Peer.Endpoint.IsSecure;

    /// <summary>The registration has not ended.</summary>
    public bool IsActive { get; internal set; } = true;

    internal SharedLinks Shared { get; set; } = SharedLinks.Empty;

    internal RegistrationState State
    {
        get => new(Bindings, QueueMode, Lifetime, Shared, SmsNumber, ExpiresAtMilliseconds, LastSeenMilliseconds);
        set
        {
            Bindings = value.Bindings;
            QueueMode = value.QueueMode;
            Lifetime = value.Lifetime;
            Shared = value.Links;
            SmsNumber = value.SmsNumber;
            Volatile.Write(ref _expiresAt, value.ExpiresAt);
            Volatile.Write(ref _lastSeen, value.LastSeen);
        }
    }

    /// <summary>After a restart: the scheme of the endpoint that the device is to be reached through, until there is one.</summary>
    internal string? RestoredScheme
    {
        get => _restoredScheme;
        set => _restoredScheme = value;
    }

    /// <summary>The answer to the Register is on its way: requests of ours may follow it (LwM2M Core 6.3).</summary>
    internal bool IsAnswered { get; set; } = true;

    /// <summary>The answer to the Register names account and device, as Pelion's clients want it.</summary>
    internal bool HasDeviceLocation { get; init; }

    /// <summary>The lifetime that the device asked for was longer than it may be.</summary>
    internal bool IsLifetimeCut { get; init; }

    // The places in the expiry wheel.
    internal int ExpiryBucket { get; set; } = -1;

    internal Registration? NextToExpire { get; set; }

    internal Registration? PreviousToExpire { get; set; }

    /// <summary>Observations of this device; the newest first.</summary>
    internal Observation? FirstObservation { get; set; }

    /// <summary>What the device reports by itself though nobody observes it; by path, made when it first does.</summary>
    internal Dictionary<Lwm2mPath, Observation>? Unasked { get; set; }

    internal long ExpiresAtMilliseconds => Volatile.Read(ref _expiresAt);

    internal long LastSeenMilliseconds => Volatile.Read(ref _lastSeen);

    /// <summary>Heard from: the lifetime runs anew.</summary>
    internal void Refresh(long now)
    {
        Volatile.Write(ref _lastSeen, now);
        Volatile.Write(ref _expiresAt, Lifetime == 0 ? long.MaxValue : now + (Lifetime * 1000L));
    }

    /// <summary>Heard from, without effect on the lifetime: a notification or Send.</summary>
    internal void Touch(long now) => Volatile.Write(ref _lastSeen, now);

    internal void ExtendTo(long expiresAt) => Volatile.Write(ref _expiresAt, Math.Max(expiresAt, _expiresAt));

    /// <inheritdoc/>
    public override string ToString() => RestoredScheme is { } scheme ? $"{Endpoint} ({Device}) over {scheme}" : $"{Endpoint} ({Device}) at {Peer}";
}
