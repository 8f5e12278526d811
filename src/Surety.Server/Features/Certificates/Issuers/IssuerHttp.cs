using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Server.Features.Certificates;

/// <summary>Requests to external authorities: bounded in time and size, without redirections, believing the authority that the issuer names.</summary>
internal static class IssuerHttp
{
    private const int MaxAnswer = 256 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // Within what a device waits for its certificate (RFC 9148, 7: EXCHANGE_LIFETIME is 247 s).
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Posts, and gives the answer whatever its status.</summary>
    /// <exception cref="IssuerException">There is no answer; the message says why.</exception>
    public static async Task<(int Status, byte[] Body, HttpContentHeaders Headers)> PostAsync(
        IssuerAccess issuer, Uri uri, HttpContent content, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        try
        {
            using var certificate = IssuerMembers.ReadClientCertificate(issuer.Credentials);
            using var client = new HttpClient(CreateHandler(issuer, certificate)) { Timeout = Timeout, MaxResponseContentBufferSize = MaxAnswer };
            using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = content };
            request.Headers.Authorization = authorization;
            using var response = await client.SendAsync(request, cancellationToken);
            return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), response.Content.Headers);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException or AuthenticationException or CryptographicException)
        {
            throw new IssuerException($"the issuer '{issuer.Name}' at {uri.GetLeftPart(UriPartial.Authority)} cannot be used: {(error.InnerException ?? error).Message}", error);
        }
        catch (TaskCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IssuerException($"the issuer '{issuer.Name}' at {uri.GetLeftPart(UriPartial.Authority)} does not answer", error);
        }
    }

    private static SocketsHttpHandler CreateHandler(IssuerAccess issuer, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectTimeout, UseCookies = false };
        if (certificate is not null)
            handler.SslOptions.ClientCertificates = [certificate];
        if (issuer.Attributes.TryGetValue(IssuerMembers.CaCertificate, out var pem) && IssuerMembers.TryReadCertificates(pem, out var roots))
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(roots);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }
}
