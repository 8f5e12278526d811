using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace Surety.Server.Features.Cluster;

/// <summary>What nodes ask of each other, below <c>/internal</c>. Who is no node gets the answer of a page that is not there.</summary>
internal static class InternalApi
{
    /// <summary>The longest body: a batch of events has less than 2 MiB, and one event at most 4.</summary>
    public const int MaxBody = 8 * 1024 * 1024;

    /// <summary>Maps a request of nodes, whose body the handler is given when the proof is right.</summary>
    public static void MapInternal(this IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, byte[], Task<IResult>> handler) =>
        routes.MapMethods(pattern, [method], context => RunAsync(context, handler)).AllowAnonymous().ExcludeFromDescription();

    private static async Task RunAsync(HttpContext context, Func<HttpContext, byte[], Task<IResult>> handler)
    {
        var isGenuine = context.RequestServices.GetRequiredService<SignedRequests>().IsGenuine(
            context.Request.Headers[ClusterSecret.Header], context.Request.Method, context.Request.GetEncodedPathAndQuery(), out var digest);
        if (!isGenuine)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBody;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.ToArray();
        if (SignedRequests.Digest(bytes) != digest)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await (await handler(context, bytes)).ExecuteAsync(context);
    }
}
