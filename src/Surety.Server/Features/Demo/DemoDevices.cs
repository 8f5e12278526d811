using System.Globalization;
using System.Net;
using Surety.Coap;
using Surety.Lwm2m.Client;
using Surety.Pki;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Connect;
using Surety.Server.Hosting;
using Surety.Simulator;

namespace Surety.Server.Features.Demo;

/// <summary>Five simulated devices in this process, with certificates of the platform's authority, and a line on the terminal for each.</summary>
internal sealed class DemoDevices(
    DemoOptions options, DeviceEndpoints endpoints, PlatformAuthority authority, DeviceTrust trust, DataDirectory data, IHostApplicationLifetime lifetime, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan CertificateLifetime = TimeSpan.FromDays(825);
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);

    /// <exception cref="StartupException">There is no address for devices.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // The safest way in that is open; a server that is for the laboratory alone can have its demo, too.
        _ = Endpoint;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Their lines come below what the server says of itself.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var whenStopping = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        await started.Task;

        await using var fleet = new DemoFleet(new DemoFleetOptions
        {
            Servers = [UriOf(Endpoint)],
            // Lamp and meter are on the mains, and can afford a connection that stays.
            FindServers = kind => kind is DeviceKind.Light or DeviceKind.Meter && endpoints.All.FirstOrDefault(e => e is { IsSecure: true, IsReliable: true }) is { } tls ? [UriOf(tls)] : null,
            FindIdentity = Endpoint.IsSecure ? Issue : null,
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

    private CoapEndpoint Endpoint => endpoints.All.OrderByDescending(endpoint => endpoint.IsSecure).ThenBy(endpoint => endpoint.IsReliable).FirstOrDefault()
        ?? throw new StartupException("--demo needs an address for devices: set Surety:Lwm2m:Coaps or :CoapsTcp, for instance to 0.0.0.0:5684.");

    private static string UriOf(CoapEndpoint endpoint)
    {
        var address = endpoint.LocalEndPoint.Address;
        var isAny = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        var host = isAny ? "localhost" : new IPEndPoint(address, 0).ToString()[..^2];
        return string.Create(CultureInfo.InvariantCulture, $"{endpoint.Scheme}://{host}:{endpoint.LocalEndPoint.Port}");
    }

    private static LiveLine Line(DeviceSnapshot device)
    {
        var state = device.State == RegistrationState.Registered ? $"registered  {device.Security}".TrimEnd() : device.Problem ?? device.State.ToString().ToLowerInvariant();
        return new LiveLine(device.Name, device.Value, state);
    }

    private Device.DeviceIdentity Issue(string name)
    {
        var certificate = authority.Authority.IssueWithNewKey(CertificateProfile.Device(new CertificateSubject(name), ValidityPeriod.FromEpoch(time, CertificateLifetime)));
        // Made anew at each start, so that the record need not last longer.
        trust.SetIssued(IssuedCertificates.FingerprintOf(certificate.RawData), trust.PlatformAccount, default, IssuedCertificateStatus.Active);
        return Device.DeviceIdentity.From(certificate);
    }
}
