using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Device;
using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>What the devices of a <see cref="DemoFleet"/> have in common.</summary>
public sealed record DemoFleetOptions
{
    /// <summary>The servers that every device registers with, <c>coaps+tcp://localhost:5684</c> for instance. At least one.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>The servers of devices of a kind, where they are not <see cref="Servers"/>; null, or a result of null: they are.</summary>
    public Func<DeviceKind, IReadOnlyList<string>?>? FindServers { get; init; }

    /// <summary>Gives the identity of the device with an endpoint name; null, or a result of null: none, for servers without security.</summary>
    public Func<string, DeviceIdentity?>? FindIdentity { get; init; }

    /// <summary>Authorities whose servers the devices believe.</summary>
    public IReadOnlyCollection<X509Certificate2> Trusted { get; init; } = [];

    /// <summary>What stands before the kind in endpoint names. Default <c>demo-</c>: <c>demo-thermometer</c>.</summary>
    public string NamePrefix { get; init; } = "demo-";

    /// <summary>The lifetime of registrations, seconds. Default 300.</summary>
    public uint Lifetime { get; init; } = 300;

    /// <summary>The same seed gives the same devices with the same values at the same times. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>When failed registrations are tried again. Default: after 2 s, at last every 30 s.</summary>
    public RetryPolicy Retry { get; init; } = new() { InitialDelay = TimeSpan.FromSeconds(2), MaxDelay = TimeSpan.FromSeconds(30) };

    /// <summary>A folder for the devices' state, so that a restart goes on with their registrations; null: none.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Where the devices say what they do; each has a logger of its name.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
