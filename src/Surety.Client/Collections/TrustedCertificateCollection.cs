namespace Surety.Client;

/// <summary>The trusted certificates of the account. (<c>/v3/trusted-certificates</c>)</summary>
public sealed class TrustedCertificateCollection
{
    private const string Path = "v3/trusted-certificates";
    private readonly RestTransport _transport;

    internal TrustedCertificateCollection(RestTransport transport) => _transport = transport;

    /// <summary>All that match, page by page as they are wanted.</summary>
    public IAsyncEnumerable<TrustedCertificate> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<TrustedCertificate>(_transport, Path, options, item => item.Id, cancellationToken);

    /// <summary>How many match.</summary>
    public Task<long> CountAsync(Filter? filter = null, CancellationToken cancellationToken = default) => Paging.CountAsync<TrustedCertificate>(_transport, Path, filter, cancellationToken);

    /// <summary>The trusted certificate with an id.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<TrustedCertificate> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<TrustedCertificate>($"{Path}/{Paging.Segment(id)}", cancellationToken);

    /// <summary>Makes a trusted certificate.</summary>
    /// <exception cref="SuretyException">400 with the members that are wrong, or 409: there is one already.</exception>
    public Task<TrustedCertificate> CreateAsync(TrustedCertificateRequest request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<TrustedCertificateRequest, TrustedCertificate>(HttpMethod.Post, Path, request, cancellationToken);

    /// <summary>Changes the members that are not null.</summary>
    public Task<TrustedCertificate> UpdateAsync(string id, TrustedCertificateRequest request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<TrustedCertificateRequest, TrustedCertificate>(HttpMethod.Put, $"{Path}/{Paging.Segment(id)}", request, cancellationToken);

    /// <summary>Deletes a trusted certificate.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, $"{Path}/{Paging.Segment(id)}", null, cancellationToken);
}
