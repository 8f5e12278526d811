using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Surety.Testing;
using Surety.Testing.Coap;

namespace Surety.Coap.Tests.Tcp.Records;

/// <summary>Does what Pelion's device client does below CoAP: TLS 1.2 with CCM_8 and no ALPN, each message one record.</summary>
internal sealed class RecordClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SslStream _tls;
    private readonly byte[] _buffer = new byte[20_000];

    private RecordClient(SslStream tls) => _tls = tls;

    public TlsCipherSuite CipherSuite => _tls.NegotiatedCipherSuite;

    public static async Task<RecordClient> ConnectAsync(IPEndPoint server, string endpointName = "device-1")
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        var tls = new SslStream(new TlsRecordStream(new NetworkStream(socket, ownsSocket: true)));
        var certificate = new TlsCertificate(TestPki.Shared.Device(endpointName), [TestPki.Shared.Intermediate.Certificate]);
#pragma warning disable CA1416, CA5359, CA5398 // The client under imitation has one version, one suite, and looks at no name.
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "",
            ClientCertificateContext = SslStreamCertificateContext.Create(certificate.Certificate, [.. certificate.Intermediates], offline: true),
            EnabledSslProtocols = SslProtocols.Tls12,
            CipherSuitesPolicy = new CipherSuitesPolicy([TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8]),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        }).WaitAsync(Patience);
#pragma warning restore CA1416, CA5359, CA5398
        return new RecordClient(tls);
    }

    public async Task SendAsync(params byte[][] records)
    {
        foreach (byte[] record in records)
            await _tls.WriteAsync(record).AsTask().WaitAsync(Patience);
    }

    public Task SendAsync(WireMessage message) => SendAsync(message.ToBytes());

    /// <summary>The content of the next record; null when the connection was closed.</summary>
    public async Task<byte[]?> ReceiveRecordAsync()
    {
        try
        {
            int count = await _tls.ReadAsync(_buffer).AsTask().WaitAsync(Patience);
            return count == 0 ? null : _buffer[..count];
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async Task<WireMessage> ReceiveAsync() =>
        WireMessage.Parse(await ReceiveRecordAsync() ?? throw new InvalidOperationException("The server has closed the connection."));

    public void Dispose() => _tls.Dispose();
}
