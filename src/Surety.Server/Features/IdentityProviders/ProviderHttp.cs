using System.Net.Sockets;
using System.Security.Authentication;
using Surety.Server.Features.Notifications;
using Surety.Server.Hosting;

namespace Surety.Server.Features.IdentityProviders;

/// <summary>
/// Requests to identity providers: bounded in time, size and number, without redirections, and to no address that webhooks may not have. An administrator of
/// an account names the URLs, so they are not to be trusted.
/// </summary>
internal sealed class ProviderHttp : IDisposable
{
    private const int MaxAnswer = 256 * 1024;
    private const int MaxAtOnce = 32;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly string UserAgent = $"Surety/{SuretyHost.Version}";

    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _client;
    private readonly SemaphoreSlim _slots = new(MaxAtOnce);

    public ProviderHttp(WebhookAddresses addresses, TimeProvider time)
    {
        _time = time;
        _client = new HttpMessageInvoker(addresses.CreateHandler(Timeout));
    }

    /// <summary>Whether a URL may be that of a provider: https, or http on this machine for those who try it out.</summary>
    public static bool IsPermitted(string? url) =>
        url is { Length: <= 2048 } && Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && !url.AsSpan().ContainsAnyInRange('\0', ' ');

    /// <summary>Sends a request, and gives the answer whatever its status.</summary>
    /// <exception cref="ProviderException">There is none, or it is too long.</exception>
    public async Task<(int Status, byte[] Body)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsPermitted(request.RequestUri?.OriginalString))
            throw new ProviderException("it names a URL that is not https");
        using var timeout = new CancellationTokenSource(Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _slots.WaitAsync(both.Token);
            try
            {
                request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
                request.Headers.TryAddWithoutValidation("Accept", "application/json");
                using var response = await _client.SendAsync(request, both.Token);
                return ((int)response.StatusCode, await ReadAsync(response, both.Token));
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException($"it did not answer within {Timeout.TotalSeconds:0} s");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new ProviderException(Describe(error), error);
        }
    }

    /// <summary>Reads a JSON document of a provider.</summary>
    /// <exception cref="ProviderException">It cannot be had.</exception>
    public async Task<byte[]> GetAsync(string url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var (status, body) = await SendAsync(request, cancellationToken);
        return status == StatusCodes.Status200OK ? body : throw new ProviderException($"it answered {status}, not 200, to GET {url}");
    }

    public void Dispose()
    {
        _client.Dispose();
        _slots.Dispose();
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + count > MaxAnswer)
                throw new ProviderException($"its answer has more than {MaxAnswer} bytes");
            body.Write(buffer, 0, count);
        }

        return body.ToArray();
    }

    private static string Describe(Exception error) => error switch
    {
        { InnerException: ForbiddenAddressException inner } => inner.Message,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its host name cannot be resolved",
        { InnerException: AuthenticationException inner } => $"TLS failed: {inner.Message}",
        { InnerException: SocketException inner } => $"it cannot be reached: {inner.Message}",
        _ => $"it cannot be reached: {error.Message}",
    };
}
