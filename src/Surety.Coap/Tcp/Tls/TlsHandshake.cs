using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Surety.Dtls;

namespace Surety.Coap;

/// <summary>One TLS handshake, in either role, and what it has shown about the peer.</summary>
internal sealed class TlsHandshake
{
    private static readonly SslApplicationProtocol Coap = new("coap");

    private readonly CertificateTrust _trust;
    private readonly TimeProvider _time;
    private readonly bool _isServer;

    private TlsHandshake(CertificateTrust trust, TimeProvider time, bool isServer)
    {
        _trust = trust;
        _time = time;
        _isServer = isServer;
    }

    /// <summary>What the peer has proven.</summary>
    public PeerIdentity Identity { get; private set; } = PeerIdentity.None;

    /// <summary>Why the peer is not to be dealt with, although there is a secured stream to tell it so.</summary>
    public string? Problem { get; private set; }

    /// <summary>The server's side. A client whose certificate is not accepted leaves <see cref="Problem"/>: over the stream it can be told.</summary>
    /// <exception cref="AuthenticationException">The handshake failed.</exception>
    /// <exception cref="IOException">The connection failed.</exception>
    public static async Task<TlsHandshake> AcceptAsync(SslStream stream, TlsServerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var handshake = new TlsHandshake(options.ClientTrust, time, isServer: true);
        bool asks = options.ClientCertificate != ClientCertificateMode.None;
        // The client's name is known only here.
        await stream.AuthenticateAsServerAsync(
            (_, hello, _, _) => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = (options.SelectCertificate?.Invoke(hello.ServerName) ?? options.Certificate).Context,
                ClientCertificateRequired = asks,
                EnabledSslProtocols = Versions(options.CipherSuites),
                CipherSuitesPolicy = Policy(options.CipherSuites),
                ApplicationProtocols = [Coap],
                AllowRenegotiation = false,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                CertificateChainPolicy = NoPolicy(),
                // SslStream sends no alert to a client that it refuses; an Abort over the finished stream says more (RFC 8323, 5.6). So the
                // verdict is kept here, and whoever uses the stream must ask for it.
#pragma warning disable CA5359
                RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                {
                    handshake.Problem = handshake.Verify(certificate, chain, isRequired: options.ClientCertificate == ClientCertificateMode.Required);
                    return true;
                },
#pragma warning restore CA5359
            }),
            null,
            cancellationToken).ConfigureAwait(false);
        return handshake;
    }

    /// <summary>The client's side.</summary>
    /// <param name="stream">Over a connection to the server.</param>
    /// <param name="options">How.</param>
    /// <param name="host">The name or address that was connected to.</param>
    /// <param name="port">The port: it decides whether ALPN is a must.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AuthenticationException">The handshake failed, or the server is not the one meant.</exception>
    /// <exception cref="IOException">The connection failed.</exception>
    public static async Task<TlsHandshake> ConnectAsync(SslStream stream, TlsClientOptions options, string host, int port, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options.PreSharedKey is not null || options.RawPublicKey is not null)
            throw new AuthenticationException($"Pre-shared and raw public keys are for DTLS here: connect to {host} with coaps, or use a certificate.");
        string name = options.ServerName ?? host;
        var handshake = new TlsHandshake(options.ServerTrust, time, isServer: false);
        string? problem = null;
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = name,
                    ClientCertificateContext = options.Certificate?.Context,
                    EnabledSslProtocols = Versions(options.CipherSuites),
                    CipherSuitesPolicy = Policy(options.CipherSuites),
                    ApplicationProtocols = [Coap],
                    AllowRenegotiation = false,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    CertificateChainPolicy = NoPolicy(),
                    RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                    {
                        problem = handshake.Verify(certificate, chain, isRequired: true)
                            ?? (options.ChecksServerName ? CertificateVerifier.CheckName((X509Certificate2)certificate!, name) : null);
                        return problem is null;
                    },
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (AuthenticationException e) when (problem is not null)
        {
            throw new AuthenticationException($"The server {host}:{port} is not trusted: {problem}.", e);
        }
        catch (AuthenticationException e)
        {
            throw new AuthenticationException($"The TLS handshake with {host}:{port} failed: {Describe(e)}", e);
        }

        if (port != CoapUri.DefaultSecurePort && !options.AllowMissingAlpn && stream.NegotiatedApplicationProtocol != Coap)
        {
            throw new AuthenticationException(
                $"The server {host}:{port} did not select 'coap' by ALPN, as RFC 8323, 8.2 demands on ports other than {CoapUri.DefaultSecurePort}: " +
                "it may be another service; if it is not, allow the missing selection.");
        }

        return handshake;
    }

    /// <summary>What happened, in one line: the innermost exception says most.</summary>
    public static string Describe(Exception exception)
    {
        if (exception is OperationCanceledException)
            return "it took too long";
        Exception inner = exception;
        while (inner.InnerException is not null)
            inner = inner.InnerException;
        return inner == exception ? exception.Message : $"{exception.Message} ({inner.Message})";
    }

    private string? Verify(X509Certificate? certificate, X509Chain? chain, bool isRequired)
    {
        if (certificate is not X509Certificate2 own)
            return isRequired ? $"a certificate is required, and the {(_isServer ? "client" : "server")} has shown none" : null;
        byte[][] sent = [own.RawData, .. chain?.ChainPolicy.ExtraStore.Select(element => element.RawData) ?? []];
        PeerVerification verification = _trust.Verifier.VerifyCertificate(sent, isServer: !_isServer, serverName: null, _time.GetUtcNow());
        if (verification.Credential is { } credential)
            Identity = DtlsConversion.ToIdentity(credential);
        return verification.Problem;
    }

    /// <summary>Keeps SslStream from judging, and from fetching anything for it: that is done here.</summary>
    private static X509ChainPolicy NoPolicy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    /// <summary>TLS 1.2 and 1.3 (RFC 7925, 3.1 wants 1.2), as far as there are suites for them.</summary>
    private static SslProtocols Versions(IReadOnlyList<TlsCipherSuite> suites)
    {
        bool has13 = suites.Any(IsOf13), has12 = !suites.All(IsOf13);
        return has13 == has12 ? SslProtocols.Tls12 | SslProtocols.Tls13 : has13 ? SslProtocols.Tls13 : SslProtocols.Tls12;

        static bool IsOf13(TlsCipherSuite suite) => (int)suite >> 8 == TlsCipherSuites.Tls13Prefix;
    }

    private static CipherSuitesPolicy? Policy(IReadOnlyList<TlsCipherSuite> suites) =>
        OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? new CipherSuitesPolicy(suites) : null;
}
