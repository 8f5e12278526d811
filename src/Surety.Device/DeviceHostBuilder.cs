using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;
using Surety.Pki;

namespace Surety.Device;

/// <summary>Says what a device is, where its server is, and what it has to show. Every method gives the builder back.</summary>
public sealed class DeviceHostBuilder
{
    private readonly List<ServerAccount> _servers = [];
    private readonly List<X509Certificate2> _trusted = [];
    private readonly List<Lwm2mObject> _objects = [];
    private readonly List<ObjectInstance> _instances = [];
    private string? _name;
    private DeviceIdentity? _identity;
    private BootstrapAccount? _bootstrap;
    private IdentityFiles? _files;
    private bool _checksBootstrapDates;
    private DeviceInformation _information = new();
    private Func<Task>? _reboot;
    private Func<Task>? _factoryReset;
    private IClientStateStore? _store;
    private (string Folder, long MaxBytes)? _measurements;
    private ILogger _logger = NullLogger.Instance;
    private TimeProvider _time = TimeProvider.System;
    private CoapTransport? _transport;
    private Func<Lwm2mClientOptions, Lwm2mClientOptions> _configure = static options => options;

    internal DeviceHostBuilder()
    {
    }

    /// <summary>The endpoint name, by which servers know the device. Default: the name in its certificate.</summary>
    public DeviceHostBuilder UseEndpointName(string name)
    {
        _name = name;
        return this;
    }

    /// <summary>A server to register with. Several servers need different Short Server IDs.</summary>
    /// <param name="uri"><c>coaps://</c> or <c>coaps+tcp://</c>; or <c>coap+tcp://</c> or <c>coap://</c>, without security, in the laboratory.</param>
    /// <param name="configure">Lifetime and what else the account has.</param>
    /// <exception cref="FormatException">The text is no CoAP URI.</exception>
    public DeviceHostBuilder UseServer(string uri, Func<ServerAccount, ServerAccount>? configure = null)
    {
        var account = new ServerAccount(uri) { ShortServerId = (ushort)(_servers.Count + 1) };
        _servers.Add(configure?.Invoke(account) ?? account);
        return this;
    }

    /// <summary>The device's identity; none is needed without security.</summary>
    public DeviceHostBuilder UseIdentity(DeviceIdentity identity)
    {
        _identity = identity;
        return this;
    }

    /// <summary>The device's identity, from PEM files.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A file holds something else, or the key is not the certificate's.</exception>
    public DeviceHostBuilder UseIdentity(string certificatePath, string? keyPath = null) => UseIdentity(DeviceIdentity.FromPem(certificatePath, keyPath));

    /// <summary>The identity that the device has from the factory: it is shown to the bootstrap server, never changed, and what the device falls back to.</summary>
    public DeviceHostBuilder UseFactoryIdentity(DeviceIdentity identity) => UseIdentity(identity);

    /// <summary>The identity from the factory, from PEM files.</summary>
    /// <inheritdoc cref="UseIdentity(string, string?)"/>
    public DeviceHostBuilder UseFactoryIdentity(string certificatePath, string? keyPath = null) => UseIdentity(certificatePath, keyPath);

    /// <summary>The bootstrap server, which tells the device its servers.</summary>
    /// <param name="uri"><c>coaps://host:5784</c> or <c>coaps+tcp://host:5784</c>; a query, <c>?aid=...</c>, goes along with the Bootstrap-Request.</param>
    /// <param name="configure">What else the account has.</param>
    /// <param name="checksDates">
    /// Whether the bootstrap server's certificate must be valid at the device's time. Default false: a device whose clock is wrong by years would
    /// never bootstrap, and it is the bootstrap that sets the clock. All else about the certificate is checked.
    /// </param>
    /// <exception cref="FormatException">The text is no CoAP URI.</exception>
    public DeviceHostBuilder UseBootstrapServer(string uri, Func<BootstrapAccount, BootstrapAccount>? configure = null, bool checksDates = false)
    {
        var account = new BootstrapAccount(uri);
        _bootstrap = configure?.Invoke(account) ?? account;
        _checksBootstrapDates = checksDates;
        return this;
    }

    /// <summary>
    /// A folder of the device's own for the identities that it enrols (security mode 4), with keys that it makes. Files are for their owner's eyes
    /// alone. A bootstrap's accounts are kept by <see cref="UseStateFile"/>; default: in <c>state.json</c> in this folder.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public DeviceHostBuilder UseIdentityStore(string folder)
    {
        _store ??= new FileStateStore(Path.Combine(folder, "state.json"));
        return UseIdentityStore(new IdentityFiles(folder));
    }

    internal DeviceHostBuilder UseIdentityStore(IdentityFiles files)
    {
        _files = files;
        return this;
    }

    /// <summary>Authorities whose servers the device believes, and no others.</summary>
    public DeviceHostBuilder Trust(params IEnumerable<X509Certificate2> authorities)
    {
        _trusted.AddRange(authorities);
        return this;
    }

