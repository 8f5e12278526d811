using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>How a <see cref="Lwm2mServer"/> works.</summary>
public sealed record Lwm2mServerOptions
{
    /// <summary>A folder for the log of registrations; null keeps them in memory only. Default null.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>How the log is kept.</summary>
    public AppendLogOptions Log { get; init; } = new();

    /// <summary>
    /// How long a device with queue mode listens after it has spoken. Default 93 s: MAX_TRANSMIT_WAIT, as LwM2M Core 6.5 wants it.
    /// </summary>
    public TimeSpan AwakeTime { get; init; } = TransmissionParameters.Default.MaxTransmitWait;

    /// <summary>After a start, no registration ends before this time, since nobody could hear the devices. Default 2 minutes.</summary>
    public TimeSpan RestartGrace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest lifetime accepted; a longer one is cut to it. Default: none.</summary>
    public TimeSpan? MaxLifetime { get; init; }

    /// <summary>The definitions of the objects of a tenant's devices. Default: OMA's registry.</summary>
    public Func<TenantId, ObjectModelRegistry> Models { get; init; } = static _ => ObjectModelRegistry.Default;

    /// <summary>The object lists, in link format, that profile ids stand for (LwM2M 1.2, <c>pid</c>). What a device registers with both is learnt besides, for its tenant.</summary>
    public IReadOnlyDictionary<string, string> Profiles { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether a device that registers so, over a transport with security, gets <c>rd/{tenant}/{device}</c> for its location, as Pelion's clients want it.
    /// Updates to that path are taken from every secured device. Default: none does.
    /// </summary>
    public Func<RegistrationParameters, bool> HasDeviceLocation { get; init; } = static _ => false;

    /// <summary>Answers requests that are not LwM2M's; null answers 4.04.</summary>
    public ICoapHandler? Fallback { get; init; }
}
