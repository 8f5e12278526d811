using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Dtls;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.DtlsLoad;

/// <summary>An LwM2M server that takes every device, and answers <c>GET /hello</c>.</summary>
internal sealed class LoadServer : IAsyncDisposable, IPreSharedKeyStore, IDeviceAdmission, IDeviceEvents
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    private readonly string _state = Directory.CreateTempSubdirectory("surety-dtls-load").FullName;
    private readonly Lwm2mServer _server;
    private readonly DtlsCoapEndpoint _endpoint;
    private long _lastDevice;

    /// <param name="address">Where to listen.</param>
    /// <param name="certificates">A folder with <c>ca.crt</c>, <c>server.crt</c> and <c>server.key</c>.</param>
    public LoadServer(IPEndPoint address, string certificates)
    {
        var router = new CoapRouter();
        router.Map("/hello").On(CoapCode.Get, (ref IncomingRequest request) =>
        {
            ref CoapMessageWriter response = ref request.Respond(CoapCode.Content);
            response.ContentFormat(ContentFormat.TextPlain);
            response.Payload("hello"u8);
        });
        _server = new Lwm2mServer(new Lwm2mServerOptions { StateDirectory = _state, Fallback = router }, this, this);
        var tls = new TlsServerOptions
        {
            Certificate = new TlsCertificate(X509Certificate2.CreateFromPemFile(Path.Combine(certificates, "server.crt"), Path.Combine(certificates, "server.key"))),
            ClientTrust = new CertificateTrust { Anchors = [X509CertificateLoader.LoadCertificateFromFile(Path.Combine(certificates, "ca.crt"))] },
        };
        _endpoint = DtlsCoapEndpoint.Open(address, _server, tls: tls, dtls: new DtlsCoapOptions { PreSharedKeys = this });
        _server.AddEndpoint(_endpoint);
    }

    public string Describe()
    {
        DtlsStatistics statistics = _endpoint.DtlsStatistics;
        long heap = GC.GetTotalMemory(true);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_endpoint.SessionCount} sessions, {heap} bytes; established {statistics.Established}, resumed {statistics.Resumed}, failed {statistics.Failed}, overloaded {statistics.Overloaded}, allocated {GC.GetTotalAllocatedBytes()}");
    }

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        _server.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity) => new(Key);

    public Admission Admit(in CoapPeer peer, string? endpoint) =>
        endpoint is null ? Admission.Refuse(CoapCode.BadRequest, "ep is missing") : Admission.Accept(default, endpoint);

    public ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters) =>
        ValueTask.FromResult(DeviceResolution.Accept(new DeviceId((UInt128)(ulong)Interlocked.Increment(ref _lastDevice))));

    public void OnRegistered(Registration registration, Registration? replaced)
    {
    }

    public void OnUpdated(Registration registration, RegistrationChanges changes)
    {
    }

    public void OnRemoved(Registration registration, RemovalReason reason)
    {
    }

    public void OnNotification(Observation observation, in CoapMessage notification)
    {
    }

    public void OnObservationEnded(Observation observation)
    {
    }

    public void OnSent(Registration registration, IReadOnlyList<ResourceEntry> entries)
    {
    }

    public void OnAwake(Registration registration)
    {
    }

    void IDeviceEvents.Commit()
    {
    }
}
