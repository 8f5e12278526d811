using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Surety.EndToEnd.Tests.Pelion;

/// <summary>TLS 1.2 with the one suite of the client, a message in each record. What the server sends is taken record by record.</summary>
internal sealed class TlsRecords : IPelionConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SslStream _tls;
    private readonly byte[] _buffer = new byte[20_000];

    private TlsRecords(SslStream tls) => _tls = tls;

    public bool IsReliable => true;

    public static async Task<TlsRecords> ConnectAsync(int port, PelionIdentity identity)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException("The server does not listen.", e);
        }

        var tls = new SslStream(new OneRecordAtATime(new NetworkStream(socket, ownsSocket: true)));
        try
        {
#pragma warning disable CA1416, CA5398 // The client has one version and one suite.
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "",
                ClientCertificateContext = SslStreamCertificateContext.Create(identity.Certificate, identity.Intermediates, offline: true),
                EnabledSslProtocols = SslProtocols.Tls12,
                CipherSuitesPolicy = new CipherSuitesPolicy([TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8]),
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                // The chain to the one authority that it was given, and no look at the name (pelion-clients, 4.3).
                RemoteCertificateValidationCallback = (_, server, shown, _) => server is X509Certificate2 certificate && identity.Believes(certificate, shown!),
            }).WaitAsync(Patience);
#pragma warning restore CA1416, CA5398
        }
        catch (Exception e) when (e is AuthenticationException or TimeoutException)
        {
            await tls.DisposeAsync();
            throw new IOException("There is no handshake with the server.", e);
        }

        return new TlsRecords(tls);
    }

    public async Task SendAsync(byte[] message) => await _tls.WriteAsync(message).AsTask().WaitAsync(Patience);

    public async Task<byte[]> ReceiveAsync()
    {
        try
        {
            int count = await _tls.ReadAsync(_buffer).AsTask().WaitAsync(Patience);
            return count > 0 ? _buffer[..count] : throw new IOException("The server has closed the connection.");
        }
        catch (TimeoutException e)
        {
            throw new IOException("Nothing comes from the server.", e);
        }
    }

    public ValueTask DisposeAsync() => _tls.DisposeAsync();

    /// <summary>SslStream joins what has arrived: so that messages stay apart, it gets to see one record at a time (RFC 8446, 5.1).</summary>
    private sealed class OneRecordAtATime(Stream inner) : Stream
    {
        private readonly byte[] _header = new byte[5];
        private int _headerCount;
        private int _remaining;

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty)
                return await inner.ReadAsync(buffer, cancellationToken);
            bool isContent = _remaining > 0;
            int room = Math.Min(buffer.Length, isContent ? _remaining : _header.Length - _headerCount);
            int count = await inner.ReadAsync(buffer[..room], cancellationToken);
            if (isContent)
            {
                _remaining -= count;
                return count;
            }

            buffer.Span[..count].CopyTo(_header.AsSpan(_headerCount));
            _headerCount += count;
            if (_headerCount == _header.Length)
            {
                _headerCount = 0;
                _remaining = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(3));
            }

            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer, offset, count, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
