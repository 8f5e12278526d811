namespace Surety.Client;

/// <summary>The webhook of the application, the channel for a back-end that does not keep a connection. (<c>/v2/notification/callback</c>)</summary>
public sealed class WebhookChannel
{
    private const string Path = "v2/notification/callback";

    private readonly RestTransport _transport;

    internal WebhookChannel(RestTransport transport) => _transport = transport;

    /// <summary>The webhook.</summary>
    /// <exception cref="SuretyException">404: none is set.</exception>
    public Task<Webhook> GetAsync(CancellationToken cancellationToken = default) => _transport.GetAsync<Webhook>(Path, cancellationToken);

    /// <summary>Sets it; the platform tests the address first.</summary>
    /// <exception cref="SuretyException">400: the address does not answer, or the application has a channel of another kind.</exception>
    public Task SetAsync(Webhook webhook, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(HttpMethod.Put, Path, () => RestTransport.Json(webhook), cancellationToken);

    /// <summary>Deletes it, and with it what is queued.</summary>
    public Task DeleteAsync(CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, Path, null, cancellationToken);
}
