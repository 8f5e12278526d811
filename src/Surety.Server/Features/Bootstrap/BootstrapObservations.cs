using System.Collections.Frozen;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Connect;
using Surety.Server.Storage;

namespace Surety.Server.Features.Bootstrap;

/// <summary>
/// The observations of bootstrap rules: whenever a device registers, those of the first rule that is for it are made, whether it was bootstrapped by
/// that rule or not. A rule that changes counts at once for the devices that are registered. Accounts whose rules observe nothing cost nothing.
/// </summary>
internal sealed partial class BootstrapObservations : IInitialObservations, IDisposable
{
    private const string Topic = "bootstrap-rules";

    // Ids in one statement.
    private const int Batch = 500;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly BootstrapRules _rules;
    private readonly SubscriptionService _subscriptions;
    private readonly ObjectDefinitions _definitions;
    private readonly SuretyDbFactory _databases;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private FrozenDictionary<EntityId, ObservingRule[]> _byAccount = FrozenDictionary<EntityId, ObservingRule[]>.Empty;
    private Lwm2mServer? _server;

    public BootstrapObservations(
        BootstrapRules rules,
        BootstrapRuleService service,
        SubscriptionService subscriptions,
        ObjectDefinitions definitions,
        SuretyDbFactory databases,
        IClusterNotices notices,
        TimeProvider time,
        ILogger<BootstrapObservations> log)
    {
        _rules = rules;
        _subscriptions = subscriptions;
        _definitions = definitions;
        _databases = databases;
        _time = time;
        _log = log;
        service.Changed += account =>
        {
            _ = RepeatAsync(() => ReadAgainAsync(account));
            notices.Publish(Topic, account.ToString());
        };
        notices.Listen(Topic, OnChangedElsewhereAsync);
    }

    public void Dispose() => _reading.Dispose();

    public async Task LoadAsync(Lwm2mServer server, CancellationToken cancellationToken)
    {
        _server = server;
        EntityId[] accounts;
        await using (var db = _databases.OpenForPlatform())
            accounts = await db.AllAccounts<BootstrapRule>().Select(rule => rule.AccountId).Distinct().ToArrayAsync(cancellationToken);
        foreach (var account in accounts)
            await ReadAgainAsync(account);
    }

    public void OnRegistered(Registration registration)
    {
        var account = registration.Tenant.ToEntityId();
        if (_byAccount.ContainsKey(account))
            _ = RepeatAsync(() => DecideAsync(account, registration));
    }

    private async Task OnChangedElsewhereAsync(string? body)
    {
        if (_server is not { } server)
            return;
        if (EntityId.TryParse(body, out var account))
            await ReadAgainAsync(account);
        else
            await LoadAsync(server, CancellationToken.None);
    }

    /// <summary>Reads the rules of an account, and has its registered devices observed by them.</summary>
    private async Task ReadAgainAsync(EntityId account)
    {
        // In order: what is read last counts.
        await _reading.WaitAsync();
        try
        {
            var rules = (await _rules.LoadAsync(account, CancellationToken.None)).Where(rule => rule.IsEnabled).Select(rule => ObservingRule.Of(rule, _definitions)).ToArray();
            var isObserving = Array.Exists(rules, rule => rule.Observations.Count > 0);
            if (!isObserving && !_byAccount.ContainsKey(account))
                return;
            var others = _byAccount.Where(pair => pair.Key != account);
            _byAccount = (isObserving ? others.Append(new(account, rules)) : others).ToFrozenDictionary();
            await using var db = _databases.Open(account);
            var tenant = account.ToTenantId();
            foreach (var batch in _server!.Registrations.ToArray().Where(registration => registration.Tenant == tenant).Select(registration => registration.Device.ToEntityId()).Chunk(Batch))
            {
                await foreach (var device in ReadDevices(db.Devices.Where(row => batch.Contains(row.Id))).AsAsyncEnumerable())
                {
                    if (_server.Registrations.TryGet(device.Id.ToDeviceId(), out var registration))
                        _subscriptions.SetInitial(device.Id, Choose(rules, device, registration));
                }
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task DecideAsync(EntityId account, Registration registration)
    {
        var id = registration.Device.ToEntityId();
        ObservingRule[]? rules;
        do
        {
            rules = _byAccount.GetValueOrDefault(account);
            await using var db = _databases.Open(account);
            var device = await ReadDevices(db.Devices.Where(row => row.Id == id)).SingleOrDefaultAsync();
            if (device is null || !registration.IsActive)
                return;
            _subscriptions.SetInitial(id, rules is null ? [] : Choose(rules, device, registration));
        }
        while (_byAccount.GetValueOrDefault(account) != rules);
    }

    private static IQueryable<DeviceRow> ReadDevices(IQueryable<Directory.Device> devices) => devices
        .Select(row => new DeviceRow(row.Id, row.EndpointType, row.DeviceClass, row.CaId, row.Memberships.Select(member => member.GroupId).ToList()));

    private static IReadOnlyList<InitialObservation> Choose(ObservingRule[] rules, DeviceRow device, Registration registration)
    {
        var candidate = new BootstrapCandidate(
            registration.Endpoint,
            // The record gets it a moment later.
            registration.EndpointType is { Length: > 0 } type ? type : device.EndpointType,
            device.DeviceClass, EntityId.TryParse(device.CaId, out var certificate) ? certificate : null, device.Groups, IsPelionClient: false);
        // A device that registers here was not sent to another bootstrap server.
        return Array.Find(rules, rule => rule.Content.Redirect.Length == 0 && BootstrapRules.FindMismatch(rule.Content, candidate) is null)?.Observations ?? [];
    }

    private async Task RepeatAsync(Func<Task> work)
    {
        // Not on the thread of the endpoint, or of who has changed a rule.
        await Task.Yield();
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (DbException error)
            {
                LogNotRead(error);
                await Task.Delay(RetryDelay, _time);
            }
            catch (ObjectDisposedException)
            {
                // The server ends.
                return;
            }
        }
    }

    [LoggerMessage(1608, LogLevel.Error, "What bootstrap rules observe could not be read; it is tried again")]
    private partial void LogNotRead(Exception exception);

    private sealed record DeviceRow(EntityId Id, string EndpointType, string DeviceClass, string CaId, IReadOnlyList<EntityId> Groups);

    /// <summary>A rule that is read once, and matched at each registration.</summary>
    private sealed record ObservingRule(BootstrapRuleContent Content, IReadOnlyList<InitialObservation> Observations)
    {
        public static ObservingRule Of(BootstrapRule rule, ObjectDefinitions definitions)
        {
            var content = rule.Read();
            return new ObservingRule(content, BootstrapRuleObservations.Read(content.Observations, definitions.Registry, []));
        }
    }
}
