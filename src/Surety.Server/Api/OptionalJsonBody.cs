using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Surety.Server.Api;

/// <summary>A <see cref="JsonBody{T}"/> that may be left out.</summary>
internal sealed class OptionalJsonBody<T> : IBindableFromHttpContext<OptionalJsonBody<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    private OptionalJsonBody(T? value) => Value = value;

    /// <summary>The body, valid; null when there is none.</summary>
    public T? Value { get; }

    /// <exception cref="ApiException">400 or 415.</exception>
    public static async ValueTask<OptionalJsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (context.Request.ContentLength == 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return new OptionalJsonBody<T>(null);
        return new OptionalJsonBody<T>((await JsonBody<T>.BindAsync(context, parameter))!.Value);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        JsonBody<T>.PopulateMetadata(parameter, builder);
        for (var index = 0; index < builder.Metadata.Count; index++)
        {
            if (builder.Metadata[index] is AcceptsMetadata accepts)
                builder.Metadata[index] = new AcceptsMetadata([.. accepts.ContentTypes], accepts.RequestType, isOptional: true);
        }
    }
}
