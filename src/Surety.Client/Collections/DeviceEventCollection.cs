namespace Surety.Client;

/// <summary>The device events of the account. (<c>/v3/device-events</c>)</summary>
public sealed class DeviceEventCollection
{
    private const string Path = "v3/device-events";
    private readonly RestTransport _transport;

    internal DeviceEventCollection(RestTransport transport) => _transport = transport;

    /// <summary>All that match, page by page as they are wanted.</summary>
    public IAsyncEnumerable<DeviceEvent> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<DeviceEvent>(_transport, Path, options, item => item.Id, cancellationToken);

    /// <summary>How many match.</summary>
    public Task<long> CountAsync(Filter? filter = null, CancellationToken cancellationToken = default) => Paging.CountAsync<DeviceEvent>(_transport, Path, filter, cancellationToken);

    /// <summary>The device event with an id.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<DeviceEvent> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<DeviceEvent>($"{Path}/{Paging.Segment(id)}", cancellationToken);
}
