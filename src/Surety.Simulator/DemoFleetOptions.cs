using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Device;
using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>What the devices of a <see cref="DemoFleet"/> have in common.</summary>
public sealed record DemoFleetOptions
{
    /// <summary>The servers that devices register with which have no bootstrap server, <c>coap://localhost:5683</c> for instance.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>
    /// The bootstrap server of devices of a kind, <c>coaps://localhost:5784</c> for instance, which tells them their servers; null, or a result of
    /// null: they know <see cref="Servers"/>.
    /// </summary>
    public Func<DeviceKind, string?>? FindBootstrapServer { get; init; }

    /// <summary>Gives the identity that a device has from the factory, by its endpoint name; null, or a result of null: none, for servers without security.</summary>
    public Func<string, DeviceIdentity?>? FindIdentity { get; init; }

    /// <summary>Authorities whose servers the devices believe.</summary>
    public IReadOnlyCollection<X509Certificate2> Trusted { get; init; } = [];

    /// <summary>The devices that are there from the beginning. Default: one of each kind.</summary>
    public IReadOnlyList<DeviceKind> Kinds { get; init; } = Enum.GetValues<DeviceKind>();

    /// <summary>What stands before the kind in endpoint names. Default <c>demo-</c>: <c>demo-thermometer</c>.</summary>
    public string NamePrefix { get; init; } = "demo-";

    /// <summary>The lifetime of registrations, seconds. Default 300.</summary>
    public uint Lifetime { get; init; } = 300;

    /// <summary>The same seed gives the same devices with the same values at the same times. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>When failed registrations are tried again. Default: after 2 s, at last every 30 s.</summary>
    public RetryPolicy Retry { get; init; } = new() { InitialDelay = TimeSpan.FromSeconds(2), MaxDelay = TimeSpan.FromSeconds(30) };

    /// <summary>A folder for what the devices keep, so that a restart goes on with their identities and registrations; null: none. Needed with a bootstrap server.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Where the devices say what they do; each has a logger of its name.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
