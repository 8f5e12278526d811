using System.ComponentModel;

namespace Surety.Server.Features.Bootstrap;

/// <summary>The LwM2M server that devices are given, and how they are to behave towards it.</summary>
internal sealed record BootstrapRuleServer
{
    /// <summary>What the built-in rule gives: a day.</summary>
    public const uint DefaultLifetime = 86_400;

    [Description("coaps://host:port of the LwM2M server. Default: this platform's.")]
    public string? Uri { get; init; }

    [Description("PEM of the authority of that server, when it is another's. Default: this platform's.")]
    public string? Certificate { get; init; }

    [Description("4: the device makes its key, and gets a certificate over EST (the default). 2: key and certificate are made here and written to the device. 1: the same with a raw public key, 0: with a pre-shared key; both over DTLS alone.")]
    public int? SecurityMode { get; init; }

    [Description("Short server id, 1 to 65534. Default 1.")]
    public ushort? ShortServerId { get; init; }

    [Description("Lifetime of the registration in seconds; 0 never ends. Default 86400.")]
    public uint? Lifetime { get; init; }

    [Description("Default minimum period of observations, seconds.")]
    public uint? MinimumPeriod { get; init; }

    [Description("Default maximum period of observations, seconds.")]
    public uint? MaximumPeriod { get; init; }

    [Description("Binding: U, T; Q for queue mode in LwM2M 1.0. Default: the transport over which the device bootstraps.")]
    public string? Binding { get; init; }
}
