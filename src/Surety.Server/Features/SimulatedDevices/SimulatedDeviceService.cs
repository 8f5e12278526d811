using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Demo;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;
using Surety.Simulator;

namespace Surety.Server.Features.SimulatedDevices;

/// <summary>
/// Devices in this process that accounts have started. They go the way of real ones: from a factory that the account trusts, claimed by the account, to the
/// bootstrap server, by EST to a certificate for a key of their own, and to the LwM2M server. They end with the server, and go on when it starts again.
/// </summary>
internal sealed class SimulatedDeviceService(
    SimulatedDevicesSettings settings,
    DemoNetwork network,
    DemoFactories factories,
    PlatformAuthority authority,
    SuretyDbFactory databases,
    TimeProvider time)
    : IHostedService, IAsyncDisposable
{
    private const string Kind = "simulated device";

    /// <summary>In all accounts together: they share the process with those who serve devices.</summary>
    private const int MaxInAll = 500;

    private readonly ConcurrentDictionary<EntityId, Lazy<SimulatedFleet>> _fleets = new();

    public SimulatedDeviceList List(EntityId account)
    {
        IReadOnlyList<SimulatedDeviceData> data = _fleets.TryGetValue(account, out var fleet) ? fleet.Value.List() : [];
        return new SimulatedDeviceList { MaxCount = network.IsWhole ? settings.PerAccount : 0, TotalCount = data.Count, Data = data };
    }

    /// <exception cref="ApiException">404.</exception>
    public SimulatedDeviceData Get(EntityId account, string id)
    {
        var (fleet, device) = Find(account, id);
        return fleet.ToWire(device);
    }

    /// <exception cref="ApiException">403: the server simulates no devices, or the account has as many as it may have.</exception>
    public async Task<SimulatedDeviceList> AddAsync(EntityId account, SimulatedDeviceRequest request, CancellationToken cancellationToken)
    {
        if (settings.PerAccount == 0)
            throw ApiException.Forbidden("This server simulates no devices. Start it with --demo, or set Surety:SimulatedDevices:PerAccount.");
        if (!network.IsWhole)
            throw ApiException.Forbidden("Simulated devices need a bootstrap server and an LwM2M server: set Surety:Bootstrap:Coaps and Surety:Lwm2m:Coaps.");
        var count = request.Count ?? 1;
        if (_fleets.Values.Sum(fleet => fleet.Value.List().Count) + count > MaxInAll)
            throw ApiException.LimitExceeded($"The accounts of this server have {MaxInAll} simulated devices together, and may not have more.");
        var added = await FleetOf(account).AddAsync(count, request.Kind, cancellationToken);
        return new SimulatedDeviceList { MaxCount = settings.PerAccount, TotalCount = added.Count, Data = added };
    }

    /// <exception cref="ApiException">404.</exception>
    public Task RemoveAsync(EntityId account, string id, CancellationToken cancellationToken)
    {
        var (fleet, device) = Find(account, id);
        return fleet.RemoveAsync(device, cancellationToken);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.PerAccount == 0 || !network.IsWhole)
            return;
        await using var db = databases.OpenForPlatform();
        foreach (var account in factories.FindAccounts())
        {
            if (await db.AllAccounts<Account>().AnyAsync(known => known.Id == account, cancellationToken))
                FleetOf(account).Resume();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var account in _fleets.Keys)
        {
            if (_fleets.TryRemove(account, out var fleet))
                await fleet.Value.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private (SimulatedFleet Fleet, SimulatedDevice Device) Find(EntityId account, string id) =>
        EntityId.TryParse(id, out var wanted) && _fleets.TryGetValue(account, out var fleet) && fleet.Value.Find(wanted) is { } device
            ? (fleet.Value, device)
            : throw ApiException.NotFound(Kind, id);

    private SimulatedFleet FleetOf(EntityId account) => _fleets.GetOrAdd(account, id => new Lazy<SimulatedFleet>(() => Create(id))).Value;

    private SimulatedFleet Create(EntityId account)
    {
        var factory = factories.Of(account);
        var folder = factories.FolderOf(account);
        var fleet = new DemoFleet(new DemoFleetOptions
        {
            Kinds = [],
            Servers = [],
            FindBootstrapServer = network.FindBootstrap,
            FindIdentity = factory.FindIdentity,
            Trusted = [authority.Root],
            StateDirectory = folder,
            Time = time,
        });
        using (ExecutionContext.SuppressFlow())
            fleet.Start();
        return new SimulatedFleet(account, fleet, factory, folder, settings.PerAccount);
    }
}