    /// <summary>Authorities whose servers the device believes, from a PEM file.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">There is no certificate in it.</exception>
    public DeviceHostBuilder Trust(string path) => Trust(PemFiles.ReadCertificates(path));

    /// <summary>What the device says about itself in its Device Object.</summary>
    public DeviceHostBuilder Describe(DeviceInformation information)
    {
        _information = information;
        return this;
    }

    /// <summary>An Object Instance; others of the same Object may follow.</summary>
    public DeviceHostBuilder Add(ObjectInstance instance)
    {
        _instances.Add(instance);
        return this;
    }

    /// <summary>An Object with its instances: one in which servers may create or delete instances, or that is to be saved.</summary>
    public DeviceHostBuilder Add(Lwm2mObject item)
    {
        _objects.Add(item);
        return this;
    }

    /// <summary>An instance of a class with <see cref="Lwm2mObjectAttribute"/>; others of the same may follow.</summary>
    public DeviceHostBuilder AddObject<T>()
        where T : class, IDeviceObject, new() => AddObject(new T());

    /// <summary>An object of a class with <see cref="Lwm2mObjectAttribute"/>; others of the same class may follow.</summary>
    /// <param name="item">The object.</param>
    /// <param name="id">Which instance it is; null: the lowest that is free.</param>
    /// <exception cref="ArgumentException">The object is an instance already.</exception>
    public DeviceHostBuilder AddObject<T>(T item, ushort? id = null)
        where T : class, IDeviceObject
    {
        ushort free = 0;
        while (_instances.Exists(instance => instance.Model.Id == T.Model.Id && instance.Id == free))
            free++;
        _instances.Add(ObjectBinding.Bind(item, id ?? free));
        return this;
    }

    /// <summary>What happens when a server reboots the device. Default: it registers again.</summary>
    public DeviceHostBuilder OnReboot(Func<Task> reboot)
    {
        _reboot = reboot;
        return this;
    }

    /// <summary>What happens when a server resets the device. Default: servers cannot.</summary>
    public DeviceHostBuilder OnFactoryReset(Func<Task> reset)
    {
        _factoryReset = reset;
        return this;
    }

    /// <summary>A file for registration, observations and persistent Objects, so that a restart goes on where the device stopped. Default: none.</summary>
    public DeviceHostBuilder UseStateFile(string path) => UseStateStore(new FileStateStore(path));

    /// <summary>The same, kept elsewhere.</summary>
    public DeviceHostBuilder UseStateStore(IClientStateStore store)
    {
        _store = store;
        return this;
    }

    /// <summary>Where the device says what it does.</summary>
    public DeviceHostBuilder LogTo(ILogger logger)
    {
        _logger = logger;
        return this;
    }

    /// <summary>Endpoints that are shared with other devices in this process, and outlive this one. Default: its own.</summary>
    public DeviceHostBuilder UseTransport(CoapTransport transport)
    {
        _transport = transport;
        return this;
    }

    /// <summary>The clock.</summary>
    public DeviceHostBuilder UseTime(TimeProvider time)
    {
        _time = time;
        return this;
    }

    /// <summary>Everything else that an LwM2M client can be told: release, queue mode, retries.</summary>
    public DeviceHostBuilder Configure(Func<Lwm2mClientOptions, Lwm2mClientOptions> configure)
    {
        Func<Lwm2mClientOptions, Lwm2mClientOptions> before = _configure;
        _configure = options => configure(before(options));
        return this;
    }

    /// <summary>The device sleeps: it listens for a while after it has spoken, and servers wait in between (LwM2M Transport 6.5).</summary>
    /// <param name="awakeTime">How long it listens. Default 93 s: MAX_TRANSMIT_WAIT.</param>
    public DeviceHostBuilder UseQueueMode(TimeSpan? awakeTime = null) =>
        Configure(options => options with { QueueMode = true, AwakeTime = awakeTime ?? options.AwakeTime });

    /// <summary>When a server that was lost or refuses is tried again. Default: after 5 s, then ever later, up to 15 min, half of each delay left to chance.</summary>
    public DeviceHostBuilder UseRetry(RetryPolicy retry) => Configure(options => options with { Retry = retry });

