using Surety.Lwm2m.Client;

namespace Surety.Simulator;

/// <summary>
/// Devices in this process: at first one of each kind that the options name (a thermometer, a lamp, an electricity meter, a tracker, a door sensor), and
/// more as they are added.
/// </summary>
public sealed class DemoFleet : IAsyncDisposable
{
    private readonly DemoFleetOptions _options;
    private readonly CoapTransport _transport;
    private readonly FleetClock _clock;
    private readonly Lock _lock = new();
    private SimulatedDevice[] _devices;
    private bool _isStarted;

    /// <summary>The devices; they do nothing until <see cref="Start"/>.</summary>
    /// <exception cref="InvalidOperationException">The options lack something; the message says what.</exception>
    public DemoFleet(DemoFleetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.StateDirectory is { } directory)
            Directory.CreateDirectory(directory);
        _options = options;
        _transport = new CoapTransport(logger: options.Logging.CreateLogger(typeof(DemoFleet).FullName!), time: options.Time);
        _clock = new FleetClock(options.Time, new Random(options.Seed));
        _devices = new SimulatedDevice[options.Kinds.Count];
        for (int i = 0; i < _devices.Length; i++)
            _devices[i] = Create(options.Kinds[i], NameFor(options.NamePrefix, options.Kinds[i]), i);
    }

    /// <summary>The devices.</summary>
    public IReadOnlyList<SimulatedDevice> Devices => Volatile.Read(ref _devices);

    /// <summary>The endpoint names that a fleet of all kinds with this prefix will have, for whoever makes its certificates.</summary>
    public static IReadOnlyList<string> NamesFor(string prefix) => [.. Enum.GetValues<DeviceKind>().Select(kind => NameFor(prefix, kind))];

    /// <summary>Lets the devices live: they register, and their values change.</summary>
    public void Start()
    {
        SimulatedDevice[] devices;
        using (_lock.EnterScope())
        {
            _isStarted = true;
            devices = _devices;
        }

        foreach (SimulatedDevice device in devices)
            device.Host.Start();
        _clock.Start();
    }

    /// <summary>One more device. It lives at once when the fleet has been started.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">Its endpoint name, which no other device of the fleet has; its values and addresses come from it.</param>
    /// <exception cref="ArgumentException">A device has the name.</exception>
    public SimulatedDevice Add(DeviceKind kind, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        int number = NumberOf(name);
        bool isStarted;
        SimulatedDevice device;
        using (_lock.EnterScope())
        {
            if (Array.Exists(_devices, known => known.Name == name))
                throw new ArgumentException($"The fleet has a device '{name}' already.", nameof(name));
            device = Create(kind, name, number);
            _devices = [.. _devices, device];
            isStarted = _isStarted;
        }

        if (isStarted)
            device.Host.Start();
        return device;
    }

    /// <summary>De-registers a device, within 10 s whatever its server does, and takes it out of the fleet.</summary>
    /// <returns>False: it is not in the fleet, or somebody else is taking it out.</returns>
    public async Task<bool> RemoveAsync(SimulatedDevice device, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        using (_lock.EnterScope())
        {
            if (!Array.Exists(_devices, known => known == device))
                return false;
            _devices = Array.FindAll(_devices, known => known != device);
        }

        foreach (ISimulated thing in device.Things)
            _clock.Remove(thing);
        try
        {
            await device.Host.StopAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await device.DisposeAsync().ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Every device at this moment, for the lines of a terminal.</summary>
    public IReadOnlyList<DeviceSnapshot> Snapshot() => [.. Devices.Select(device => device.Snapshot())];

    /// <summary>De-registers all devices.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(Devices.Select(device => device.Host.StopAsync(cancellationToken: cancellationToken)));

    /// <summary>Ends without telling servers, and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        _clock.Dispose();
        foreach (SimulatedDevice device in Devices)
            await device.DisposeAsync().ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
    }

    private SimulatedDevice Create(DeviceKind kind, string name, int number)
    {
        // Chance of its own for each: what one device does must not change what another does.
        SimulatedDevice device = SimulatedDevice.Create(kind, name, number, new Random(HashCode(_options.Seed, number)), _options, _transport);
        foreach (ISimulated thing in device.Things)
            _clock.Add(thing);
        return device;
    }

    private static string NameFor(string prefix, DeviceKind kind) => prefix + kind.ToString().ToLowerInvariant();

    // Not System.HashCode, which differs from process to process.
    private static int HashCode(int seed, int number) => unchecked((seed * 486_187_739) + (number * 16_777_619) + 7);

    private static int NumberOf(string name)
    {
        int number = 17;
        foreach (char character in name)
            number = HashCode(number, character);
        return number & int.MaxValue;
    }
}
