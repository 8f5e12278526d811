namespace Surety.Client;

/// <summary>The saved queries of the account. (<c>/v3/device-queries</c>)</summary>
public sealed class DeviceQueryCollection
{
    private const string Path = "v3/device-queries";
    private readonly RestTransport _transport;

    internal DeviceQueryCollection(RestTransport transport) => _transport = transport;

    /// <summary>All that match, page by page as they are wanted.</summary>
    public IAsyncEnumerable<DeviceQuery> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<DeviceQuery>(_transport, Path, options, item => item.Id, cancellationToken);

    /// <summary>The query with an id.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<DeviceQuery> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<DeviceQuery>($"{Path}/{Paging.Segment(id)}", cancellationToken);

    /// <summary>Keeps a query.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="query">The filter, <c>state=registered&amp;endpoint_type=meter</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="SuretyException">400: the filter is none, or 409.</exception>
    public Task<DeviceQuery> CreateAsync(string name, string query, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<DeviceQueryRequest, DeviceQuery>(HttpMethod.Post, Path, new(name, query), cancellationToken);

    /// <summary>Changes a query.</summary>
    public Task<DeviceQuery> UpdateAsync(string id, string name, string query, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<DeviceQueryRequest, DeviceQuery>(HttpMethod.Put, $"{Path}/{Paging.Segment(id)}", new(name, query), cancellationToken);

    /// <summary>Deletes a query.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, $"{Path}/{Paging.Segment(id)}", null, cancellationToken);
}
