using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Surety.Coap;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// The address of EST over HTTPS: a web server of its own, so that nothing of the REST API is reached through it, nor EST through the REST API's.
/// </summary>
/// <param name="address">Where; null: nowhere.</param>
/// <param name="tls">The server's certificate, and whose certificates are believed; asked for at the start.</param>
/// <param name="http">What answers.</param>
/// <param name="report">Is told the address.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">Logs.</param>
internal sealed class EstHttpsListener(
    IPEndPoint? address, Func<TlsServerOptions> tls, EstHttp http, StartupReport report, TimeProvider time, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>The address in use, with the port that was taken for port 0; null: none.</summary>
    public Uri? Address { get; private set; }

    /// <exception cref="StartupException">The address cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (address is null)
            return;
        var options = tls();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = EstHttp.MaxBodyLength;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Listen(address, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = options.Certificate.Certificate;
                    https.ServerCertificateChain = [.. options.Certificate.Intermediates];
                    https.OnAuthenticate = (connection, ssl) => Prepare(connection, ssl, options);
                });
            });
        });
        var app = builder.Build();
        app.Run(http.HandleAsync);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            await app.DisposeAsync();
            throw new StartupException($"EST over HTTPS cannot be served at {address}: {e.Message} (setting Surety:Est:Https)", e);
        }

        _app = app;
        Address = new Uri(app.Urls.Single());
        report.Add("EST", $"https://{Address.Authority}/.well-known/est");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
            await _app.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>
    /// Asks for a certificate. The verdict is kept with the connection: whoever has none, or a bad one, is told so in words. Kestrel's own
    /// ClientCertificateMode would bring a callback of its own.
    /// </summary>
    private void Prepare(ConnectionContext connection, SslServerAuthenticationOptions ssl, TlsServerOptions options)
    {
        ssl.ClientCertificateRequired = true;
        // A resumed session would come without its certificates.
        ssl.AllowTlsResume = false;
        ssl.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        ssl.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
#pragma warning disable CA5359 // EstHttp asks for the verdict.
        ssl.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            if (certificate is X509Certificate2 own)
            {
                object? verdict = options.ClientTrust.VerifyClient([own, .. chain?.ChainPolicy.ExtraStore ?? []], time.GetUtcNow(), out var problem);
                connection.Items[EstHttp.ClientKey] = verdict ?? problem;
            }

            return true;
        };
#pragma warning restore CA5359
    }
}
