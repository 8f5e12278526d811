using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>How a <see cref="BootstrapServer"/> works.</summary>
public sealed record BootstrapServerOptions
{
    /// <summary>
    /// The longest that a bootstrap may take. Default 247 s, EXCHANGE_LIFETIME: a device without a Finish by then takes it for failed (Core TS 1.2.2, 6.1.6).
    /// </summary>
    public TimeSpan SessionTimeout { get; init; } = TransmissionParameters.Default.ExchangeLifetime;

    /// <summary>Devices that may bootstrap at once; others are told to try again later. Default 10,000: some 10 KB each.</summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>The longest answer of a device, bytes. Default 64 KiB.</summary>
    public int MaxAnswer { get; init; } = 64 * 1024;

    /// <summary>Definitions of what devices are asked for. Default: OMA's registry.</summary>
    public ObjectModelRegistry Models { get; init; } = ObjectModelRegistry.Default;

    /// <summary>Answers requests that are not the bootstrap interface's; null answers 4.04.</summary>
    public ICoapHandler? Fallback { get; init; }
}
