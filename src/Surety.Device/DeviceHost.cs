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
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal DeviceHost(Lwm2mClient client, CoapConnector connector, CoapTransport? ownTransport, ILogger logger)
    {
        Client = client;
        _connector = connector;
        _ownTransport = ownTransport;
        _logger = logger;
        client.StateChanged += OnStateChanged;
    }

    /// <summary>The device has registered with a server. Must be quick.</summary>
    public event Action<ServerSession>? Registered;

    /// <summary>A server cannot be reached, or refuses; the device tries again by itself. Must be quick.</summary>
    public event Action<ServerSession, string>? Lost;

    /// <summary>The LwM2M client.</summary>
    public Lwm2mClient Client { get; }

    /// <summary>The device's Objects.</summary>
    public ObjectTree Objects => Client.Objects;

    /// <summary>All servers know the device.</summary>
    public bool IsRegistered => Client.Servers.All(server => server.State == RegistrationState.Registered);

    /// <summary>Ends when the device has registered with a server for the first time.</summary>
    public Task WhenRegistered => _registered.Task;

    /// <summary>Begins to say what a device is.</summary>
    public static DeviceHostBuilder CreateBuilder() => new();

    /// <summary>Begins to register, and goes on by itself.</summary>
    public void Start() => Client.Start();

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

    /// <summary>De-registers and ends.</summary>
    /// <param name="deregister">Whether servers are told. Not telling them lets a restart with a state file go on with the registration.</param>
    /// <param name="cancellationToken">Does not wait for servers any longer.</param>
    public Task StopAsync(bool deregister = true, CancellationToken cancellationToken = default) => Client.StopAsync(deregister, cancellationToken);

    /// <summary>Sends present values to the server, unasked.</summary>
    public Task<SendResult> SendAsync(params IReadOnlyList<Lwm2mPath> paths) => Client.SendAsync(paths);

    /// <summary>Ends without telling servers, and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().ConfigureAwait(false);
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

    [LoggerMessage(4001, LogLevel.Information, "Rebooted by a server: registering again")]
    private partial void LogReboot();
}
