using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;

namespace Surety.Device;

/// <summary>A device: keeps itself registered, serves its Objects, reports. <c>await DeviceHost.CreateBuilder()...Build().RunAsync();</c></summary>
public sealed partial class DeviceHost : IAsyncDisposable
{
    private readonly CoapConnector _connector;
    private readonly CoapTransport? _ownTransport;
    private readonly DeviceEnrollment? _enrollment;
    private readonly DeviceIdentity? _factory;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal DeviceHost(Lwm2mClient client, CoapConnector connector, CoapTransport? ownTransport, DeviceEnrollment? enrollment, DeviceIdentity? factory, MeasurementBuffer? buffer, ILogger logger)
    {
        Buffer = buffer;
        _enrollment = enrollment;
        _factory = factory;
        Client = client;
        _connector = connector;
        _ownTransport = ownTransport;
        _logger = logger;
        client.StateChanged += OnStateChanged;
        client.BootstrapStepTaken += OnBootstrapStep;
    }

    /// <summary>The device has registered with a server. Must be quick.</summary>
    public event Action<ServerSession>? Registered;

    /// <summary>A server cannot be reached, or refuses; the device tries again by itself. Must be quick.</summary>
    public event Action<ServerSession, string>? Lost;

    /// <summary>The LwM2M client.</summary>
    public Lwm2mClient Client { get; }

    /// <summary>Measurements that the server is to get even if it cannot be reached now (<see cref="DeviceHostBuilder.KeepMeasurements"/>).</summary>
    /// <exception cref="InvalidOperationException">Nobody said where to keep them.</exception>
    public MeasurementBuffer Measurements => Buffer ?? throw new InvalidOperationException("Measurements need a folder: say KeepMeasurements(\"measurements\").");

    internal MeasurementBuffer? Buffer { get; }

    /// <summary>The device's Objects.</summary>
    public ObjectTree Objects => Client.Objects;

    /// <summary>Something has happened between the device and its bootstrap server. Must be quick.</summary>
    public event Action<BootstrapStep>? BootstrapStepTaken;

    /// <summary>The identity that the device has enrolled, its certificate with the key; null: none yet.</summary>
    public DeviceIdentity? OperationalIdentity => _enrollment?.Current;

    /// <summary>By what its owner claims the device, when it bootstraps with a factory identity; null otherwise (<see cref="DeviceIdentity.EnrollmentId"/>).</summary>
    public string? EnrollmentId => _factory?.EnrollmentId;

    /// <summary>All servers know the device.</summary>
    public bool IsRegistered => Client.Servers is { Count: > 0 } servers && servers.All(server => server.State == RegistrationState.Registered);

    /// <summary>Ends when the device has registered with a server for the first time.</summary>
    public Task WhenRegistered => _registered.Task;

    /// <summary>Begins to say what a device is.</summary>
    public static DeviceHostBuilder CreateBuilder() => new();

    /// <summary>Begins to register, and goes on by itself.</summary>
    public void Start()
    {
        DeviceMetrics.Add(this);
        Client.Start();
    }

    /// <summary>Runs until it is told to end, by the token, Ctrl+C or SIGTERM; then de-registers.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        Start();
        try
        {
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(cancellationToken: CancellationToken.None).ConfigureAwait(false);
        }

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>De-registers and ends; within 10 s, whatever the servers do.</summary>
    /// <param name="deregister">Whether servers are told. Not telling them lets a restart with a state file go on with the registration.</param>
    /// <param name="cancellationToken">Does not wait for servers any longer.</param>
    public Task StopAsync(bool deregister = true, CancellationToken cancellationToken = default) => Client.StopAsync(deregister, cancellationToken);

    /// <summary>Sends present values to the server, unasked.</summary>
    public Task<SendResult> SendAsync(params IReadOnlyList<Lwm2mPath> paths) => Client.SendAsync(paths);

    /// <summary>Renews the enrolled certificate now, over the connection to the server; the device then registers with the new one.</summary>
    /// <exception cref="InvalidOperationException">The device enrols no certificates, a renewal is under way, or the EST server refused (<see cref="EstException"/>).</exception>
    /// <exception cref="Surety.Coap.CoapExchangeException">The server cannot be reached.</exception>
    public async Task RenewCertificateAsync(CancellationToken cancellationToken = default)
    {
        if (_enrollment is null)
            throw new InvalidOperationException("The device enrols no certificates: say UseIdentityStore(...).");
        await _enrollment.RenewAsync(cancellationToken).ConfigureAwait(false);
        _enrollment.UseCandidate();
    }

    /// <summary>Forgets the enrolled identity, and bootstraps with that of the factory: what a factory reset does.</summary>
    public void ForgetIdentity()
    {
        _enrollment?.Clear();
        Client.RequestBootstrap();
    }

    /// <summary>Ends without telling servers, and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        DeviceMetrics.Remove(this);
        if (Buffer is not null)
            await Buffer.DisposeAsync().ConfigureAwait(false);
        await Client.DisposeAsync().ConfigureAwait(false);
        _enrollment?.Dispose();
        await _connector.DisposeAsync().ConfigureAwait(false);
        if (_ownTransport is not null)
            await _ownTransport.DisposeAsync().ConfigureAwait(false);
    }

    internal Task RegisterAgainAsync()
    {
        LogReboot();
        Client.RegisterAgain();
        return Task.CompletedTask;
    }

    private void OnBootstrapStep(BootstrapStep step)
    {
        // 4.03 and its like: mostly, nobody has claimed the device yet.
        if (step.State == BootstrapState.Retrying && _factory is not null && Client.Bootstrap.LastRefusal.Class == 4)
            LogNotClaimed(Client.Bootstrap.LastProblem, _factory.EnrollmentId);
        BootstrapStepTaken?.Invoke(step);
    }

    private void OnStateChanged(ServerSession session)
    {
        if (session.State == RegistrationState.Registered)
        {
            _registered.TrySetResult();
            Registered?.Invoke(session);
        }
        else if (session.State is RegistrationState.Retrying or RegistrationState.Failed)
        {
            Lost?.Invoke(session, session.LastProblem ?? "");
        }
    }

    [LoggerMessage(4002, LogLevel.Warning, "The bootstrap server does not take this device: {Reason}. If nobody has claimed it yet, its owner does so with the enrollment identity {EnrollmentId}")]
    private partial void LogNotClaimed(string? reason, string enrollmentId);

    [LoggerMessage(4001, LogLevel.Information, "Rebooted by a server: registering again")]
    private partial void LogReboot();
}
