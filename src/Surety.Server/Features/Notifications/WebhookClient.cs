using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Notifications;

/// <summary>Sends PUT requests to webhooks. The other side is not trusted: what it answers beyond the status is not read.</summary>
internal sealed class WebhookClient : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly string UserAgent = $"Surety/{SuretyHost.Version}";

    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _client;

    public WebhookClient(WebhookAddresses addresses, TimeProvider time)
    {
        _time = time;
        _client = new HttpMessageInvoker(addresses.CreateHandler(ChannelLimits.WebhookTimeout));
    }

    /// <summary>Sends a body and waits for the answer.</summary>
    /// <returns>Null when the webhook answered 200 or 204 in time; otherwise what happened, for people.</returns>
    /// <exception cref="OperationCanceledException">The caller wants no answer any more.</exception>
    public async Task<string?> PutAsync(WebhookTarget target, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ChannelLimits.WebhookTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(target, body);
            using var response = await _client.SendAsync(request, both.Token);
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent ? null : Describe(response.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it did not answer within {ChannelLimits.WebhookTimeout.TotalSeconds:0} s";
        }
        catch (HttpRequestException error)
        {
            return Describe(error);
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Request(WebhookTarget target, ReadOnlyMemory<byte> body)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = Json;
        var request = new HttpRequestMessage(HttpMethod.Put, target.Url)
        {
            Content = content,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        foreach (var (name, value) in target.Headers)
        {
            // An application may name its own agent or media type.
            request.Headers.Remove(name);
            if (request.Headers.TryAddWithoutValidation(name, value))
                continue;
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static string Describe(HttpStatusCode status) => (int)status is >= 300 and < 400
        ? $"it answered {(int)status}, and redirections are not followed"
        : $"it answered {(int)status}, not 200 or 204";

    private static string Describe(HttpRequestException error) => error switch
    {
        { InnerException: ForbiddenAddressException inner } => inner.Message,
        { HttpRequestError: HttpRequestError.NameResolutionError } => "its host name cannot be resolved",
        { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: AuthenticationException inner } => $"TLS failed: {inner.Message}",
        { InnerException: SocketException inner } => $"it cannot be reached: {inner.Message}",
        _ => $"it cannot be reached: {error.Message}",
    };
}