    /// <summary>A folder of the device's own for measurements that the server is to get even if it cannot be reached: <see cref="DeviceHost.Measurements"/>.</summary>
    /// <param name="folder">The folder; it is made when it is not there.</param>
    /// <param name="maxBytes">The most that is kept, 64 KiB or more; then the oldest are dropped, an eighth at a time. Default 16 MiB, about 300,000 single values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is too small.</exception>
    public DeviceHostBuilder KeepMeasurements(string folder, long maxBytes = 16 * 1024 * 1024)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, MeasurementRecord.MaxLength);
        _measurements = (folder, maxBytes);
        return this;
    }

    /// <summary>Makes the device.</summary>
    /// <exception cref="InvalidOperationException">Something is missing; the message says what.</exception>
    /// <exception cref="IOException">The folder of <see cref="KeepMeasurements"/> cannot be used.</exception>
    public DeviceHost Build()
    {
        CheckServers();
        var clock = new DeviceClock(_time);
        string? name = _name ?? _identity?.Name;
        DeviceEnrollment? enrollment = null;
        if (_files is not null)
        {
            var store = new IdentityStore(_files);
            // No later than what is known to have been: a clock that starts in 1970 is no reason to believe certificates from the future less.
            if (store.LastKnownTime is { } known)
                clock.AtLeast(known);
            enrollment = new DeviceEnrollment(store, name ?? throw new InvalidOperationException("An identity store needs the device's name: say UseEndpointName(\"...\")."), clock, _logger);
        }

        TlsClientOptions? tls = _trusted.Count == 0 ? null : new TlsClientOptions
        {
            ServerTrust = new CertificateTrust { Anchors = [.. _trusted], ChooseTime = _bootstrap is not null && !_checksBootstrapDates ? BootstrapTime.Choose : null },
            Certificate = _identity?.ToTls(),
        };
        Lwm2mClientOptions options = _configure(new Lwm2mClientOptions { EndpointName = name, Servers = _servers, Bootstrap = _bootstrap, Enrollment = enrollment, StateStore = _store });
        CoapTransport transport = _transport ?? new CoapTransport(logger: _logger, time: clock);
        var connector = new CoapConnector(transport, tls, enrollment is null ? null : enrollment.FindCertificate);
        var client = new Lwm2mClient(options, connector, clock, _logger);
        enrollment?.Attach(client);
        MeasurementBuffer? buffer = _measurements is { } kept ? new MeasurementBuffer(new MeasurementLog(kept.Folder, kept.MaxBytes), client, clock, _logger) : null;
        var host = new DeviceHost(client, connector, _transport is null ? transport : null, enrollment, _bootstrap is null ? null : _identity, buffer, _logger);
        if (!_objects.Exists(item => item.Id == CoreObjects.Device) && !_instances.Exists(instance => instance.Model.Id == CoreObjects.Device))
            _instances.Add(MakeDevice(host, options));
        if (enrollment is not null)
            _instances.Add(new EnrollInstance(enrollment));
        foreach (Lwm2mObject item in _objects)
            client.Objects.Add(item);
        foreach (ObjectInstance instance in _instances)
            client.Objects.Add(instance);
        CheckObjects(client);
        if (client.Objects.Find(CoreObjects.Device)?.Find(0) is { } device)
            device.Written += entries => SetClock(clock, entries);
        return host;
    }

    /// <summary>What a server writes to the Device's Current Time is the time for certificates as well.</summary>
    private static void SetClock(DeviceClock clock, IReadOnlyList<ResourceEntry> entries)
    {
        foreach (ResourceEntry entry in entries)
        {
            if (entry.Path.ResourceId == DeviceInstance.CurrentTimeResource && entry.Value.Type == ResourceType.Time)
                clock.Set(DateTimeOffset.UnixEpoch.AddSeconds(Math.Clamp(entry.Value.AsTimeSeconds(), 0, uint.MaxValue * 2.0)));
        }
    }

    private DeviceInstance MakeDevice(DeviceHost host, Lwm2mClientOptions options)
    {
        DeviceInformation information = _information;
        if (_servers.Select(server => server.Uri).Append(_bootstrap?.Uri).OfType<CoapUri>().All(uri => uri.IsReliable))
            information = information with { Binding = "T" };
        return new DeviceInstance(information, _reboot ?? host.RegisterAgainAsync, _factoryReset, _time, options.Version);
    }

    private void CheckServers()
    {
        if (_servers.Count == 0 && _bootstrap is null)
            throw new InvalidOperationException("A device needs a server: say UseServer(\"coaps://host:5684\"), or UseBootstrapServer(\"coaps://host:5784\").");
        CoapUri[] uris = [.. _servers.Where(server => server.Security is null).Select(server => server.Uri), .. _bootstrap is { Security: null } ? [_bootstrap.Uri] : Array.Empty<CoapUri>()];
        if (Array.Find(uris, uri => !CoapConnector.IsSupported(uri)) is { } other)
            throw new InvalidOperationException($"There is no way to {other}: the scheme must be coaps, coaps+tcp, coap+tcp or coap.");
        if (Array.Find(uris, uri => uri.IsSecure) is { } secure)
        {
            if (_trusted.Count == 0)
                throw new InvalidOperationException($"{secure} must prove who it is: say whom the device believes, Trust(\"ca.pem\").");
            if (_identity is null)
                throw new InvalidOperationException($"{secure} wants to know who the device is: say UseIdentity(\"device.pem\", \"device.key\").");
        }

        if (_name is null && _identity?.Name is null)
            throw new InvalidOperationException("A device needs a name: say UseEndpointName(\"...\"), or use an identity whose certificate has one.");
    }

    private static void CheckObjects(Lwm2mClient client)
    {
        foreach (ObjectInstance instance in client.Objects.All.SelectMany(item => item.Instances))
        {
            if (instance.MissingResources().FirstOrDefault() is { } missing)
                throw new InvalidOperationException($"{instance} lacks resource {missing.Id} ({missing.Name}), which is mandatory.");
        }
    }
}
