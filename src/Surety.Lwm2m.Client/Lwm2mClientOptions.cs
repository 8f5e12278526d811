using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>How a <see cref="Lwm2mClient"/> works.</summary>
public sealed record Lwm2mClientOptions
{
    /// <summary>The endpoint client name; null when servers know it from the security identity alone (LwM2M Core 7.4.1).</summary>
    public string? EndpointName { get; init; }

    /// <summary>The servers that the device brings along; at least one, when there is no <see cref="Bootstrap"/>. What a bootstrap has written comes in their place.</summary>
    public required IReadOnlyList<ServerAccount> Servers { get; init; }

    /// <summary>The bootstrap server; null: none.</summary>
    public BootstrapAccount? Bootstrap { get; init; }

    /// <summary>Enrols certificates for accounts of security mode 4; null: there are no such accounts.</summary>
    public IEnrollment? Enrollment { get; init; }

    /// <summary>When failed bootstraps are tried again. Default: after 30 s, and then ever later, up to an hour: a device that nobody has claimed waits for days.</summary>
    public RetryPolicy BootstrapRetry { get; init; } = new() { InitialDelay = TimeSpan.FromSeconds(30), MaxDelay = TimeSpan.FromHours(1) };

    /// <summary>
    /// Attempts to register in a row after which a server that does not say it itself counts as lost; when all are, the client bootstraps, unless
    /// resource 16 of the Server Object forbids it. Default 5: that of resource 17 (LwM2M Core, table 6.2.1.1-1).
    /// </summary>
    public int AttemptsBeforeBootstrap { get; init; } = 5;

    /// <summary>The release of LwM2M that is tried first. Default 1.2; a server that answers 4.12 is offered the one below.</summary>
    public Lwm2mVersion Version { get; init; } = Lwm2mVersion.V12;

    /// <summary>The lowest release that is offered. Default 1.0.</summary>
    public Lwm2mVersion LowestVersion { get; init; } = Lwm2mVersion.V10;

    /// <summary>Queue mode: the client listens for <see cref="AwakeTime"/> after it has spoken, and servers wait in between (LwM2M Transport 6.5). Default false.</summary>
    public bool QueueMode { get; init; }

    /// <summary>How long the client listens in queue mode. Default 93 s: MAX_TRANSMIT_WAIT.</summary>
    public TimeSpan AwakeTime { get; init; } = TransmissionParameters.Default.MaxTransmitWait;

    /// <summary>What stands before all paths, <c>/lwm2m</c> for instance; empty for nothing (LwM2M Transport 6.4.1).</summary>
    public string AlternatePath { get; init; } = "";

    /// <summary>Profile ids (<c>pid</c>, since LwM2M 1.2), comma-separated; null for none.</summary>
    public string? ProfileIds { get; init; }

    /// <summary>The Objects that the profiles stand for: a registration does not list them, unless the server does not know the profiles.</summary>
    public IReadOnlySet<ushort> ProfileObjects { get; init; } = new HashSet<ushort>();

    /// <summary>MSISDN without plus sign; null for none.</summary>
    public string? SmsNumber { get; init; }

    /// <summary>Endpoint type (<c>et</c>), not of LwM2M, that Pelion's directory keeps; null for none.</summary>
    public string? EndpointType { get; init; }

    /// <summary>The registration says which content formats there are (<c>ct</c>). Default true.</summary>
    public bool AnnouncesFormats { get; init; } = true;

    /// <summary>The format for many values when a server has no wish; null: TLV in LwM2M 1.0, SenML CBOR in 1.1, LwM2M CBOR in 1.2.</summary>
    public ContentFormat? PreferredFormat { get; init; }

    /// <summary>When failed registrations are tried again.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>Definitions of Objects. Default: OMA's registry.</summary>
    public ObjectModelRegistry Models { get; init; } = ObjectModelRegistry.Default;

    /// <summary>Keeps registrations, observations and persistent Objects over restarts; null keeps nothing.</summary>
    public IClientStateStore? StateStore { get; init; }

    /// <summary>Observations that one server may have; beyond that, it gets the value and no notifications. Default 100.</summary>
    public int MaxObservations { get; init; } = 100;

    /// <summary>Notifications of one observation that are kept while its server cannot be reached, when the server says nothing (hqmax). Default 10.</summary>
    public int MaxStoredNotifications { get; init; } = 10;

    /// <summary>The most that a server may ask to be kept (hqmax), for each observation. Default 1,000.</summary>
    public int MaxHistory { get; init; } = 1000;

    /// <summary>For the jitter of new attempts. Default: seeded by chance.</summary>
    public Random Random { get; init; } = new();

    /// <summary>Is told of every request served and every request of ours that ended, under the client's lock; for tests and tools.</summary>
    public Action<ClientTrace>? Trace { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public void Validate()
    {
        if (Servers is not { Count: > 0 } && Bootstrap is null)
            throw new ArgumentException("A client has at least one server, or a bootstrap server.", nameof(Servers));
        if (Servers.Any(server => server.ShortServerId is 0 or ushort.MaxValue))
            throw new ArgumentException("A Short Server ID is 1 to 65534.", nameof(Servers));
        if (Servers.DistinctBy(server => server.ShortServerId).Count() != Servers.Count)
            throw new ArgumentException("Two servers have the same Short Server ID.", nameof(Servers));
        if (EndpointName is { Length: 0 or > RegistrationParameters.MaxEndpointName })
            throw new ArgumentException($"An endpoint name has 1 to {RegistrationParameters.MaxEndpointName} characters.", nameof(EndpointName));
        if (LowestVersion > Version)
            throw new ArgumentException("The lowest release is above the highest.", nameof(LowestVersion));
        if (AlternatePath.Length > 0 && (AlternatePath[0] != '/' || AlternatePath[^1] == '/' || AlternatePath.Length > RegistrationLinks.MaxRootPath))
            throw new ArgumentException($"An alternate path begins with a slash, does not end with one, and has at most {RegistrationLinks.MaxRootPath} characters.", nameof(AlternatePath));
        Retry.Validate();
        BootstrapRetry.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(AttemptsBeforeBootstrap, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AwakeTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxObservations);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxStoredNotifications, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxHistory, 1);
    }
}
