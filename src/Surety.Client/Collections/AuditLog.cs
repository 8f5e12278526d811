namespace Surety.Client;

/// <summary>Who has changed what in the account. (<c>/v3/audit-log</c>)</summary>
public sealed class AuditLog
{
    private const string Path = "v3/audit-log";
    private readonly RestTransport _transport;

    internal AuditLog(RestTransport transport) => _transport = transport;

    /// <summary>All that match, page by page as they are wanted.</summary>
    public IAsyncEnumerable<AuditEntry> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<AuditEntry>(_transport, Path, options, item => item.Id, cancellationToken);

    /// <summary>The entry with an id.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<AuditEntry> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<AuditEntry>($"{Path}/{Paging.Segment(id)}", cancellationToken);

    /// <summary>All that match as CSV, written as it comes.</summary>
    public Task ExportAsync(Stream destination, Filter? filter = null, CancellationToken cancellationToken = default) =>
        _transport.CopyAsync($"{Path}/export?{filter}", destination, cancellationToken);
}
