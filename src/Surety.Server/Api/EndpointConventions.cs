using Surety.Server.Api.Filters;

namespace Surety.Server.Api;

/// <summary>What an endpoint tells the OpenAPI document beyond its signature.</summary>
internal static class EndpointConventions
{
    /// <summary>States that the endpoint can answer with the error object and these statuses.</summary>
    public static RouteHandlerBuilder WithErrors(this RouteHandlerBuilder endpoint, params IReadOnlyList<int> statuses)
    {
        foreach (var status in statuses)
            endpoint.Produces<ErrorResponse>(status);
        return endpoint;
    }

    /// <summary>
    /// Has the endpoint's errors in the variant of the certificate services: <c>fields</c> is always there, and its items have <c>field</c>, too.
    /// (Pelion conventions, "Error envelope".)
    /// </summary>
    public static T WithFieldErrors<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new FieldErrors());

    /// <summary>States that the endpoint takes the parameters of a list, and these filters.</summary>
    public static RouteHandlerBuilder WithListParameters(this RouteHandlerBuilder endpoint, IFilterDescriptions filters) =>
        endpoint.WithMetadata(new ListParameters(filters));

    /// <summary>Metadata: see <see cref="WithFieldErrors"/>.</summary>
    internal sealed record FieldErrors;

    /// <summary>Metadata: the endpoint is a list.</summary>
    internal sealed record ListParameters(IFilterDescriptions Filters);
}
