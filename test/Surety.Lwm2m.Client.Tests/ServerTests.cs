using System.Net;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Testing.Coap;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>The client against this repository's server, both whole, over a simulated network.</summary>
public sealed class ServerTests
{
    private readonly World _world = new();
    private readonly RestartableServer _server;

    public ServerTests() => _server = new RestartableServer(_world);

    private Registration Registration => Assert.Single(_server.Current.Registrations.ToArray());

    [Fact]
    public void Registers_serves_and_reports()
    {
        TestDevice device = Start(Lwm2mVersion.V12);
        Assert.Equal("node", Registration.Endpoint);
        Assert.Equal(Lwm2mVersion.V12, Registration.Version);
        Assert.True(Registration.Links.Contains(Lwm2mPath.Parse("/3303/0")));

        Assert.Equal("345000123", Read("/3/0/2"));
        DeviceResponse written = _world.Await(_server.Current.SendAsync(Registration, DeviceRequest.Write(Lwm2mPath.Parse("/1/0/1"), ContentFormat.TextPlain, "120"u8.ToArray()), TestContext.Current.CancellationToken));
        Assert.True(written.IsSuccess);
        _world.RunUntil(() => Registration.Lifetime == 120);

        ObserveResult observed = _world.Await(_server.Current.ObserveAsync(Registration, Lwm2mPath.Parse("/3303/0/5700"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.NotNull(observed.Observation);
        device.Thermometer[5700] = 33.0;
        _world.RunUntil(() => _server.Notifications.Count == 1);
        Assert.Equal("33.0", _server.Notifications[0]);

        Task<SendResult> sent = device.Client.SendAsync([Lwm2mPath.Parse("/3303/0")], cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(_world.Await(sent).IsDelivered);
        Assert.Contains(_server.Sent, entry => entry.ToString().StartsWith("/3303/0/5700=33.0", StringComparison.Ordinal));
    }

    [Fact]
    public void A_composite_observation_goes_through()
    {
        TestDevice device = Start(Lwm2mVersion.V11);
        Lwm2mPath[] paths = [Lwm2mPath.Parse("/3303/0/5700"), Lwm2mPath.Parse("/3/0/16")];

        ObserveResult observed = _world.Await(_server.Current.ObserveCompositeAsync(Registration, paths, ContentFormat.SenmlCbor, cancellationToken: TestContext.Current.CancellationToken));
        Assert.NotNull(observed.Observation);
        device.Thermometer[5700] = 33.0;

        _world.RunUntil(() => _server.Notifications.Count == 1);
        _world.Await(_server.Current.CancelAsync(observed.Observation, TestContext.Current.CancellationToken));
        Assert.Equal(0, device.Session.ObservationCount);
    }

    [Fact]
    public void Comes_back_after_a_restart_of_the_server()
    {
        TestDevice device = Start(Lwm2mVersion.V11, a => a with { Lifetime = 60 });

        _server.Restart();
        _world.RunUntil(() => device.Client.Statistics.Registrations == 2);

        Assert.Equal(2, device.Client.Statistics.Registrations);
        Assert.Equal("345000123", Read("/3/0/2"));
    }

    [Fact]
    public void A_moved_client_is_reached_at_its_new_address()
    {
        TestDevice device = Start(Lwm2mVersion.V11);
        IPEndPoint before = device.Endpoint.LocalEndPoint;

        device.Move();
        device.Client.OnPeerClosed(device.Session.Peer!.Value);
        _world.RunUntil(() => device.Session.State == RegistrationState.Registered);

        Assert.NotEqual(before, Registration.Peer.Endpoint.GetRemoteEndPoint(Registration.Peer.Key));
        Assert.Equal("345000123", Read("/3/0/2"));
    }

    [Fact]
    public void A_sleeping_client_is_waited_for()
    {
        var device = new TestDevice(_world, [_server.Endpoint], o => o with { QueueMode = true }, a => a with { Lifetime = 600 });
        device.Start();
        Assert.True(_server.Current.IsAwake(Registration));

        _world.Run(94);

        Assert.False(_server.Current.IsAwake(Registration));
        Assert.False(device.Session.IsAwake);
        device.Client.RequestUpdate();
        _world.RunUntil(() => _server.Current.IsAwake(Registration), TimeSpan.FromSeconds(2));
        Assert.True(device.Session.IsAwake);
    }

    [Fact]
    public void Thirty_percent_of_loss_for_a_day_loses_neither_registration_nor_confirmed_values()
    {
        TestDevice device = Start(Lwm2mVersion.V12, a => a with { Lifetime = 900, ConfirmsNotifications = true });
        _world.Network.Loss = 0.3;
        _world.Network.Duplication = 0.1;
        _world.Network.Latency = (10, 1500);
        int observes = 0;

        for (int hour = 0; hour < 24; hour++)
        {
            _world.RunUntil(() => device.Session.State == RegistrationState.Registered, TimeSpan.FromHours(2));
            if (device.Session.ObservationCount == 0)
            {
                // Registered anew after a break: the server observes again.
                Task<ObserveResult> observing = _server.Current.ObserveAsync(Registration, Lwm2mPath.Parse("/3303/0/5700"), cancellationToken: TestContext.Current.CancellationToken);
                _world.Await(observing.ContinueWith(static _ => { }, TaskScheduler.Default));
                observes++;
            }

            device.Thermometer[5700] = 100.0 + hour;
            _world.Run(3600);
        }

        _world.RunUntil(() => device.Session.State == RegistrationState.Registered, TimeSpan.FromHours(2));
        Assert.Equal(1, _server.Current.Registrations.Count);
        Assert.True(_server.Notifications.Count > 24 - (2 * observes) - 2, $"{_server.Notifications.Count} notifications of 24, {observes} observations");
        Assert.True(device.Client.Statistics.Updates > 50);
    }

    private TestDevice Start(Lwm2mVersion version, Func<ServerAccount, ServerAccount>? account = null)
    {
        var device = new TestDevice(_world, [_server.Endpoint], o => o with { Version = version }, account);
        return device.Start();
    }

    private string Read(string path)
    {
        DeviceResponse response = _world.Await(_server.Current.SendAsync(Registration, DeviceRequest.Read(Lwm2mPath.Parse(path)), TestContext.Current.CancellationToken));
        return System.Text.Encoding.UTF8.GetString(response.Payload.Span);
    }

    /// <summary>A server that forgets everything when it is started anew.</summary>
    private sealed class RestartableServer : ICoapHandler, IDeviceAdmission, IDeviceEvents
    {
        private readonly World _world;
        private ulong _next;

        public RestartableServer(World world)
        {
            _world = world;
            Endpoint = world.Network.Add(this);
            Current = Make();
        }

        public SimulatedEndpoint Endpoint { get; }

        public Lwm2mServer Current { get; private set; }

        public List<string> Notifications { get; } = [];

        public List<ResourceEntry> Sent { get; } = [];

        public void Restart()
        {
            Current.Dispose();
            Current = Make();
        }

        public void OnRequest(ref IncomingRequest request) => Current.OnRequest(ref request);

        public bool OnNotification(in CoapPeer peer, in CoapMessage notification) => Current.OnNotification(peer, notification);

        public Admission Admit(in CoapPeer peer, string? endpoint) => Admission.Accept(default, endpoint ?? "?");

        public ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters) =>
            ValueTask.FromResult(DeviceResolution.Accept(new DeviceId(++_next)));

        public void OnRegistered(Registration registration, Registration? replaced)
        {
        }

        public void OnUpdated(Registration registration, RegistrationChanges changes)
        {
        }

        public void OnRemoved(Registration registration, RemovalReason reason)
        {
        }

        public void OnNotification(Server.Observation observation, in CoapMessage notification) => Notifications.Add(System.Text.Encoding.UTF8.GetString(notification.Payload));

        public void OnObservationEnded(Server.Observation observation)
        {
        }

        public void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries) => Sent.AddRange(entries);

        public void OnAwake(Registration registration)
        {
        }

        public void Commit()
        {
        }

        private Lwm2mServer Make()
        {
            var server = new Lwm2mServer(new Lwm2mServerOptions(), this, this, _world.Clock);
            server.AddEndpoint(Endpoint);
            return server;
        }
    }
}
