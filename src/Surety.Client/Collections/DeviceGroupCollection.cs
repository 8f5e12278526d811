namespace Surety.Client;

/// <summary>The device groups of the account. (<c>/v3/device-groups</c>)</summary>
public sealed class DeviceGroupCollection
{
    private const string Path = "v3/device-groups";
    private readonly RestTransport _transport;

    internal DeviceGroupCollection(RestTransport transport) => _transport = transport;

    /// <summary>All that match, page by page as they are wanted.</summary>
    public IAsyncEnumerable<DeviceGroup> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<DeviceGroup>(_transport, Path, options, item => item.Id, cancellationToken);

    /// <summary>How many match.</summary>
    public Task<long> CountAsync(Filter? filter = null, CancellationToken cancellationToken = default) => Paging.CountAsync<DeviceGroup>(_transport, Path, filter, cancellationToken);

    /// <summary>The group with an id.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<DeviceGroup> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<DeviceGroup>($"{Path}/{Paging.Segment(id)}", cancellationToken);

    /// <summary>Makes a group.</summary>
    /// <exception cref="SuretyException">400 with the members that are wrong, or 409: the name is taken.</exception>
    public Task<DeviceGroup> CreateAsync(DeviceGroupUpdate request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<DeviceGroupUpdate, DeviceGroup>(HttpMethod.Post, Path, request, cancellationToken);

    /// <summary>Changes the members that are not null.</summary>
    public Task<DeviceGroup> UpdateAsync(string id, DeviceGroupUpdate request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<DeviceGroupUpdate, DeviceGroup>(HttpMethod.Put, $"{Path}/{Paging.Segment(id)}", request, cancellationToken);

    /// <summary>Deletes a group; its devices stay.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, $"{Path}/{Paging.Segment(id)}", null, cancellationToken);

    /// <summary>The devices in a group.</summary>
    public IAsyncEnumerable<Device> ListDevicesAsync(string id, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<Device>(_transport, $"{Path}/{Paging.Segment(id)}/devices", options, item => item.Id, cancellationToken);

    /// <summary>Adds a device.</summary>
    public Task AddAsync(string id, string device, CancellationToken cancellationToken = default) => ChangeAsync(id, "add", device, cancellationToken);

    /// <summary>Removes a device.</summary>
    public Task RemoveAsync(string id, string device, CancellationToken cancellationToken = default) => ChangeAsync(id, "remove", device, cancellationToken);

    /// <summary>Adds all devices that are selected.</summary>
    public Task<DeviceGroupChange> AddMatchingAsync(string id, DeviceSelection selection, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<DeviceSelection, DeviceGroupChange>(HttpMethod.Post, $"{Path}/{Paging.Segment(id)}/devices/add-matching", selection, cancellationToken);

    /// <summary>Removes all devices that are selected.</summary>
    public Task<DeviceGroupChange> RemoveMatchingAsync(string id, DeviceSelection selection, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<DeviceSelection, DeviceGroupChange>(HttpMethod.Post, $"{Path}/{Paging.Segment(id)}/devices/remove-matching", selection, cancellationToken);

    private Task<RestAnswer> ChangeAsync(string id, string what, string device, CancellationToken cancellationToken) =>
        _transport.SendAsync(HttpMethod.Post, $"{Path}/{Paging.Segment(id)}/devices/{what}", () => RestTransport.Json(new DeviceGroupMember(device)), cancellationToken);
}
