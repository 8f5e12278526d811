using System.Net;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Lwm2m.Server;
using Surety.Pki;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>Over real sockets, with this repository's server.</summary>
public sealed class LoopbackTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CertificateAuthority _authority = CertificateAuthority.CreateRoot(
        CertificateProfile.Authority(new CertificateSubject("Test CA"), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(1))));

    private readonly CoapTransport _transport = new();
    private readonly Events _events = new();
    private readonly Lwm2mServer _server;
    private readonly List<CoapEndpoint> _endpoints = [];

    public LoopbackTests() => _server = new Lwm2mServer(new Lwm2mServerOptions(), _events, _events);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        foreach (CoapEndpoint endpoint in _endpoints)
            await endpoint.DisposeAsync();
        _server.Dispose();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("coap", "127.0.0.1")]
    [InlineData("coap", "localhost")]
    [InlineData("coap+tcp", "127.0.0.1")]
    [InlineData("coaps+tcp", "localhost")]
    [InlineData("coaps", "127.0.0.1")]
    [InlineData("coaps", "localhost")]
    public async Task Registers_serves_and_deregisters(string scheme, string host)
    {
        int port = Open(scheme);
        await using Lwm2mClient client = Client($"{scheme}://{host}:{port}", "node");
        client.Start();
        await RegisteredAsync(client);

        Registration registration = _server.Registrations.ToArray().Single();
        Assert.Equal("node", registration.Endpoint);
        Assert.Equal(scheme.Contains("tcp", StringComparison.Ordinal) ? BindingModes.Tcp : BindingModes.Udp, registration.Bindings);
        DeviceResponse read = await _server.SendAsync(registration, DeviceRequest.Read(Lwm2mPath.Parse("/3303/0/5700")), TestContext.Current.CancellationToken);
        Assert.Equal("21.5", System.Text.Encoding.UTF8.GetString(read.Payload.Span));

        await client.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, _server.Registrations.Count);
    }

    [Fact]
    public async Task A_server_that_was_closed_is_found_again()
    {
        int port = Open("coap+tcp");
        await using Lwm2mClient client = Client($"coap+tcp://127.0.0.1:{port}", "node");
        client.Start();
        await RegisteredAsync(client);

        await _endpoints[0].DisposeAsync();
        _endpoints.Clear();
        await UntilAsync(() => client.Servers[0].State != RegistrationState.Registered);
        Open("coap+tcp", port);

        await RegisteredAsync(client);
        Assert.True(client.Statistics.ConnectionLosses > 0);
    }

    [Theory]
    [InlineData("coaps+tcp")]
    [InlineData("coaps")]
    public async Task With_certificates_the_same_device_goes_on_with_its_registration_and_its_observations(string scheme)
    {
        int port = Open(scheme);
        await using Lwm2mClient client = Client($"{scheme}://localhost:{port}", "node");
        client.Start();
        await RegisteredAsync(client);
        Registration registration = _server.Registrations.ToArray().Single();
        ObserveResult observed = await _server.ObserveAsync(registration, Lwm2mPath.Parse("/3303/0/5700"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotNull(observed.Observation);

        if (_endpoints[0] is TcpCoapEndpoint tls)
            tls.Abort(registration.Peer.Key, "test");
        else
            ((DtlsCoapEndpoint)_endpoints[0]).Close(registration.Peer.Key);
        await UntilAsync(() => client.Servers[0].State != RegistrationState.Registered);
        client.Objects.FindInstance(Lwm2mPath.Parse("/3303/0"))![5700] = 30.0;
        await RegisteredAsync(client);

        Assert.Equal(1, client.Statistics.Registrations);
        await UntilAsync(() => _events.Notifications.Count == 1);
        Assert.Equal("30.0", _events.Notifications.Single());
    }

    [Theory]
    [InlineData("coaps+tcp")]
    [InlineData("coaps")]
    public async Task One_transport_serves_many_clients(string scheme)
    {
        int port = Open(scheme);
        var clients = new List<Lwm2mClient>();
        for (int i = 0; i < 20; i++)
        {
            clients.Add(Client($"{scheme}://localhost:{port}", $"node-{i}"));
            clients[i].Start();
        }

        foreach (Lwm2mClient client in clients)
            await RegisteredAsync(client);
        foreach (Registration registration in _server.Registrations.ToArray())
        {
            Assert.Equal(registration.Endpoint, ((PeerIdentity.Certificate)registration.Peer.Identity).Subject.CommonName);
            DeviceResponse read = await _server.SendAsync(registration, DeviceRequest.Read(Lwm2mPath.Parse("/3303/0/5701")), TestContext.Current.CancellationToken);
            Assert.Equal(registration.Endpoint, System.Text.Encoding.UTF8.GetString(read.Payload.Span));
        }

        foreach (Lwm2mClient client in clients)
            await client.DisposeAsync();
    }

    [Theory]
    [InlineData("coaps+tcp", "not trusted")]
    [InlineData("coaps", "no trust anchor")]
    public async Task A_server_with_another_certificate_is_not_dealt_with(string scheme, string problem)
    {
        int port = Open(scheme);
        using CertificateAuthority other = CertificateAuthority.CreateRoot(
            CertificateProfile.Authority(new CertificateSubject("Other CA"), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromDays(1))));
        await using Lwm2mClient client = Client($"{scheme}://localhost:{port}", "node", other.Certificate);
        client.Start();

        await UntilAsync(() => client.Servers[0].State == RegistrationState.Retrying);

        Assert.Contains(problem, client.Servers[0].LastProblem, StringComparison.Ordinal);
        Assert.Equal(0, _server.Registrations.Count);
    }

    private int Open(string scheme, int port = 0)
    {
        var address = new IPEndPoint(IPAddress.Loopback, port);
        CoapEndpoint endpoint = scheme switch
        {
            "coap" => UdpCoapEndpoint.Open(address, _server),
            "coap+tcp" => TcpCoapEndpoint.Open(address, _server),
            "coaps" => DtlsCoapEndpoint.Open(address, _server, tls: Tls()),
            _ => TcpCoapEndpoint.Open(address, _server, tls: Tls()),
        };
        _endpoints.Add(endpoint);
        _server.AddEndpoint(endpoint);
        return endpoint.LocalEndPoint.Port;
    }

    private TlsServerOptions Tls() => new()
    {
        Certificate = Issue(CertificateProfile.Server(["localhost", "127.0.0.1"], ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromHours(1)))),
        ClientTrust = new CertificateTrust { Anchors = [_authority.Certificate] },
    };

    private Lwm2mClient Client(string uri, string name, X509Certificate2? trusted = null)
    {
        var tls = new TlsClientOptions
        {
            ServerTrust = new CertificateTrust { Anchors = [trusted ?? _authority.Certificate] },
            Certificate = Issue(CertificateProfile.Device(new CertificateSubject(name), ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromHours(1)))),
        };
        var options = new Lwm2mClientOptions
        {
            EndpointName = name,
            Servers = [new ServerAccount(uri)],
            Retry = new RetryPolicy { InitialDelay = TimeSpan.FromMilliseconds(200), MaxDelay = TimeSpan.FromSeconds(1) },
        };
        var client = new Lwm2mClient(options, new CoapConnector(_transport, tls));
        client.Objects.Add(new DeviceInstance(new DeviceInformation { Manufacturer = "test" }));
        client.Objects.Add(new ObjectInstance(3303) { [5700] = 21.5, [5701] = name });
        return client;
    }

    private TlsCertificate Issue(CertificateProfile profile) => new(_authority.IssueWithNewKey(profile));

    private static Task RegisteredAsync(Lwm2mClient client) => UntilAsync(() => client.Servers[0].State == RegistrationState.Registered);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(5, patience.Token);
    }

    private sealed class Events : IDeviceAdmission, IDeviceEvents
    {
        private ulong _next;

        public System.Collections.Concurrent.ConcurrentQueue<string> Notifications { get; } = new();

        public Admission Admit(in CoapPeer peer, string? endpoint) => peer.Identity is PeerIdentity.Certificate certificate
            ? Admission.Accept(default, certificate.Subject.CommonName ?? "?")
            : endpoint is null ? Admission.Refuse(CoapCode.BadRequest, "who are you?") : Admission.Accept(default, endpoint);

        public ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters) =>
            ValueTask.FromResult(DeviceResolution.Accept(new DeviceId(Interlocked.Increment(ref _next))));

        public void OnRegistered(Registration registration, Registration? replaced)
        {
        }

        public void OnUpdated(Registration registration, RegistrationChanges changes)
        {
        }

        public void OnRemoved(Registration registration, RemovalReason reason)
        {
        }

        public void OnNotification(Server.Observation observation, in CoapMessage notification) => Notifications.Enqueue(System.Text.Encoding.UTF8.GetString(notification.Payload));

        public void OnObservationEnded(Server.Observation observation)
        {
        }

        public void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries)
        {
        }

        public void OnAwake(Registration registration)
        {
        }

        public void Commit()
        {
        }
    }
}
