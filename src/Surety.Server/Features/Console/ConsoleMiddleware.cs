using Microsoft.Net.Http.Headers;
using Surety.Server.Api;

namespace Surety.Server.Features.Console;

/// <summary>
/// Serves the Management Console below <c>/console</c>, and leads there from <c>/</c>. It stands before authentication: the files are the same for
/// everybody, and what they show comes by the REST API.
/// </summary>
internal sealed class ConsoleMiddleware(RequestDelegate next, ConsoleFiles files)
{
    private const string Root = "/console";
    private const string AssetsFolder = "assets/";

    public Task InvokeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (files.Index is null || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            return next(context);
        if (request.Path == "/" || request.Path == Root)
        {
            response.Redirect(request.PathBase + Root + "/");
            return Task.CompletedTask;
        }

        if (!request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out var rest))
            return next(context);
        var path = rest.Value!.TrimStart('/');
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
        if (files.Find(path) is { } file)
            return SendAsync(context, path, file);
        // A route of the console has no ending; a file that is not there is one of another version.
        return Path.HasExtension(path) || path.StartsWith(AssetsFolder, StringComparison.Ordinal)
            ? ErrorWriter.WriteAsync(context, StatusCodes.Status404NotFound)
            : SendIndexAsync(context, files.Index);
    }

    private static async Task SendIndexAsync(HttpContext context, ConsoleIndex index)
    {
        var (page, policy) = index.Make();
        var response = context.Response;
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()";
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        if (HttpMethods.IsGet(context.Request.Method))
            await response.Body.WriteAsync(page, context.RequestAborted);
    }

    private static async Task SendAsync(HttpContext context, string path, ConsoleFile file)
    {
        var response = context.Response;
        // Assets have a hash of what they hold in their names.
        response.Headers.CacheControl = path.StartsWith(AssetsFolder, StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        response.ContentType = file.ContentType;
        var body = file.Plain;
        if (body is null)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
            var isBrotli = Accepts(context.Request, "br");
            if (!isBrotli && !Accepts(context.Request, "gzip"))
            {
                // RFC 9110, 12.5.3: who takes neither gets it as it is.
                await SendInflatedAsync(context, file.Gzip!.Value);
                return;
            }

            response.Headers.ContentEncoding = isBrotli ? "br" : "gzip";
            body = isBrotli ? file.Brotli : file.Gzip;
        }

        response.ContentLength = body!.Value.Length;
        if (HttpMethods.IsGet(context.Request.Method))
            await response.Body.WriteAsync(body.Value, context.RequestAborted);
    }

    private static async Task SendInflatedAsync(HttpContext context, ReadOnlyMemory<byte> gzip)
    {
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        using var source = new MemoryStream(gzip.ToArray(), writable: false);
        await using var inflated = new System.IO.Compression.GZipStream(source, System.IO.Compression.CompressionMode.Decompress);
        await inflated.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static bool Accepts(HttpRequest request, string encoding) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(item => item.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && item.Quality is null or > 0);
}
