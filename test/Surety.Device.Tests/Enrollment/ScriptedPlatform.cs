using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Surety.Coap;
using Surety.Dtls;
using Surety.Pki;

namespace Surety.Device.Tests;

/// <summary>A bootstrap server with EST, and a server, over DTLS on the loopback: factory and operational certificates are of different authorities.</summary>
internal sealed class ScriptedPlatform : ICoapHandler, IAsyncDisposable
{
    private static readonly ValidityPeriod Years = ValidityPeriod.FromEpoch(TimeProvider.System, TimeSpan.FromDays(3650));

    private readonly DtlsCoapEndpoint _bootstrap;
    private readonly DtlsCoapEndpoint _server;

    public ScriptedPlatform(ValidityPeriod? serverValidity = null)
    {
        var address = new IPEndPoint(IPAddress.Loopback, 0);
        TlsCertificate own = new(ServerAuthority.IssueWithNewKey(CertificateProfile.Server(["localhost"], serverValidity ?? Years)));
        _bootstrap = DtlsCoapEndpoint.Open(address, this, tls: new TlsServerOptions { Certificate = own, ClientTrust = new CertificateTrust { Anchors = [Factory.Certificate] } });
        _server = DtlsCoapEndpoint.Open(address, this, tls: new TlsServerOptions
        {
            Certificate = own,
            ClientTrust = new CertificateTrust { Anchors = [Devices.Certificate], FindRefusal = peer => Refused.ContainsKey(SerialNumberOf(peer)) ? new PeerRefusal(AlertDescription.CertificateRevoked, "it is refused here") : null },
        });
    }

    public CertificateAuthority Factory { get; } = MakeAuthority("Factory CA");

    public CertificateAuthority Devices { get; } = MakeAuthority("Device CA");

    public CertificateAuthority ServerAuthority { get; } = MakeAuthority("Server CA");

    public string BootstrapUri => $"coaps://localhost:{_bootstrap.LocalEndPoint.Port}";

    /// <summary>Serial numbers that the server does not accept.</summary>
    public ConcurrentDictionary<string, bool> Refused { get; } = new();

    /// <summary>Serial numbers of the certificates that registered.</summary>
    public ConcurrentQueue<string> Registered { get; } = new();

    /// <summary>Subjects that were asked for.</summary>
    public ConcurrentQueue<string> Subjects { get; } = new();

    /// <summary>Requests by path, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Answers a Bootstrap-Request in place of the bootstrap.</summary>
    public CoapResponse? Refusal { get; set; }

    /// <summary>The time that is written to <c>/3/0/13</c>; null: none is.</summary>
    public DateTimeOffset? Time { get; set; }

    /// <summary>How long certificates are valid.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>The next certificate is for a key of nobody.</summary>
    public bool ForgetsKey { get; set; }

    /// <summary>The device at the server.</summary>
    public CoapPeer Device { get; private set; }

    public DeviceIdentity MakeFactoryIdentity(string name) => DeviceIdentity.From(Factory.IssueWithNewKey(CertificateProfile.Device(new CertificateSubject(name), Years)));

    void ICoapHandler.OnRequest(ref IncomingRequest request)
    {
        string path = request.PathText;
        Requests.Enqueue(path);
        switch (path)
        {
            case "/bs" when Refusal is { } refusal:
                request.Respond(refusal);
                break;
            case "/bs":
                request.Respond(CoapCode.Changed);
                _ = BootstrapAsync(request.Peer);
                break;
            case "/est/crts":
                request.Respond(new CoapResponse(CoapCode.Content, ContentFormat.Pkcs7CertsOnly, Export([Devices.Certificate])));
                break;
            case "/est/sen" or "/est/sren":
                request.Respond(Issue(request.Payload));
                break;
            case "/rd":
                Device = request.Peer;
                Registered.Enqueue(SerialNumberOf(request.Peer.Identity));
                var created = new CoapResponse(CoapCode.Created);
                created.Options.Add(CoapOptionNumber.LocationPath, "rd").Add(CoapOptionNumber.LocationPath, "1");
                request.Respond(created);
                break;
            default:
                // An Update that takes up a registration is as good as a Register.
                if (path.StartsWith("/rd/", StringComparison.Ordinal) && request.Peer.Identity is PeerIdentity.Certificate)
                    Registered.Enqueue(SerialNumberOf(request.Peer.Identity));
                request.Respond(path.StartsWith("/rd/", StringComparison.Ordinal) ? CoapCode.Changed : CoapCode.NotFound);
                break;
        }
    }

