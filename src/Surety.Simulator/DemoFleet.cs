using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>Five devices in this process, one of each kind: a thermometer, a lamp, an electricity meter, a tracker, a door sensor.</summary>
public sealed class DemoFleet : IAsyncDisposable
{
    private readonly CoapTransport _transport;
    private readonly FleetClock _clock;
    private readonly SimulatedDevice[] _devices;

    /// <summary>The devices; they do nothing until <see cref="Start"/>.</summary>
    /// <exception cref="InvalidOperationException">The options lack something; the message says what.</exception>
    public DemoFleet(DemoFleetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.StateDirectory is { } directory)
            Directory.CreateDirectory(directory);
        _transport = new CoapTransport(logger: options.Logging.CreateLogger(typeof(DemoFleet).FullName!), time: options.Time);
        _clock = new FleetClock(options.Time, new Random(options.Seed));
        DeviceKind[] kinds = Enum.GetValues<DeviceKind>();
        IReadOnlyList<string> names = NamesFor(options.NamePrefix);
        _devices = new SimulatedDevice[kinds.Length];
        for (int i = 0; i < kinds.Length; i++)
        {
            // Chance of its own for each: what one device does must not change what another does.
            _devices[i] = SimulatedDevice.Create(kinds[i], names[i], i, new Random(HashCode(options.Seed, i)), options, _transport);
            foreach (ISimulated thing in _devices[i].Things)
                _clock.Add(thing);
        }
    }

    /// <summary>The devices.</summary>
    public IReadOnlyList<SimulatedDevice> Devices => _devices;

    /// <summary>The endpoint names that a fleet with this prefix will have, for whoever makes its certificates.</summary>
    public static IReadOnlyList<string> NamesFor(string prefix) => [.. Enum.GetValues<DeviceKind>().Select(kind => prefix + kind.ToString().ToLowerInvariant())];

    /// <summary>Lets the devices live: they register, and their values change.</summary>
    public void Start()
    {
        foreach (SimulatedDevice device in _devices)
            device.Host.Start();
        _clock.Start();
    }

    /// <summary>Every device at this moment, for the lines of a terminal.</summary>
    public IReadOnlyList<DeviceSnapshot> Snapshot() => [.. _devices.Select(device => device.Snapshot())];

    /// <summary>De-registers all devices.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(_devices.Select(device => device.Host.StopAsync(cancellationToken: cancellationToken)));

    /// <summary>Ends without telling servers, and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        _clock.Dispose();
        foreach (SimulatedDevice device in _devices)
            await device.DisposeAsync().ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
    }

    // Not System.HashCode, which differs from process to process.
    private static int HashCode(int seed, int number) => unchecked((seed * 486_187_739) + (number * 16_777_619) + 7);
}
