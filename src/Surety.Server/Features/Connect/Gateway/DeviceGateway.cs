using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Applications;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Directory;
using Surety.Server.Features.Echo;
using Surety.Server.Features.Notifications;
using Surety.Server.Features.Users;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.Connect;

/// <summary>
/// Where devices and the platform meet: the LwM2M server, and what its events mean for directory, subscriptions and channels. Everything that a
/// device is acknowledged for is durable first.
/// </summary>
internal sealed partial class DeviceGateway : IDeviceEvents, IHostedService, IDisposable
{
    private readonly DirectoryIntake _intake;
    private readonly DeviceAdmission _admission;
    private readonly DeviceDirectory _directory;
    private readonly SubscriptionService _subscriptions;
    private readonly DeviceRequests _requests;
    private readonly ValueCache _cache;
    private readonly NotificationHub _hub;
    private readonly SuretyDbFactory _databases;
    private readonly DeviceEndpoints _endpoints;
    private readonly PlatformAuthority _authority;
    private readonly IssuedCertificates _issued;
    private readonly DeviceTrustLoader _trust;
    private readonly IInitialObservations _initial;
    private readonly ObjectDefinitions _definitions;
    private readonly TimeProvider _time;
    private readonly IDeviceLocations _locations;
    private readonly IClusterNotices _notices;
    private readonly EchoJournal _journal;
    private readonly EchoDelivery _echoes;
    private readonly ComponentVersions _components;
    private readonly DeviceWakes _wakes;
    private readonly ClusterNode? _node;

    public DeviceGateway(
        DataDirectory data,
        DirectoryIntake intake,
        DeviceAdmission admission,
        DeviceDirectory directory,
        SubscriptionService subscriptions,
        DeviceRequests requests,
        ValueCache cache,
        NotificationHub hub,
        SuretyDbFactory databases,
        DeviceEndpoints endpoints,
        PlatformAuthority authority,
        IssuedCertificates issued,
        DeviceTrustLoader trust,
        IInitialObservations initial,
        ObjectDefinitions definitions,
        EstHandler est,
        ApiKeyService keys,
        UserService users,
        ApplicationService applications,
        IDeviceLocations locations,
        IClusterNotices notices,
        EchoJournal journal,
        EchoDelivery echoes,
        ComponentVersions components,
        DeviceWakes wakes,
        TimeProvider time,
        ILoggerFactory loggers,
        ClusterNode? node = null)
    {
        _intake = intake;
        _admission = admission;
        _directory = directory;
        _subscriptions = subscriptions;
        _requests = requests;
        _cache = cache;
        _hub = hub;
        _databases = databases;
        _endpoints = endpoints;
        _authority = authority;
        _issued = issued;
        _trust = trust;
        _initial = initial;
        _definitions = definitions;
        _time = time;
        _locations = locations;
        _notices = notices;
        _journal = journal;
        _echoes = echoes;
        _components = components;
        _wakes = wakes;
        _node = node;
        var options = new Lwm2mServerOptions { StateDirectory = data.Path, Models = _ => definitions.Registry, Fallback = est, HasDeviceLocation = PelionClients.IsOne };
        Server = new Lwm2mServer(options, admission, this, time, loggers.CreateLogger<Lwm2mServer>());
        Queue = new DeviceRequestQueue(Server, null, time);
        _intake.Missing += OnMissing;
        _directory.Withdrawn += OnWithdrawn;
        keys.Deleted += OnApplicationDeleted;
        users.Deleted += OnApplicationDeleted;
        applications.Ended += OnApplicationDeleted;
        issued.Heard += OnHeard;
        _notices.Listen(ApplicationTopic, OnApplicationDeletedElsewhereAsync);
        _notices.Listen(WithdrawnTopic, OnWithdrawnElsewhereAsync);
        _locations.Moved += OnMoved;
        _locations.Arrived += device => _ = _subscriptions.OnArrivedAsync(device);
    }

    /// <summary>A device is registered at another node now; its requests that wait here are to follow.</summary>
    public event Action<EntityId>? Moved;

    public Lwm2mServer Server { get; }

