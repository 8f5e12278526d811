using Microsoft.OpenApi;
using Surety.Server.Api;

namespace Surety.Server.Features.Branding;

/// <summary>Reads an image out of a request, bounded; and describes the two forms in which it comes.</summary>
internal static class ImageUpload
{
    private const string FormField = "image";
    private const string FormType = "multipart/form-data";
    private const int Overhead = 16 * 1024;

    /// <summary>The body is the image.</summary>
    /// <exception cref="ApiException">413 or 415.</exception>
    public static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentType is not (ImageContent.Png or ImageContent.Jpeg))
            throw ApiException.UnsupportedMediaType($"{ImageContent.Png} or {ImageContent.Jpeg}");
        return await ReadAsync(request.Body, request.HttpContext.RequestAborted);
    }

    /// <summary>The image is a file of a form.</summary>
    /// <exception cref="ApiException">400, 413 or 415.</exception>
    public static async Task<byte[]> ReadFormAsync(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentType?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) != true)
            throw ApiException.UnsupportedMediaType(FormType);
        try
        {
            var form = await request.ReadFormAsync(new() { MultipartBodyLengthLimit = ImageContent.MaxSize + Overhead, ValueCountLimit = 16 }, request.HttpContext.RequestAborted);
            if (form.Files.GetFile(FormField) is not { } file)
                throw ApiException.Invalid(FormField, "is required: a file");
            await using var content = file.OpenReadStream();
            return await ReadAsync(content, request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw ApiException.Malformed($"The body is no form with a file of at most {ImageContent.MaxSize} bytes.");
        }
    }

    // Not with Accepts: a request of another type must still learn first that the account is not its own.
    public static RouteHandlerBuilder WithImageBody(this RouteHandlerBuilder endpoint) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        var image = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { [ImageContent.Png] = new() { Schema = image }, [ImageContent.Jpeg] = new() { Schema = image } },
        };
        return Task.CompletedTask;
    });

    /// <inheritdoc cref="WithImageBody"/>
    public static RouteHandlerBuilder WithImageForm(this RouteHandlerBuilder endpoint) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        var form = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { FormField },
            Properties = new Dictionary<string, IOpenApiSchema> { [FormField] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
        };
        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { [FormType] = new() { Schema = form } } };
        return Task.CompletedTask;
    });

    private static async Task<byte[]> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            if (content.Length + count > ImageContent.MaxSize)
                throw ApiException.Invalid(FormField, $"is too large: the limit is {ImageContent.MaxSize} bytes");
            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }
}
