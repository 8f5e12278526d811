using System.Security.Cryptography;
using System.Text;
using Surety.Server.Api;
using Surety.Server.Features.Demo;
using Surety.Simulator;

namespace Surety.Server.Features.SimulatedDevices;

/// <summary>The simulated devices of one account.</summary>
/// <param name="account">Whose they are.</param>
/// <param name="fleet">The devices, which live.</param>
/// <param name="factory">Where they come from.</param>
/// <param name="folder">Where each has a folder of its name.</param>
/// <param name="max">How many there may be.</param>
internal sealed class SimulatedFleet(EntityId account, DemoFleet fleet, DemoFactory factory, string folder, int max) : IAsyncDisposable
{
    private const string NamePrefix = "simulated-";

    private readonly Lock _lock = new();
    private int _isComing;

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<SimulatedDeviceData> List() => [.. fleet.Devices.OrderBy(device => device.Name, StringComparer.Ordinal).Select(ToWire)];

    /// <summary>The device of an id; null when there is none.</summary>
    public SimulatedDevice? Find(EntityId id) => fleet.Devices.FirstOrDefault(device => IdOf(device.Name) == id);

    public SimulatedDeviceData ToWire(SimulatedDevice device) => SimulatedDeviceData.Of(IdOf(device.Name), device);

    /// <summary>Makes devices in the factory, claims them for the account, and lets them go.</summary>
    /// <exception cref="ApiException">403: the account would have more than it may, or may not trust the factory.</exception>
    public async Task<IReadOnlyList<SimulatedDeviceData>> AddAsync(int count, DeviceKind? kind, CancellationToken cancellationToken)
    {
        int first;
        using (_lock.EnterScope())
        {
            first = fleet.Devices.Count + _isComing;
            if (first + count > max)
                throw ApiException.LimitExceeded($"The account has {first} simulated devices, and may have {max} (Surety:SimulatedDevices:PerAccount); stop some first.");
            _isComing += count;
        }

        var isComing = count;
        try
        {
            await factory.StartAsync(cancellationToken);
            var added = new List<SimulatedDeviceData>(count);
            for (var i = 0; i < count; i++)
            {
                var kinds = Enum.GetValues<DeviceKind>();
                var ofThis = kind ?? kinds[(first + i) % kinds.Length];
                // Chance keeps it from the names of devices that were here before.
                var name = $"{NamePrefix}{ofThis.ToString().ToLowerInvariant()}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
                await factory.ClaimAsync(name, cancellationToken);
                System.IO.Directory.CreateDirectory(Path.Combine(folder, name));
                using (_lock.EnterScope())
                {
                    added.Add(ToWire(Start(ofThis, name)));
                    _isComing--;
                    isComing--;
                }
            }

            return added;
        }
        finally
        {
            using (_lock.EnterScope())
                _isComing -= isComing;
        }
    }

    /// <summary>De-registers a device and forgets it with its keys. Its entry in the directory stays.</summary>
    public async Task RemoveAsync(SimulatedDevice device, CancellationToken cancellationToken)
    {
        if (!await fleet.RemoveAsync(device, cancellationToken))
            return;
        factory.Forget(device.Name);
        var own = Path.Combine(folder, device.Name);
        if (System.IO.Directory.Exists(own))
            System.IO.Directory.Delete(own, recursive: true);
    }

    /// <summary>Goes on with the devices that were here when the server ended.</summary>
    public void Resume()
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
            return;
        foreach (var name in root.EnumerateDirectories(NamePrefix + "*").Select(one => one.Name).Order(StringComparer.Ordinal).Take(max))
        {
            if (factory.HasMade(name) && Enum.TryParse<DeviceKind>(name[NamePrefix.Length..].Split('-')[0], ignoreCase: true, out var kind))
                Start(kind, name);
        }
    }

    /// <summary>Ends without telling servers: the devices keep their registrations.</summary>
    public ValueTask DisposeAsync() => fleet.DisposeAsync();

    // Account and name make the id, so that it is the same after a restart.
    private EntityId IdOf(string name) => EntityId.Read(SHA256.HashData(Encoding.UTF8.GetBytes($"simulated-device {account} {name}")));

    private SimulatedDevice Start(DeviceKind kind, string name)
    {
        // Whoever asked for it has nothing to do with what the device does from now on.
        using (ExecutionContext.SuppressFlow())
            return fleet.Add(kind, name);
    }
}
