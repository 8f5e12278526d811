using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Pki;

namespace Surety.Device.Tests;

/// <summary>A server on the loopback, over TLS with an authority of its own, and without security.</summary>
internal sealed class TestServer : IDeviceAdmission, IDeviceEvents, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<CoapEndpoint> _endpoints = [];
    private ulong _next;

    public TestServer()
    {
        Server = new Lwm2mServer(new Lwm2mServerOptions(), this, this);
        var address = new IPEndPoint(IPAddress.Loopback, 0);
        _endpoints.Add(UdpCoapEndpoint.Open(address, Server));
        var tls = new TlsServerOptions
        {
            Certificate = new TlsCertificate(Authority.IssueWithNewKey(CertificateProfile.Server(["localhost"], Validity))),
            ClientTrust = new CertificateTrust { Anchors = [Authority.Certificate] },
        };
        _endpoints.Add(TcpCoapEndpoint.Open(address, Server, tls: tls));
        _endpoints.Add(DtlsCoapEndpoint.Open(address, Server, tls: tls));
        foreach (CoapEndpoint endpoint in _endpoints)
            Server.AddEndpoint(endpoint);
    }

    public static ValidityPeriod Validity => ValidityPeriod.FromNow(TimeProvider.System, TimeSpan.FromHours(1));

    public CertificateAuthority Authority { get; } = CertificateAuthority.CreateRoot(CertificateProfile.Authority(new CertificateSubject("Test CA"), Validity));

    public Lwm2mServer Server { get; }

    public ConcurrentQueue<string> Notifications { get; } = new();

    public ConcurrentQueue<ResourceEntry> Sent { get; } = new();

    public string Uri => $"coap://127.0.0.1:{_endpoints[0].LocalEndPoint.Port}";

    public string SecureUri => $"coaps+tcp://localhost:{_endpoints[1].LocalEndPoint.Port}";

    public string DtlsUri => $"coaps://localhost:{_endpoints[2].LocalEndPoint.Port}";

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(5, patience.Token);
    }

    public X509Certificate2 Issue(string name) => Authority.IssueWithNewKey(CertificateProfile.Device(new CertificateSubject(name), Validity));

    public Registration Find(string endpoint) => Server.Registrations.ToArray().Single(registration => registration.Endpoint == endpoint);

    public async Task<string> ReadAsync(string endpoint, string path)
    {
        DeviceResponse response = await Server.SendAsync(Find(endpoint), DeviceRequest.Read(Lwm2mPath.Parse(path)), TestContext.Current.CancellationToken);
        return response.IsSuccess ? System.Text.Encoding.UTF8.GetString(response.Payload.Span) : response.Code.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (CoapEndpoint endpoint in _endpoints)
            await endpoint.DisposeAsync();
        Server.Dispose();
        Authority.Dispose();
    }

    public Admission Admit(in CoapPeer peer, string? endpoint) => peer.Identity is PeerIdentity.Certificate certificate
        ? Admission.Accept(default, certificate.Subject.CommonName ?? "?")
        : Admission.Accept(default, endpoint ?? "?");

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

    public void OnNotification(Observation observation, in CoapMessage notification) =>
        Notifications.Enqueue($"{observation.Registration.Endpoint} {observation.Path} {System.Text.Encoding.UTF8.GetString(notification.Payload)}");

    public void OnObservationEnded(Observation observation)
    {
    }

    public void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries)
    {
        foreach (ResourceEntry entry in entries)
            Sent.Enqueue(entry);
    }

    public void OnAwake(Registration registration)
    {
    }

    public void Commit()
    {
    }
}
