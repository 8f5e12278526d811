namespace Surety.Client;

/// <summary>The applications of the account, and the access keys of each. (<c>/v3/applications</c>, <c>/v3/access-keys</c>)</summary>
public sealed class ApplicationCollection
{
    private const string Path = "v3/applications";
    private readonly RestTransport _transport;

    internal ApplicationCollection(RestTransport transport) => _transport = transport;

    /// <summary>All that match, page by page as they are wanted.</summary>
    public IAsyncEnumerable<Application> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<Application>(_transport, Path, options, item => item.Id, cancellationToken);

    /// <summary>How many match.</summary>
    public Task<long> CountAsync(Filter? filter = null, CancellationToken cancellationToken = default) => Paging.CountAsync<Application>(_transport, Path, filter, cancellationToken);

    /// <summary>The application with an id.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<Application> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<Application>(Of(id), cancellationToken);

    /// <summary>Makes an application. It has no key yet.</summary>
    /// <exception cref="SuretyException">400 with the members that are wrong.</exception>
    public Task<Application> CreateAsync(ApplicationRequest request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<ApplicationRequest, Application>(HttpMethod.Post, Path, request, cancellationToken);

    /// <summary>Changes the members that are not null.</summary>
    public Task<Application> UpdateAsync(string id, ApplicationRequest request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<ApplicationRequest, Application>(HttpMethod.Put, Of(id), request, cancellationToken);

    /// <summary>Deletes an application with its access keys.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, Of(id), null, cancellationToken);

    /// <summary>The access keys of an application.</summary>
    public IAsyncEnumerable<AccessKey> ListKeysAsync(string id, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<AccessKey>(_transport, $"{Of(id)}/access-keys", options, item => item.Id, cancellationToken);

    /// <summary>The access keys of all applications.</summary>
    public IAsyncEnumerable<AccessKey> ListAllKeysAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<AccessKey>(_transport, "v3/access-keys", options, item => item.Id, cancellationToken);

    /// <summary>An access key of an application.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<AccessKey> GetKeyAsync(string id, string key, CancellationToken cancellationToken = default) => _transport.GetAsync<AccessKey>(Of(id, key), cancellationToken);

    /// <summary>Makes an access key. The answer shows it whole, this once.</summary>
    /// <exception cref="SuretyException">400 with the members that are wrong.</exception>
    public Task<AccessKey> CreateKeyAsync(string id, AccessKeyRequest request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<AccessKeyRequest, AccessKey>(HttpMethod.Post, $"{Of(id)}/access-keys", request, cancellationToken);

    /// <summary>Changes the members of an access key that are not null.</summary>
    public Task<AccessKey> UpdateKeyAsync(string id, string key, AccessKeyRequest request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<AccessKeyRequest, AccessKey>(HttpMethod.Put, Of(id, key), request, cancellationToken);

    /// <summary>Deletes an access key: from then on it authenticates nobody.</summary>
    public Task DeleteKeyAsync(string id, string key, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, Of(id, key), null, cancellationToken);

    private static string Of(string id) => $"{Path}/{Paging.Segment(id)}";

    private static string Of(string id, string key) => $"{Of(id)}/access-keys/{Paging.Segment(key)}";
}
