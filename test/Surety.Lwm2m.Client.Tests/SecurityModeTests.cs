using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Coap;
using Surety.Dtls;
using Surety.Testing;

namespace Surety.Lwm2m.Client.Tests;

/// <summary>The security modes of an account, over real sockets.</summary>
public sealed class SecurityModeTests : ICoapHandler, IPreSharedKeyStore, IAsyncDisposable
{
    private static readonly byte[] Key = "0123456789abcdef"u8.ToArray();

    private readonly TestPki _pki = TestPki.Shared;
    private readonly ConcurrentQueue<PeerIdentity> _seen = new();
    private readonly CoapTransport _transport = new();
    private readonly List<IAsyncDisposable> _open = [];

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable item in _open)
            await item.DisposeAsync();
        await _transport.DisposeAsync();
    }

    [Fact]
    public async Task A_pre_shared_key()
    {
        int port = OpenDtls();

        await RegisterAsync($"coaps://localhost:{port}", AccountSecurity.FromPreSharedKey("node"u8.ToArray(), Key));

        Assert.Equal("node"u8.ToArray(), Assert.IsType<PeerIdentity.PreSharedKey>(_seen.Single()).Identity.ToArray());
    }

    [Fact]
    public async Task A_pre_shared_key_that_is_wrong_opens_nothing()
    {
        int port = OpenDtls();

        await FailAsync($"coaps://localhost:{port}", AccountSecurity.FromPreSharedKey("node"u8.ToArray(), "another key....."u8.ToArray()));

        Assert.Empty(_seen);
    }

    [Theory]
    [InlineData(null, "certificate", true)]
    [InlineData(3, "certificate", true)]
    [InlineData(3, "sha256", true)]
    [InlineData(3, "authority", false)]
    [InlineData(2, "authority", true)]
    [InlineData(null, "authority", true)]
    [InlineData(2, "other", false)]
    [InlineData(0, "authority", true)]
    [InlineData(1, "certificate", true)]
    [InlineData(null, "other", false)]
    public async Task Certificates_with_the_server_known_in_each_way(int? usage, string what, bool isGood)
    {
        int port = OpenDtls();
        using X509Certificate2 device = _pki.Device("node");
        using ECDsa key = device.GetECDsaPrivateKey()!;
        var security = new AccountSecurity
        {
            Mode = SecurityMode.Certificate,
            PublicKeyOrIdentity = device.RawData,
            SecretKey = key.ExportPkcs8PrivateKey(),
            ServerPublicKey = what switch
            {
                "certificate" => _pki.Server.RawData,
                "sha256" => SHA256.HashData(_pki.Server.RawData),
                "authority" => _pki.Root.Certificate.RawData,
                _ => _pki.OtherRoot.Certificate.RawData,
            },
            MatchingType = what == "sha256" ? 1UL : null,
            CertificateUsage = (ulong?)usage,
        };

        if (!isGood)
        {
            await FailAsync($"coaps://localhost:{port}", security);
            Assert.Empty(_seen);
            return;
        }

        await RegisterAsync($"coaps://localhost:{port}", security);
        Assert.Equal("node", Assert.IsType<PeerIdentity.Certificate>(_seen.Single()).Subject.CommonName);
    }

    [Fact]
    public async Task The_name_counts_with_a_trust_anchor_and_not_with_the_very_certificate()
    {
        using X509Certificate2 server = _pki.ServerFor("elsewhere.example");
        int port = OpenTls(server);
        using X509Certificate2 device = _pki.Device("node");
        using ECDsa key = device.GetECDsaPrivateKey()!;
        AccountSecurity Make(byte[] known, string? sni = null) => new()
        {
            Mode = SecurityMode.Certificate, PublicKeyOrIdentity = device.RawData, SecretKey = key.ExportPkcs8PrivateKey(), ServerPublicKey = known, Sni = sni,
        };

        await FailAsync($"coaps+tcp://localhost:{port}", Make(_pki.Root.Certificate.RawData));
        await RegisterAsync($"coaps+tcp://localhost:{port}", Make(server.RawData));
        await RegisterAsync($"coaps+tcp://localhost:{port}", Make(_pki.Root.Certificate.RawData, "elsewhere.example"));
        Assert.Equal(2, _seen.Count);
    }

    [Fact]
    public void Raw_public_keys()
    {
        using ECDsa own = ECDsa.Create(ECCurve.NamedCurves.nistP256), server = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        AccountSecurity Make(byte[] known) => new()
        {
            Mode = SecurityMode.RawPublicKey, PublicKeyOrIdentity = own.ExportSubjectPublicKeyInfo(), SecretKey = own.ExportPkcs8PrivateKey(), ServerPublicKey = known,
        };

        TlsClientOptions good = Options("coaps://localhost", Make(server.ExportSubjectPublicKeyInfo()));
        TlsClientOptions bad = Options("coaps://localhost", Make(own.ExportSubjectPublicKeyInfo()));

        Assert.True(good.ServerTrust.FindRawPublicKey!(server.ExportSubjectPublicKeyInfo()));
        Assert.False(bad.ServerTrust.FindRawPublicKey!(server.ExportSubjectPublicKeyInfo()));
        Assert.Equal(own.ExportSubjectPublicKeyInfo(), good.RawPublicKey!.SubjectPublicKeyInfo.ToArray());
    }

    ValueTask<byte[]?> IPreSharedKeyStore.FindKeyAsync(ReadOnlyMemory<byte> identity) => ValueTask.FromResult<byte[]?>(identity.Span.SequenceEqual("node"u8) ? Key : null);

    void ICoapHandler.OnRequest(ref IncomingRequest request)
    {
        _seen.Enqueue(request.Peer.Identity);
        var created = new CoapResponse(CoapCode.Created);
        created.Options.Add(CoapOptionNumber.LocationPath, "rd").Add(CoapOptionNumber.LocationPath, "1");
        request.Respond(created);
    }

    bool ICoapHandler.OnNotification(in CoapPeer peer, in CoapMessage notification) => false;

    private static TlsClientOptions Options(string uri, AccountSecurity security)
    {
        Assert.True(AccountTls.TryCreate(CoapUri.Parse(uri), security, null, [], out TlsClientOptions? tls, out string? problem), problem);
        return tls!;
    }

    private TlsServerOptions ServerOptions(X509Certificate2 certificate) => new()
    {
        Certificate = new TlsCertificate(certificate, [_pki.Intermediate.Certificate]),
        ClientTrust = new CertificateTrust { Anchors = [_pki.Root.Certificate], Intermediates = [_pki.Intermediate.Certificate] },
    };

    private int OpenDtls()
    {
        var endpoint = DtlsCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), this, tls: ServerOptions(_pki.Server), dtls: new DtlsCoapOptions { PreSharedKeys = this });
        _open.Add(endpoint);
        return endpoint.LocalEndPoint.Port;
    }

    private int OpenTls(X509Certificate2 certificate)
    {
        var endpoint = TcpCoapEndpoint.Open(new IPEndPoint(IPAddress.Loopback, 0), this, tls: ServerOptions(certificate));
        _open.Add(endpoint);
        return endpoint.LocalEndPoint.Port;
    }

    private Lwm2mClient Start(string uri, AccountSecurity security)
    {
        var connector = new CoapConnector(_transport);
        var client = new Lwm2mClient(new Lwm2mClientOptions { EndpointName = "node", Servers = [new ServerAccount(uri) { Security = security }] }, connector);
        client.Objects.Add(new DeviceInstance(new DeviceInformation()));
        _open.Add(client);
        _open.Add(connector);
        client.Start();
        return client;
    }

    private async Task RegisterAsync(string uri, AccountSecurity security) =>
        await UntilAsync(Start(uri, security), RegistrationState.Registered);

    private async Task FailAsync(string uri, AccountSecurity security) =>
        await UntilAsync(Start(uri, security), RegistrationState.Retrying);

    private static async Task UntilAsync(Lwm2mClient client, RegistrationState state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (client.Servers[0].State != state)
        {
            Assert.False(patience.IsCancellationRequested, client.Servers[0].LastProblem ?? client.Servers[0].State.ToString());
            Assert.False(state == RegistrationState.Registered && client.Servers[0].State == RegistrationState.Retrying, client.Servers[0].LastProblem);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
