using Surety.Lwm2m.Client;
using Surety.Server.Features.Certificates;
using Surety.Server.Hosting;
using Surety.Simulator;

namespace Surety.Server.Features.Demo;

/// <summary>
/// Five simulated devices in this process, and a line on the terminal for each. They go the way of real ones: from the factory to the owner who
/// claims them, to the bootstrap server, by EST to a certificate for a key that they make, and to the LwM2M server.
/// </summary>
internal sealed class DemoDevices(
    DemoOptions options,
    DemoNetwork network,
    DemoFactories factories,
    PlatformAuthority authority,
    DataDirectory data,
    IHostApplicationLifetime lifetime,
    TimeProvider time)
    : BackgroundService
{
    private const string NamePrefix = "demo-";
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);

    /// <exception cref="StartupException">There is no address for devices.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (network.IsWhole)
        {
            var factory = factories.OfPlatform();
            await factory.StartAsync(cancellationToken);
            foreach (var name in DemoFleet.NamesFor(NamePrefix))
                await factory.ClaimAsync(name, cancellationToken);
        }
        else if (network.Laboratory is null)
        {
            throw new StartupException("--demo needs a bootstrap server and an LwM2M server: set Surety:Bootstrap:Coaps and Surety:Lwm2m:Coaps (or both :CoapsTcp), for instance to 0.0.0.0:5784 and 0.0.0.0:5684.");
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Their lines come below what the server says of itself.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var whenStopping = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        await started.Task;

        var isWhole = network.IsWhole;
        await using var fleet = new DemoFleet(new DemoFleetOptions
        {
            NamePrefix = NamePrefix,
            Servers = network.Laboratory is { } laboratory ? [laboratory] : [],
            FindBootstrapServer = kind => isWhole ? network.FindBootstrap(kind) : null,
            FindIdentity = isWhole ? factories.OfPlatform().FindIdentity : null,
            Trusted = [authority.Root],
            StateDirectory = data.File("demo"),
            Time = time,
        });
        fleet.Start();
        using var timer = new PeriodicTimer(RefreshInterval, time);
        try
        {
            do
            {
                options.Lines?.Show([.. fleet.Snapshot().Select(Line)]);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server ends: the devices keep their registrations and go on with them after the next start.
        }
    }

    private static LiveLine Line(DeviceSnapshot device)
    {
        var state = device.State == RegistrationState.Registered ? $"registered  {device.Security}".TrimEnd() : device.Problem ?? device.Step ?? device.State.ToString().ToLowerInvariant();
        return new LiveLine(device.Name, device.Value, state);
    }
}
