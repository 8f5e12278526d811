namespace Surety.Client;

/// <summary>The enrollments of the account. (<c>/v3/device-enrollments</c>)</summary>
public sealed class EnrollmentCollection
{
    private const string Path = "v3/device-enrollments";
    private const string Uploads = "v3/device-enrollments-bulk-uploads", Deletes = "v3/device-enrollments-bulk-deletes";
    private readonly RestTransport _transport;

    internal EnrollmentCollection(RestTransport transport) => _transport = transport;

    /// <summary>All that match, page by page as they are wanted.</summary>
    public IAsyncEnumerable<Enrollment> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Paging.ListAsync<Enrollment>(_transport, Path, options, item => item.Id, cancellationToken);

    /// <summary>How many match.</summary>
    public Task<long> CountAsync(Filter? filter = null, CancellationToken cancellationToken = default) => Paging.CountAsync<Enrollment>(_transport, Path, filter, cancellationToken);

    /// <summary>The enrollment with an id.</summary>
    /// <exception cref="SuretyException">404: there is none.</exception>
    public Task<Enrollment> GetAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<Enrollment>($"{Path}/{Paging.Segment(id)}", cancellationToken);

    /// <summary>Deletes an enrollment.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _transport.SendAsync(HttpMethod.Delete, $"{Path}/{Paging.Segment(id)}", null, cancellationToken);

    /// <summary>Claims a device that has not come yet.</summary>
    /// <param name="identity"><c>A-</c> and the SHA-256 fingerprint of the device's certificate, bytes in capitals with colons.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<Enrollment> CreateAsync(string identity, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<EnrollmentRequest, Enrollment>(HttpMethod.Post, Path, new(identity), cancellationToken);

    /// <summary>Gives a file of identities to the platform, which claims them in the background; ask with <see cref="GetUploadAsync"/>.</summary>
    /// <param name="csv">CSV with the heading <c>enrollment_identity</c>. It is read to its end.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<BulkEnrollment> UploadAsync(Stream csv, CancellationToken cancellationToken = default) => StartAsync(Uploads, csv, cancellationToken);

    /// <summary>Has the claims of a file deleted in the background; ask with <see cref="GetBulkDeleteAsync"/>.</summary>
    /// <param name="csv">CSV with the heading <c>enrollment_identity</c>. It is read to its end.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<BulkEnrollment> DeleteManyAsync(Stream csv, CancellationToken cancellationToken = default) => StartAsync(Deletes, csv, cancellationToken);

    /// <summary>How far the platform is with a file of claims to delete.</summary>
    public Task<BulkEnrollment> GetBulkDeleteAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<BulkEnrollment>($"{Deletes}/{Paging.Segment(id)}", cancellationToken);

    /// <summary>Which identities of a file of claims to delete were refused and why, CSV. Only when the job has ended.</summary>
    public Task<string> GetBulkDeleteErrorsAsync(string id, CancellationToken cancellationToken = default) => GetErrorsAsync(Deletes, id, cancellationToken);

    private async Task<BulkEnrollment> StartAsync(string path, Stream csv, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await csv.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        byte[] bytes = copy.ToArray();
        return (await _transport.SendAsync(
            HttpMethod.Post,
            path,
            () => new MultipartFormDataContent { { new ByteArrayContent(bytes) { Headers = { ContentType = new("text/csv") } }, "enrollment_identities", "enrollments.csv" } },
            cancellationToken).ConfigureAwait(false)).Read<BulkEnrollment>();
    }

    /// <summary>How far the platform is with a file.</summary>
    public Task<BulkEnrollment> GetUploadAsync(string id, CancellationToken cancellationToken = default) => _transport.GetAsync<BulkEnrollment>($"{Uploads}/{Paging.Segment(id)}", cancellationToken);

    /// <summary>Which identities of a file were refused and why, CSV. Only when the job has ended.</summary>
    public Task<string> GetUploadErrorsAsync(string id, CancellationToken cancellationToken = default) => GetErrorsAsync(Uploads, id, cancellationToken);

    private async Task<string> GetErrorsAsync(string path, string id, CancellationToken cancellationToken) =>
        (await _transport.SendAsync(HttpMethod.Get, $"{path}/{Paging.Segment(id)}/errors_report.csv", null, cancellationToken).ConfigureAwait(false)).Text;
}
