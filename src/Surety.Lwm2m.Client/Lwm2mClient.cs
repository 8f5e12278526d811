using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>
/// An LwM2M client, 1.0 to 1.2: keeps itself registered with its servers, serves its Objects, reports what is observed. It has no thread of
/// its own: endpoints and one timer drive it. Safe to use from any thread.
/// </summary>
public sealed partial class Lwm2mClient : ICoapHandler, IObjectTreeListener, IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    // Replaced as a whole by a bootstrap.
    private volatile ServerSession[] _sessions = [];
    private readonly byte[][] _alternatePath;
    private readonly CancellationTokenSource _stopping = new();
    private readonly long _start;
    private bool _isStarted;

    /// <summary>A client that does nothing until it is started. The Objects Security and Server are there; Device and all others are added to <see cref="Objects"/>.</summary>
    /// <param name="options">How it works.</param>
    /// <param name="connector">Opens ways to the servers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For what a person should know.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Lwm2mClient(Lwm2mClientOptions options, IServerConnector connector, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(connector);
        options.Validate();
        Options = options;
        Connector = connector;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
        _start = _time.GetTimestamp();
        _alternatePath = [.. options.AlternatePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(System.Text.Encoding.UTF8.GetBytes)];
        Objects = new ObjectTree(options.Models);
        Management = new DeviceManagement(Objects, options, _time);
        Bootstrap = new BootstrapSession(this, _logger);
        BootstrapOperations = new BootstrapOperations(Objects, options, _time);
        CreateAccounts();
        _timer = _time.CreateTimer(static state => ((Lwm2mClient)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Objects.Listener = this;
    }

    /// <summary>A registration has come to another state. Called under the client's lock: must be quick.</summary>
    public event Action<ServerSession>? StateChanged;

    /// <summary>In queue mode: the client begins or ceases to listen for the server. Called under the client's lock: must be quick.</summary>
    public event Action<ServerSession, bool>? AwakeChanged;

    /// <summary>How it works.</summary>
    public Lwm2mClientOptions Options { get; }

    /// <summary>Its Objects.</summary>
    public ObjectTree Objects { get; }

    /// <summary>Its servers: those of the options, in that order, or those that a bootstrap has written; a list that never changes.</summary>
    public IReadOnlyList<ServerSession> Servers => _sessions;

    /// <summary>What it has done so far.</summary>
    public ClientStatistics Statistics { get; } = new();

    internal IServerConnector Connector { get; }

    internal DeviceManagement Management { get; }

    /// <summary>The client ends.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The bindings of all servers.</summary>
    internal BindingModes Bindings { get; private set; }

    /// <summary>Milliseconds that never go back.</summary>
    internal long Now => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    internal double UnixSeconds => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>Begins to register: what was saved is taken up, and servers follow in the order that their accounts say (LwM2M Core 6.2.1.1).</summary>
    /// <exception cref="InvalidOperationException">The client was started before.</exception>
    public void Start()
    {
        using Lock.Scope scope = Objects.Gate.EnterScope();
        if (_isStarted)
            throw new InvalidOperationException("A client starts once.");
        _isStarted = true;
        LoadState();
        ServerSession[] usable = [.. _sessions.Where(IsUsable)];
        StartSessions(usable);
        // LwM2M Core 6.1.4, step 4.
        if (_sessions.Length == 0)
            Bootstrap.Request("there is no server account");
        else if (usable.Length < _sessions.Length)
            Bootstrap.Request("an account has no certificate yet");
    }

    /// <summary>De-registers and ends.</summary>
    /// <param name="deregister">Whether servers are told. Not telling them lets a restart go on with the registration.</param>
    /// <param name="cancellationToken">Does not wait for servers any longer; nor does the client itself after 10 s.</param>
    public async Task StopAsync(bool deregister = true, CancellationToken cancellationToken = default)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // As it is while registered, so that a restart can go on with it.
        if (!deregister)
            SaveNow();
        using (Objects.Gate.EnterScope())
        {
            if (_isStopped)
                return;
            _isStopped = true;
            Bootstrap.Stop();
            int left = _sessions.Length;
            if (left == 0)
                stopped.TrySetResult();
            foreach (ServerSession session in _sessions)
            {
                session.Stop(
                    () =>
                    {
                        if (--left == 0)
                            stopped.TrySetResult();
                    },
                    deregister);
            }
        }

        try
        {
            await stopped.Task.WaitAsync(StopTime, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            using Lock.Scope scope = Objects.Gate.EnterScope();
            foreach (ServerSession session in _sessions)
                session.Abandon();
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        if (deregister)
            SaveNow();
    }

    /// <summary>Stops without telling servers, as a device does that loses its power.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(deregister: false).ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>Sends an Update to every server that the client is registered with.</summary>
    public void RequestUpdate()
    {
        foreach (ServerSession session in _sessions)
            session.RequestUpdate();
    }

    /// <summary>Forgets all registrations without telling servers, and registers anew: what servers see of a reboot.</summary>
    public void RegisterAgain()
    {
        using Lock.Scope scope = Objects.Gate.EnterScope();
        if (_isStopped || !_isStarted)
            return;
        foreach (ServerSession session in _sessions)
            session.BeginAnew();
    }

    void IObjectTreeListener.OnValuesChanged(ReadOnlySpan<Lwm2mPath> paths)
    {
        foreach (ServerSession session in _sessions)
            session.OnValuesChanged(paths);
        foreach (Lwm2mPath path in paths)
        {
            if (Objects.Find(path.ObjectId) is { IsPersistent: true })
                OnStateToSave();
        }
    }

    void IObjectTreeListener.OnInstancesChanged(Lwm2mPath path)
    {
        foreach (ServerSession session in _sessions)
            session.OnInstancesChanged(path);
        if (Objects.Find(path.ObjectId) is { IsPersistent: true })
            OnStateToSave();
    }

    /// <summary>Opens the way to the server of an account. Under the lock, and so is what it calls.</summary>
    /// <param name="account">The account.</param>
    /// <param name="uri">Where its server is.</param>
    /// <param name="isWanted">Asked when it took a while: the caller still waits for this attempt. Otherwise the way is closed again.</param>
    /// <param name="onConnected">Told when the way is there.</param>
    /// <param name="onFailed">Told why there is none.</param>
    internal void Connect(SecurityInstance account, CoapUri uri, Func<bool> isWanted, Action<CoapPeer> onConnected, Action<string> onFailed)
    {
        ValueTask<CoapPeer> connecting;
        try
        {
            connecting = Connector.ConnectAsync(account, uri, this, Stopping);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            onFailed(e.Message);
            return;
        }

        if (connecting.IsCompletedSuccessfully)
            onConnected(connecting.Result);
        else
            _ = WaitForConnectionAsync(connecting, isWanted, onConnected, onFailed);
    }

    internal void OnStateChanged(ServerSession session)
    {
        if (session.State == RegistrationState.Registered)
            Bootstrap.OnServerRegistered();
        StateChanged?.Invoke(session);
    }

    internal void OnAwakeChanged(ServerSession session, bool isAwake) => AwakeChanged?.Invoke(session, isAwake);

    /// <summary>An attempt has ended: the next server in order has its turn, unless this one blocks it.</summary>
    internal void OnTurnEnded(ServerSession session, bool isRegistered)
    {
        if (session.Server.Number(ServerInstance.PriorityOrderResource) is null)
            return;
        if (isRegistered || !session.Server.Flag(ServerInstance.FailureBlockResource))
            StartNextInOrder();
    }

    /// <summary>The path of a server's resource, below the path in its URI.</summary>
    internal static string PathAt(CoapUri server, string resource)
    {
        int query = server.PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? server.PathAndQuery : server.PathAndQuery[..query];
        return $"{path.TrimEnd('/')}/{resource}";
    }

    private async Task WaitForConnectionAsync(ValueTask<CoapPeer> connecting, Func<bool> isWanted, Action<CoapPeer> onConnected, Action<string> onFailed)
    {
        try
        {
            CoapPeer peer = await connecting.ConfigureAwait(false);
            using Lock.Scope scope = Objects.Gate.EnterScope();
            if (isWanted())
                onConnected(peer);
            else
                Connector.Close(peer);
        }
        catch (Exception e)
        {
            using Lock.Scope scope = Objects.Gate.EnterScope();
            if (isWanted())
                onFailed(e.Message);
        }
    }

    private ObjectModel CoreModel(ushort id) => Options.Models.Find(id, CoreObjects.ImpliedVersion(Options.Version, id))
        ?? ObjectModelRegistry.Default.Find(id, CoreObjects.ImpliedVersion(Options.Version, id))!;

    private void StartNextInOrder()
    {
        ServerSession? next = _sessions
            .Where(session => session.State == RegistrationState.Stopped && IsUsable(session) && session.Server.Number(ServerInstance.PriorityOrderResource) is not null)
            .MinBy(session => session.Server.Number(ServerInstance.PriorityOrderResource));
        if (next is not null && !_isStopped)
            StartSession(next);
    }

    private static void StartSession(ServerSession session) =>
        session.Start(TimeSpan.FromSeconds(session.Server.Number(ServerInstance.InitialDelayResource) ?? 0));
}
