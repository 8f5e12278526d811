using Microsoft.Extensions.Logging;

namespace Surety.Lwm2m.Client;

public sealed partial class Lwm2mClient
{
    // The answer to the Bootstrap-Finish goes out before its connection ends.
    private static readonly TimeSpan RedirectDelay = TimeSpan.FromSeconds(5);

    private ConfigurationState? _configuration;
    private long _purgeDue = long.MaxValue;

    /// <summary>Something has happened on the Bootstrap Interface. Called under the client's lock: must be quick.</summary>
    public event Action<BootstrapStep>? BootstrapStepTaken;

    /// <summary>The dealings with the bootstrap server.</summary>
    public BootstrapSession Bootstrap { get; }

    internal BootstrapOperations BootstrapOperations { get; }

    /// <summary>A server has the client.</summary>
    internal bool HasRegistration => Array.Exists(_sessions, session => session.State == RegistrationState.Registered);

    /// <summary>Bootstraps now, as when a server orders it; nothing happens without a bootstrap account, or while a bootstrap is under way.</summary>
    public void RequestBootstrap()
    {
        using Lock.Scope scope = Objects.Gate.EnterScope();
        if (_isStarted && !_isStopped)
            Bootstrap.Order("the application wants it");
    }

    internal void OnBootstrapStep(BootstrapStep step) => BootstrapStepTaken?.Invoke(step);

    /// <summary>LwM2M Core 6.1.4, step 4, and 6.2.1.1: when all servers are lost, the client bootstraps. Under the lock.</summary>
    internal void OnRegistrationFailed()
    {
        ServerSession[] sessions = _sessions;
        if (!_isStopped && Array.TrueForAll(sessions, session => session.IsExhausted || !IsUsable(session)) && Array.Exists(sessions, session => session.Server.BootstrapsOnFailure))
            Bootstrap.Request("no server can be registered with");
    }

    /// <summary>Stores what a bootstrap has written, and puts it in force. Under the lock.</summary>
    /// <param name="draft">What was written.</param>
    /// <param name="configuration">Its accounts.</param>
    /// <param name="onDone">Told, under the lock, null when all is in force, or why it is not.</param>
    internal void ApplyBootstrap(BootstrapDraft draft, BootstrapConfiguration configuration, Action<string?> onDone)
    {
        Bootstrap.OnStoring();
        if (Options.StateStore is not null)
        {
            // A disk may take its time, and nothing here waits for one.
            _ = Task.Run(() => StoreAndApply(draft, configuration, onDone));
            return;
        }

        _configuration = Describe(configuration);
        Apply(draft, configuration);
        onDone(null);
    }

    /// <summary>Starts accounts, those with a priority one after the other (LwM2M Core 6.2.1.1). Under the lock.</summary>
    internal void StartSessions(IReadOnlyList<ServerSession> sessions)
    {
        foreach (ServerSession session in sessions)
        {
            if (session.State == RegistrationState.Stopped && session.Server.Number(ServerInstance.PriorityOrderResource) is null)
                StartSession(session);
        }

        StartNextInOrder();
    }

