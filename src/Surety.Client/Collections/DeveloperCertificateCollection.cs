namespace Surety.Client;

/// <summary>Certificates for devices of the laboratory. (<c>/v3/developer-certificates</c>)</summary>
public sealed class DeveloperCertificateCollection
{
    private const string Path = "v3/developer-certificates";

    private readonly RestTransport _transport;

    internal DeveloperCertificateCollection(RestTransport transport) => _transport = transport;

    /// <summary>Makes one, with its key.</summary>
    public Task<DeveloperCertificate> CreateAsync(DeveloperCertificateRequest request, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<DeveloperCertificateRequest, DeveloperCertificate>(HttpMethod.Post, Path, request, cancellationToken);

    /// <summary>One that was made before; the id is also that of its trusted certificate.</summary>
    public Task<DeveloperCertificate> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<DeveloperCertificate>($"{Path}/{Paging.Segment(id)}", cancellationToken);
}
