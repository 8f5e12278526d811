namespace Surety.Client;

/// <summary>The devices of the account. (<c>/v3/devices</c>)</summary>
public sealed class DeviceCollection
{
    private const string Path = "v3/devices";
    private readonly RestTransport _transport;

    internal DeviceCollection(RestTransport transport) => _transport = transport;

    /// <summary>All that match, page by page as they are wanted.</summary>
    public IAsyncEnumerable<Device> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<Device>(_transport, Path, options, item => item.Id, cancellationToken);

    /// <summary>How many match.</summary>
    public Task<long> CountAsync(Filter? filter = null, CancellationToken cancellationToken = default) => Paging.CountAsync<Device>(_transport, Path, filter, cancellationToken);

    /// <summary>The device with an id.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<Device> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<Device>($"{Path}/{Paging.Segment(id)}", cancellationToken);

    /// <summary>Makes a device.</summary>
    /// <exception cref="SuretyException">400 with the members that are wrong, or 409: there is one already.</exception>
    public Task<Device> CreateAsync(DeviceUpdate request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<DeviceUpdate, Device>(HttpMethod.Post, Path, request, cancellationToken);

    /// <summary>Changes the members that are not null.</summary>
    public Task<Device> UpdateAsync(string id, DeviceUpdate request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<DeviceUpdate, Device>(HttpMethod.Put, $"{Path}/{Paging.Segment(id)}", request, cancellationToken);

    /// <summary>Deletes a device.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, $"{Path}/{Paging.Segment(id)}", null, cancellationToken);

    /// <summary>Suspends a device: it is disconnected and not let in again.</summary>
    /// <param name="id">The device.</param>
    /// <param name="category">The reference of a block category, such as <c>maintenance</c>.</param>
    /// <param name="description">The reason, for people.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task SuspendAsync(string id, string? category = null, string? description = null, CancellationToken cancellationToken = default) =>
        SwitchAsync(id, "suspend", category, description, cancellationToken);

    /// <summary>Lets a suspended device connect again.</summary>
    /// <param name="id">The device.</param>
    /// <param name="category">The reference of a block category.</param>
    /// <param name="description">The reason, for people.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task ResumeAsync(string id, string? category = null, string? description = null, CancellationToken cancellationToken = default) =>
        SwitchAsync(id, "resume", category, description, cancellationToken);

    /// <summary>What a device has reported, and what is wanted of it.</summary>
    public Task<DeviceEcho> GetEchoAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<DeviceEcho>(EchoOf(id), cancellationToken);

    /// <summary>Says what is wanted of a device; it gets it when it can be reached. What is wanted of other paths stays.</summary>
    /// <param name="id">The device.</param>
    /// <param name="wishes">1 to 256, each path once.</param>
    /// <param name="etag">That of the echo that was read: when it is another one by now, nothing is changed. Null: whatever it is.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="SuretyException">400, 403: there are too many, or 412: it has been changed since.</exception>
    public async Task<DeviceEcho> SetEchoAsync(string id, IReadOnlyList<EchoWish> wishes, string? etag = null, CancellationToken cancellationToken = default) =>
        (await _transport.SendAsync(HttpMethod.Put, EchoOf(id), () => RestTransport.Json(new EchoRequest(wishes)), cancellationToken, ifMatch: etag).ConfigureAwait(false)).Read<DeviceEcho>();

    /// <summary>Forgets what a device has reported and what is wanted of it.</summary>
    public Task DeleteEchoAsync(string id, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, EchoOf(id), null, cancellationToken);

    /// <summary>All that match as CSV, or as a JSON array, written as it comes.</summary>
    public Task ExportAsync(Stream destination, bool asJson = false, Filter? filter = null, CancellationToken cancellationToken = default) =>
        _transport.CopyAsync($"{Path}/export.{(asJson ? "json" : "csv")}?{filter}", destination, cancellationToken);

    /// <summary>Changes many devices by a file: CSV with a line of names, or a JSON array. Rows that are right are done, the others are told.</summary>
    /// <param name="file">The file, read to its end.</param>
    /// <param name="isJson">It is JSON.</param>
    /// <param name="isPreview">Tell only what would be changed.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<DeviceImport> ImportAsync(Stream file, bool isJson = false, bool isPreview = false, CancellationToken cancellationToken = default)
    {
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        byte[] bytes = copy.ToArray();
        return (await _transport.SendAsync(
            HttpMethod.Post,
            $"{Path}/import{(isPreview ? "?preview=true" : "")}",
            () => new ByteArrayContent(bytes) { Headers = { ContentType = new(isJson ? "application/json" : "text/csv") } },
            cancellationToken).ConfigureAwait(false)).Read<DeviceImport>();
    }

    private static string EchoOf(string id) => $"{Path}/{Paging.Segment(id)}/echo";

    private Task<RestAnswer> SwitchAsync(string id, string what, string? category, string? description, CancellationToken cancellationToken) =>
        _transport.SendAsync(HttpMethod.Post, $"{Path}/{Paging.Segment(id)}/{what}", () => RestTransport.Json(new SuspendRequest { Category = category, Description = description }), cancellationToken);
}