    private void StoreAndApply(BootstrapDraft draft, BootstrapConfiguration configuration, Action<string?> onDone)
    {
        // Held until the configuration is in force: otherwise another saver would write the old one over it.
        using Lock.Scope saving = _saveLock.EnterScope();
        byte[] bytes;
        ConfigurationState state;
        using (Objects.Gate.EnterScope())
        {
            state = Describe(configuration);
            bytes = new ClientState([], [.. SaveObjects(draft)], state).Write();
        }

        try
        {
            Options.StateStore!.Save(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogSaveFailed(e);
            using Lock.Scope failed = Objects.Gate.EnterScope();
            const string Problem = "the configuration cannot be stored";
            if (!_isStopped)
                Bootstrap.OnNotStored(Problem);
            onDone(Problem);
            return;
        }

        using Lock.Scope scope = Objects.Gate.EnterScope();
        // After a stop the stored configuration is taken up by the next start.
        if (!_isStopped)
        {
            _configuration = state;
            Apply(draft, configuration);
        }

        onDone(null);
    }

    private ConfigurationState Describe(BootstrapConfiguration configuration)
    {
        IEnumerable<SecurityInstance> securities = configuration.Servers.Select(server => server.Security);
        if (configuration is { IsFactoryAccount: false, BootstrapAccount: { } account })
            securities = securities.Append(account);
        double now = UnixSeconds;
        return new ConfigurationState(
            Describe(CoreObjects.Security, securities),
            Describe(CoreObjects.Server, configuration.Servers.Select(server => server.Server)),
            configuration.BootstrapAccount?.Id, configuration.IsFactoryAccount, now,
            configuration.BootstrapAccount is { AccountTimeout: > 0 and var timeout } ? now + timeout : null);
    }

    private static ObjectState Describe(ushort objectId, IEnumerable<ObjectInstance> instances)
    {
        ObjectInstance[] all = [.. instances];
        List<ResourceEntry> values = [.. all.SelectMany(instance => instance.ReadAll())];
        values.RemoveAll(entry => entry.Value.IsNone);
        return new ObjectState(objectId, [.. all.Select(instance => instance.Id)], values);
    }

    private void Apply(BootstrapDraft draft, BootstrapConfiguration configuration)
    {
        ushort[] touched = [.. draft.Touched.Where(id => id is not (CoreObjects.Security or CoreObjects.Server))];
        PutInForce(configuration, _configuration!);
        foreach (ushort objectId in touched)
            ApplyObject(Objects.Find(objectId), [.. draft.InstancesOf(objectId)]);
        ServerSession[] toEnroll = [.. _sessions.Where(session => session.Account.Mode == SecurityMode.CertificateWithEst)];
        OnStateToSave();
        Bootstrap.OnApplied(toEnroll);
        StartSessions([.. _sessions.Except(toEnroll)]);
        if (_sessions.Length == 0)
            Bootstrap.Order("another bootstrap server is to be asked", RedirectDelay);
    }

    private static void ApplyObject(Lwm2mObject? item, DraftInstance[] instances)
    {
        if (item is null)
            return;
        foreach (ObjectInstance gone in item.Instances.Where(live => !Array.Exists(instances, draft => draft.Path == live.Path)))
        {
            item.Remove(gone.Id);
            item.OnDeleted(gone);
        }

        foreach (DraftInstance draft in instances.Where(draft => draft.IsWritten))
        {
            if (draft.Live is { } live && item.Find(live.Id) == live)
            {
                foreach ((List<ResourceEntry> entries, WriteKind kind) in draft.Writes)
                    live.Write(entries, kind);
                continue;
            }

            ObjectInstance created = item.OnCreate(draft.Path.InstanceId);
            created.Write(draft.Entries, WriteKind.Update);
            item.Add(created);
            item.OnCreated(created);
        }
    }

    /// <summary>The accounts that the program has: what a device brings along from the factory.</summary>
    private void CreateAccounts()
    {
        ObjectModel security = CoreModel(CoreObjects.Security);
        ObjectModel server = CoreModel(CoreObjects.Server);
        Objects.Add(new Lwm2mObject(security));
        Objects.Add(new Lwm2mObject(server) { IsPersistent = true });
        var servers = new List<(SecurityInstance, ServerInstance)>();
        foreach (ServerAccount account in Options.Servers)
        {
            ushort id = (ushort)servers.Count;
            servers.Add((new SecurityInstance(security, id, account), new ServerInstance(server, id, account)));
        }

        // Bootstrap servers that do not look first write their own accounts from 0 on.
        SecurityInstance? bootstrap = Options.Bootstrap is { } own ? new SecurityInstance(security, (ushort)Math.Max(servers.Count, 1), own) : null;
        PutInForce(new BootstrapConfiguration(servers, bootstrap, IsFactoryAccount: bootstrap is not null), null);
    }

    /// <summary>What a bootstrap wrote before the client was restarted.</summary>
    private void RestoreConfiguration(ConfigurationState state)
    {
        ObjectModel securityModel = Objects.Find(CoreObjects.Security)!.Model, serverModel = Objects.Find(CoreObjects.Server)!.Model;
        var securities = new List<SecurityInstance>();
        var servers = new List<ServerInstance>();
        foreach (ushort id in state.Security.Instances)
        {
            if (ValuesOf(state.Security, id, securityModel) is { } values)
                securities.Add(new SecurityInstance(securityModel, id, values));
        }

        foreach (ushort id in state.Server.Instances)
        {
            if (ValuesOf(state.Server, id, serverModel) is { } values)
                servers.Add(new ServerInstance(serverModel, id, values));
        }

        SecurityInstance? bootstrap = state switch
        {
            { BootstrapAccount: { } id, IsFactoryAccount: true } => Options.Bootstrap is { } own ? new SecurityInstance(securityModel, id, own) : null,
            { BootstrapAccount: { } id } => securities.Find(security => security.Id == id),
            _ => null,
        };
        var pairs = new List<(SecurityInstance, ServerInstance)>();
        foreach (ServerInstance server in servers)
        {
            if (securities.Find(security => security is { Uri: not null, ShortServerId: { } id } && id == server.ShortServerId) is { } security)
                pairs.Add((security, server));
        }

        if (pairs.Count == 0 && bootstrap is null)
        {
            LogStateUnusable();
            return;
        }

        _configuration = state;
        PutInForce(new BootstrapConfiguration(pairs, bootstrap, state.IsFactoryAccount), state);
    }

    private static List<ResourceEntry>? ValuesOf(ObjectState state, ushort id, ObjectModel model)
    {
        var path = new Lwm2mPath(state.Id, id);
        List<ResourceEntry> values = state.Values.Where(entry => entry.Path.StartsWith(path)).ToList();
        bool isWhole = ObjectInstance.TypeBootstrapWrite(model, path, values) is null
            && (state.Id != CoreObjects.Server || values.Exists(entry => entry.Path.ResourceId == ServerInstance.ShortServerIdResource));
        return isWhole ? values : null;
    }

    private void PutInForce(BootstrapConfiguration configuration, ConfigurationState? state)
    {
        foreach (ServerSession session in _sessions)
            session.Drop();
        _sessions = [];
        Lwm2mObject security = Objects.Find(CoreObjects.Security)!, server = Objects.Find(CoreObjects.Server)!;
        foreach (Lwm2mObject item in new[] { security, server })
        {
            foreach (ObjectInstance old in item.Instances)
                item.Remove(old.Id);
        }

        var sessions = new List<ServerSession>();
        foreach ((SecurityInstance securityInstance, ServerInstance serverInstance) in configuration.Servers)
        {
            security.Add(securityInstance);
            server.Add(serverInstance);
            if (state is not null && serverInstance.Model.Find(ServerInstance.LastBootstrappedResource) is not null)
                serverInstance[ServerInstance.LastBootstrappedResource] = ResourceValue.FromTime((long)state.BootstrappedAt);
            if (configuration.BootstrapAccount is not null)
                serverInstance.BootstrapRequested = () => OnBootstrapTrigger(serverInstance);
            var session = new ServerSession(this, securityInstance, serverInstance, securityInstance.Uri!, _logger);
            serverInstance.Session = session;
            sessions.Add(session);
        }

        Bootstrap.Account = configuration.BootstrapAccount;
        Bootstrap.IsFactoryAccount = configuration.IsFactoryAccount;
        Bootstrap.LastBootstrapped = state is null ? null : DateTimeOffset.UnixEpoch.AddSeconds(state.BootstrappedAt);
        if (configuration.BootstrapAccount is { } account)
            security.Add(account);
        BindingModes bindings = BindingModes.None;
        foreach (ServerSession session in sessions)
            bindings |= session.Uri.IsReliable ? BindingModes.Tcp : BindingModes.Udp;
        Bindings = bindings;
        _sessions = [.. sessions];
        _purgeDue = state?.PurgeAt is { } purge ? Now + (long)(Math.Clamp(purge - UnixSeconds, 0, uint.MaxValue) * 1000) : long.MaxValue;
        if (_isStarted && _purgeDue != long.MaxValue)
            ScheduleAt(_purgeDue);
    }

    private bool IsUsable(ServerSession session) =>
        session.Account is not { Mode: SecurityMode.CertificateWithEst } account || Options.Enrollment?.IsEnrolled(account) == true;

    private void OnBootstrapTrigger(ServerInstance server)
    {
        using Lock.Scope scope = Objects.Gate.EnterScope();
        if (!_isStopped)
            Bootstrap.Order($"server {server.ShortServerId} has ordered it");
    }

    /// <summary>Resource 12 of the Security Object (LwM2M Core 6.1.3.3, step 3).</summary>
    private void PurgeBootstrapAccountIfDue(long now)
    {
        if (_purgeDue > now || Bootstrap.Account is not { } account || _configuration is null)
            return;
        _purgeDue = long.MaxValue;
        LogPurged(account.Path);
        Bootstrap.Stop();
        Bootstrap.Account = null;
        Objects.Find(CoreObjects.Security)!.Remove(account.Id);
        _configuration = _configuration with { BootstrapAccount = null, IsFactoryAccount = false, PurgeAt = null };
        OnStateToSave();
    }

    [LoggerMessage(3033, LogLevel.Information, "The bootstrap server's account {Account} has reached its timeout and is purged: this device cannot be bootstrapped any more")]
    private partial void LogPurged(Lwm2mPath account);
}
