using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Surety.Server.Api;

namespace Surety.Server.Features.Enrollment;

/// <summary>The body of a bulk request: multipart/form-data with the file <c>enrollment_identities</c>, read as it comes.</summary>
internal sealed class IdentityFile : IBindableFromHttpContext<IdentityFile>, IEndpointParameterMetadataProvider
{
    /// <summary>Bytes of a file. (enrollment, "CSV of 10 MB".)</summary>
    public const long MaxFileSize = 10 * 1024 * 1024;

    private const string MediaType = "multipart/form-data";
    private const string Field = "enrollment_identities";

    // Boundaries, headers, and other fields that a form may have.
    private const long MaxBodySize = MaxFileSize + (64 * 1024);
    private const int MaxBoundaryLength = 70;

    private IdentityFile(IdentityCsv csv) => Csv = csv;

    /// <summary>The identities in the file.</summary>
    public IdentityCsv Csv { get; }

    /// <exception cref="ApiException">400, 413 or 415.</exception>
    public static async ValueTask<IdentityFile?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBodySize;
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
            throw ApiException.UnsupportedMediaType(MediaType);
        // RFC 2046, 5.1.1: a boundary has 1 to 70 characters.
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > MaxBoundaryLength)
            throw ApiException.Malformed("The Content-Type has no boundary of 1 to 70 characters.");
        try
        {
            return await ReadAsync(new MultipartReader(boundary, context.Request.Body), context.RequestAborted);
        }
        catch (InvalidDataException error)
        {
            throw ApiException.Malformed($"The body is not valid {MediaType}: {error.Message}");
        }
        catch (IOException error) when (error is not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested)
        {
            throw ApiException.Malformed($"The body is not valid {MediaType}: it ends too early.");
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata([MediaType], typeof(BulkForm)));
        foreach (var status in (ReadOnlySpan<int>)[StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType])
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ErrorResponse), ["application/json"]));
    }

    private static async Task<IdentityFile> ReadAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name) != Field)
            {
                continue;
            }

            try
            {
                return new IdentityFile(await IdentityCsv.ReadAsync(new BoundedStream(section.Body), cancellationToken));
            }
            catch (FormatException error)
            {
                throw ApiException.Invalid(Field, error.Message);
            }
        }

        throw ApiException.Invalid(Field, "is missing; send the CSV file under this name");
    }

    /// <summary>Ends the reading of a file that is too large.</summary>
    private sealed class BoundedStream(Stream stream) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            _read += count;
            return _read <= MaxFileSize ? count : throw ApiException.TooLarge(MaxFileSize);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
