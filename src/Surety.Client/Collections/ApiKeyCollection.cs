namespace Surety.Client;

/// <summary>The API keys of the account. (<c>/v3/api-keys</c>)</summary>
public sealed class ApiKeyCollection
{
    private const string Path = "v3/api-keys";
    private readonly RestTransport _transport;

    internal ApiKeyCollection(RestTransport transport) => _transport = transport;

    /// <summary>All that match, page by page as they are wanted.</summary>
    public IAsyncEnumerable<ApiKey> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<ApiKey>(_transport, Path, options, item => item.Id, cancellationToken);

    /// <summary>How many match.</summary>
    public Task<long> CountAsync(Filter? filter = null, CancellationToken cancellationToken = default) => Paging.CountAsync<ApiKey>(_transport, Path, filter, cancellationToken);

    /// <summary>The API key with an id.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<ApiKey> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<ApiKey>($"{Path}/{Paging.Segment(id)}", cancellationToken);

    /// <summary>Makes an API key.</summary>
    /// <exception cref="SuretyException">400 with the members that are wrong, or 409: there is one already.</exception>
    public Task<ApiKey> CreateAsync(ApiKeyRequest request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<ApiKeyRequest, ApiKey>(HttpMethod.Post, Path, request, cancellationToken);

    /// <summary>Changes the members that are not null.</summary>
    public Task<ApiKey> UpdateAsync(string id, ApiKeyRequest request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<ApiKeyRequest, ApiKey>(HttpMethod.Put, $"{Path}/{Paging.Segment(id)}", request, cancellationToken);

    /// <summary>Deletes an API key.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, $"{Path}/{Paging.Segment(id)}", null, cancellationToken);

    /// <summary>Gives an API key a new secret. The answer shows it whole, this once; the old one authenticates nobody any more.</summary>
    public async Task<ApiKey> ResetSecretAsync(string id, CancellationToken cancellationToken = default) =>
        (await _transport.SendAsync(HttpMethod.Post, $"{Path}/{Paging.Segment(id)}/reset-secret", null, cancellationToken).ConfigureAwait(false)).Read<ApiKey>();

    /// <summary>The key that asks.</summary>
    public Task<ApiKey> GetMineAsync(CancellationToken cancellationToken = default) => _transport.GetAsync<ApiKey>(Path + "/me", cancellationToken);
}
