using System.Globalization;
using Surety.Device;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>A device in this process that behaves like a real one.</summary>
public sealed class SimulatedDevice : IAsyncDisposable
{
    private readonly List<SimulatedObject> _objects;
    private readonly List<ISimulated> _things;

    private SimulatedDevice(string name, DeviceKind kind, DeviceHost host, List<SimulatedObject> objects, List<ISimulated> things)
    {
        Name = name;
        Kind = kind;
        Host = host;
        _objects = objects;
        _things = things;
    }

    /// <summary>Its endpoint name.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public DeviceKind Kind { get; }

    /// <summary>The device itself.</summary>
    public DeviceHost Host { get; }

    internal IEnumerable<ISimulated> Things => _things;

    /// <summary>The device at this moment.</summary>
    public DeviceSnapshot Snapshot()
    {
        string kind = Kind.ToString().ToLowerInvariant(), value = _objects[0].Summary;
        BootstrapSession bootstrap = Host.Client.Bootstrap;
        // Before the first bootstrap there is no server.
        ServerSession? server = Host.Client.Servers is [var first, ..] ? first : null;
        if (server is null || bootstrap.State is not (BootstrapState.Idle or BootstrapState.Finished))
            return new DeviceSnapshot(Name, kind, server?.State ?? RegistrationState.Waiting, value, bootstrap.LastProblem, null) { Step = Describe(bootstrap.State) };
        return new DeviceSnapshot(Name, kind, server.State, value, server.LastProblem, server.Security);
    }

    /// <summary>Ends without telling servers.</summary>
    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Makes a device.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">Its endpoint name.</param>
    /// <param name="number">Its number in the fleet, from which its addresses come.</param>
    /// <param name="random">Its own chance.</param>
    /// <param name="options">What the fleet has in common.</param>
    /// <param name="transport">The fleet's endpoints.</param>
    internal static SimulatedDevice Create(DeviceKind kind, string name, int number, Random random, DemoFleetOptions options, CoapTransport transport)
    {
        const Lwm2mVersion Version = Lwm2mVersion.V12;

        // What the network does must not change what the device measures.
        var ofClient = new Random(random.Next());
        List<SimulatedObject> objects = [.. Describe(kind, random), new Connectivity(random, Version, number)];
        var information = new DeviceInformation
        {
            Manufacturer = "Surety",
            ModelNumber = $"Simulated {kind.ToString().ToLowerInvariant()}",
            SerialNumber = random.NextInt64(1L << 40).ToString("X10", CultureInfo.InvariantCulture),
            FirmwareVersion = "1.0.0",
            HardwareVersion = "A",
            DeviceType = kind.ToString().ToLowerInvariant(),
            Timezone = "Europe/Berlin",
            UtcOffset = "+01:00",
        };
        DeviceHostBuilder builder = DeviceHost.CreateBuilder()
            .UseEndpointName(name)
            .UseTransport(transport)
            .UseTime(options.Time)
            .LogTo(options.Logging.CreateLogger(name))
            .Trust(options.Trusted)
            .Describe(information)
            .Configure(client => client with { Version = Version, Random = ofClient, Retry = options.Retry, BootstrapRetry = options.Retry });
        if (options.FindIdentity?.Invoke(name) is { } identity)
            builder.UseFactoryIdentity(identity);
        if (options.FindBootstrapServer?.Invoke(kind) is { } bootstrap)
        {
            builder.UseBootstrapServer(bootstrap).UseIdentityStore(Path.Combine(options.StateDirectory ?? throw new InvalidOperationException("Devices that bootstrap need a StateDirectory."), name));
        }
        else
        {
            foreach (string uri in options.Servers)
                builder.UseServer(uri, account => account with { Lifetime = options.Lifetime });
            if (options.StateDirectory is { } directory)
                builder.UseStateFile(Path.Combine(directory, $"{name}.json"));
        }

        foreach (SimulatedObject item in objects)
            builder.Add(item);
        DeviceHost host = builder.Build();
        List<ISimulated> things = [.. objects];
        // Lamp and meter are on the mains.
        if (kind is DeviceKind.Thermometer or DeviceKind.Tracker or DeviceKind.Door)
            things.Add(new Battery((DeviceInstance)host.Objects.FindInstance(new Lwm2mPath(CoreObjects.Device, 0))!, random));
        return new SimulatedDevice(name, kind, host, objects, things);
    }

    private static string Describe(BootstrapState state) => state switch
    {
        BootstrapState.Enrolling => "gets its certificate",
        BootstrapState.Retrying => "bootstraps again later",
        _ => "bootstraps",
    };

    private static IEnumerable<SimulatedObject> Describe(DeviceKind kind, Random random)
    {
        switch (kind)
        {
            case DeviceKind.Thermometer:
                return [new Thermometer(random)];
            case DeviceKind.Light:
                return [new Light(random)];
            case DeviceKind.Meter:
                var power = new PowerMeter(random);
                return [power, new EnergyMeter(random, power)];
            case DeviceKind.Tracker:
                var route = new Route(random);
                return [new Location(random, route), new Tracker(random, route)];
            default:
                return [new Presence(random)];
        }
    }
}
