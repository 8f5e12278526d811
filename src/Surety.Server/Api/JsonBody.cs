using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Surety.Server.Api;

/// <summary>
/// A JSON request body that has been read and validated by the attributes of <typeparamref name="T"/>. What is wrong with it is answered
/// with 400 and the names of the members, before the handler runs.
/// </summary>
internal sealed class JsonBody<T> : IBindableFromHttpContext<JsonBody<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    private const string MediaType = "application/json";

    private JsonBody(T value) => Value = value;

    /// <summary>The body; never null, and valid.</summary>
    public T Value { get; }

    /// <exception cref="ApiException">400 or 415.</exception>
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!IsJson(context.Request))
            throw ApiException.UnsupportedMediaType(MediaType);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            throw ApiException.Malformed("The body is empty; send a JSON object.");
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        T? value;
        try
        {
            value = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, options, context.RequestAborted);
        }
        catch (JsonException error)
        {
            throw JsonErrors.Explain(error, options.GetTypeInfo(typeof(T)));
        }

        if (value is null)
            throw ApiException.Malformed("The body must be a JSON object, not null.");
        RequestValidator.Validate(value, options.GetTypeInfo(typeof(T)));
        return new JsonBody<T>(value);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata([MediaType], typeof(T)));
        foreach (var status in (ReadOnlySpan<int>)[StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType])
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ErrorResponse), [MediaType]));
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