    public DeviceRequestQueue Queue { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var db = _databases.OpenForPlatform())
            _admission.LaboratoryAccount = await db.AllAccounts<Account>().OrderBy(account => account.Id).Select(account => account.Id).FirstAsync(cancellationToken);
        _authority.Load();
        if (_node is not null)
            await _node.ShowAuthorityAsync(_authority.Fingerprints);
        await _issued.LoadAsync(cancellationToken);
        await _trust.LoadAsync(cancellationToken);
        await DropMovedAsync();
        await ReconcileAsync();
        _intake.Start();
        await _subscriptions.LoadAsync(device => !_locations.IsClustered || Server.Registrations.TryGet(device.ToDeviceId(), out _), cancellationToken);
        await _initial.LoadAsync(Server, cancellationToken);
        await _echoes.LoadAsync(cancellationToken);
        // Requests first: what applications wait for goes ahead of what the platform wants. And all of it before devices are heard: what they
        // say is acknowledged, and must find who wants it.
        _requests.Attach(Server, Queue);
        _subscriptions.Attach(Server);
        _echoes.Attach(Server);
        await _endpoints.OpenAsync(Server, cancellationToken);
        _locations.Start(() => Server.Registrations.ToArray().Select(r => (r.Device.ToEntityId(), r.LastSeen.ToUnixTimeMilliseconds())));
        foreach (var registration in Server.Registrations.ToArray())
            Queue.OnAwake(registration);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _endpoints.CloseAsync();
        Queue.Dispose();
        _intake.Dispose();
    }

    public void Dispose()
    {
        Queue.Dispose();
        Server.Dispose();
    }

    void IDeviceEvents.OnRegistered(Registration registration, Registration? replaced)
    {
        var device = registration.Device.ToEntityId();
        if (replaced is null || replaced.EndpointType != registration.EndpointType)
            _intake.Write(device, DeviceState.Registered, registration.EndpointType);
        _cache.Invalidate(device);
        PelionClients.Keep(registration, _cache, _journal, _definitions, _time);
        _components.OnRegistered(registration);
        _wakes.OnHeard(registration);
        _hub.PublishToAccount(registration.Tenant.ToEntityId(), ChannelEvent.Registration(
            device, registration.Endpoint, registration.EndpointType, registration.QueueMode, registration.ObjectList.Span));
        _issued.OnSeen(registration.Peer);
        _subscriptions.OnRegistered(registration);
        _initial.OnRegistered(registration);
        _echoes.OnHeard(registration);
        _locations.Announce(device);
        Queue.OnAwake(registration);
    }

    void IDeviceEvents.OnUpdated(Registration registration, RegistrationChanges changes)
    {
        _hub.PublishToAccount(registration.Tenant.ToEntityId(), ChannelEvent.RegistrationUpdate(
            registration.Device.ToEntityId(), registration.Endpoint, registration.EndpointType, registration.QueueMode, registration.ObjectList.Span));
        _issued.OnSeen(registration.Peer);
        _wakes.OnHeard(registration);
        _subscriptions.OnUpdated(registration, (changes & RegistrationChanges.Links) != 0);
        _echoes.OnHeard(registration);
    }

    void IDeviceEvents.OnRemoved(Registration registration, RemovalReason reason)
    {
        // The same device under another name: it is registered, and stays so.
        if (reason == RemovalReason.Replaced)
            return;
        var device = registration.Device.ToEntityId();
        _cache.Invalidate(device);
        _echoes.OnGone(device);
        if (reason == RemovalReason.Moved)
        {
            _subscriptions.OnMoved(device);
            return;
        }

        _locations.Remove(device);
        _subscriptions.OnRemoved(device);
        // A device that was deleted has no record to write.
        if (reason != RemovalReason.Revoked)
            _intake.Write(device, DeviceState.Deregistered);
        _hub.PublishToAccount(registration.Tenant.ToEntityId(), reason == RemovalReason.Expired
            ? ChannelEvent.RegistrationExpired(device, registration.Endpoint)
            : ChannelEvent.Deregistration(device, registration.Endpoint));
        Queue.OnRemoved(registration.Device, reason);
    }

    void IDeviceEvents.OnNotification(Observation observation, in CoapMessage notification)
    {
        PelionClients.Keep(observation, notification, _cache, _journal, _time);
        _components.OnReported(observation, notification);
        _subscriptions.OnNotification(observation, notification);
    }

    void IDeviceEvents.OnObservationEnded(Observation observation) => _subscriptions.OnObservationEnded(observation);

    void IDeviceEvents.OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries) => _subscriptions.OnSent(registration, entries);

    void IDeviceEvents.OnAwake(Registration registration) => Queue.OnAwake(registration);

    void IDeviceEvents.Commit() => _hub.Commit();

    /// <summary>The directory may be behind the log of registrations by what was not written when the process ended.</summary>
    private async Task ReconcileAsync()
    {
        var registrations = Server.Registrations.ToArray();
        using var writer = _directory.OpenWriter();
        var lost = writer.FindLost(registrations.Select(r => r.Device.ToEntityId()).ToHashSet());
        var elsewhere = await _locations.FindElsewhereAsync(lost);
        writer.SetDeregistered([.. lost.Where(device => !elsewhere.Contains(device))]);
        foreach (var registration in registrations)
            _intake.Write(registration.Device.ToEntityId(), DeviceState.Registered, registration.EndpointType);
    }

    private void OnMissing(EntityId device) => Revoke(device);

    private void OnWithdrawn(DeviceWithdrawal withdrawal)
    {
        Revoke(withdrawal.DeviceId);
        _notices.Publish(WithdrawnTopic, withdrawal.DeviceId.ToString());
    }

    private void Revoke(EntityId device)
    {
        if (Server.Registrations.TryGet(device.ToDeviceId(), out var registration))
            Server.Revoke(registration);
    }
}