    private static string SerialNumberOf(PeerIdentity peer) => Convert.ToHexString(((PeerIdentity.Certificate)peer).SerialNumber.Span);

    bool ICoapHandler.OnNotification(in CoapPeer peer, in CoapMessage notification) => true;

    public async ValueTask DisposeAsync()
    {
        await _bootstrap.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static CertificateAuthority MakeAuthority(string name) => CertificateAuthority.CreateRoot(CertificateProfile.Authority(new CertificateSubject(name), Years));

    private static byte[] Export(X509Certificate2Collection certificates) => certificates.Export(X509ContentType.Pkcs7)!;

    private CoapResponse Issue(ReadOnlySpan<byte> pkcs10)
    {
        if (!CertificationRequest.TryParse(pkcs10, out CertificationRequest? request, out string? problem))
            return CoapResponse.Error(CoapCode.BadRequest, problem);
        Subjects.Enqueue(request.Subject.Name);
        string name = request.Subject.Name.Split(',').Select(part => part.Trim()).First(part => part.StartsWith("CN=", StringComparison.Ordinal))[3..];
        DateTimeOffset now = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
        var profile = CertificateProfile.Device(new CertificateSubject(name), new ValidityPeriod(now.AddHours(-1), now + Lifetime));
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 certificate = Devices.Issue(ForgetsKey ? new PublicKey(other) : request.PublicKey, profile);
        return new CoapResponse(CoapCode.Changed, ContentFormat.Pkcs7CertsOnly, Export([certificate, Devices.Certificate]));
    }

    private async Task BootstrapAsync(CoapPeer device)
    {
        try
        {
            string uri = $"coaps://localhost:{_server.LocalEndPoint.Port}?aid=0123456789abcdef";
            string ca = Convert.ToBase64String(ServerAuthority.Certificate.RawData).Replace('+', '-').Replace('/', '_').TrimEnd('=');
            await device.SendAsync(new CoapRequest(CoapCode.Delete, "/0"));
            await device.SendAsync(new CoapRequest(CoapCode.Delete, "/1"));
            await WriteAsync(device, "/0/0", $$"""[{"bn":"/0/0/","n":"0","vs":"{{uri}}"},{"n":"1","vb":false},{"n":"2","v":4},{"n":"4","vd":"{{ca}}"},{"n":"10","v":1}]""");
            await WriteAsync(device, "/1/0", """[{"bn":"/1/0/","n":"0","v":1},{"n":"1","v":86400},{"n":"7","vs":"U"}]""");
            if (Time is { } time)
                await device.SendAsync(new CoapRequest(CoapCode.Put, "/3/0/13") { ContentFormat = ContentFormat.TextPlain, Payload = Encoding.ASCII.GetBytes(time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)) });
            await device.SendAsync(new CoapRequest(CoapCode.Post, "/bs?iep=fedcba98"));
        }
        catch (CoapExchangeException)
        {
            // The device has lost its power; it will come again.
        }
    }

    private static async Task WriteAsync(CoapPeer device, string path, string json)
    {
        CoapResponse response = await device.SendAsync(new CoapRequest(CoapCode.Put, path) { ContentFormat = ContentFormat.SenmlJson, Payload = Encoding.UTF8.GetBytes(json) });
        if (!response.Code.IsSuccess)
            throw new CoapExchangeException(ExchangeFailure.BadResponse, $"{path}: {response}");
    }
}
