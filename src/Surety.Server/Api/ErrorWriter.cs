namespace Surety.Server.Api;

/// <summary>Writes the error object.</summary>
internal static class ErrorWriter
{
    /// <summary>Writes what <paramref name="error"/> says.</summary>
    public static Task WriteAsync(HttpContext context, ApiException error) =>
        WriteAsync(context, error.Status, error.Type, error.Message, error.Fields);

    /// <summary>Writes the error object of a status that routing, authentication or Kestrel has set.</summary>
    public static Task WriteAsync(HttpContext context, int status) =>
        WriteAsync(context, status, ErrorTypes.ForStatus(status), Message(context, status), null);

    private static async Task WriteAsync(HttpContext context, int status, string type, string message, IReadOnlyList<ErrorField>? fields)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<EndpointConventions.FieldErrors>() is not null)
            fields = [.. (fields ?? []).Select(field => field with { Field = field.Name })];
        context.Response.StatusCode = status;
        var error = new ErrorResponse { Code = status, Type = type, Message = message, RequestId = context.TraceIdentifier, Fields = fields };
        await context.Response.WriteAsJsonAsync(error, context.RequestAborted);
    }

    private static string Message(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => $"There is nothing at {ApiException.Shorten(context.Request.Path)}.",
        StatusCodes.Status405MethodNotAllowed =>
            $"{context.Request.Method} is not supported here; supported: {context.Response.Headers.Allow}.",
        StatusCodes.Status415UnsupportedMediaType => "The type of the body is not supported here; JSON needs Content-Type: application/json.",
        _ => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status) + ".",
    };
}
