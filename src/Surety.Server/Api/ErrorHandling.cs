using System.Data.Common;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Surety.Server.Api;

/// <summary>
/// Gives each request an id, and each failed request the error object: what a service throws, what routing, authentication and Kestrel
/// refuse, and what nobody foresaw, which is logged and never told.
/// </summary>
internal sealed partial class ErrorHandling(RequestDelegate next, EntityIdGenerator ids, ILogger<ErrorHandling> log)
{
    /// <summary>The response header with the id of the request.</summary>
    public const string RequestIdHeader = "X-Request-ID";

    // The client has gone; nginx's code, seen in logs only.
    private const int ClientClosedRequest = 499;
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    public async Task InvokeAsync(HttpContext context)
    {
        var requestId = ids.Next().ToString();
        context.TraceIdentifier = requestId;
        context.Response.Headers[RequestIdHeader] = requestId;
        using var scope = log.BeginScope(new RequestScope(requestId));
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
                await ErrorWriter.WriteAsync(context, context.Response.StatusCode);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            var answer = Translate(error, context);
            if (answer.Status == StatusCodes.Status500InternalServerError)
                LogUnhandled(error, context.Request.Method, context.Request.Path);
            context.Response.Clear();
            context.Response.Headers[RequestIdHeader] = requestId;
            await ErrorWriter.WriteAsync(context, answer);
        }
        catch (Exception error)
        {
            // Half an answer is out: only a broken connection tells the client that the rest is missing.
            LogUnhandled(error, context.Request.Method, context.Request.Path);
            context.Abort();
        }
    }

    /// <summary>What the caller is told of an exception.</summary>
    public static ApiException Translate(Exception error, HttpContext context) => error switch
    {
        ApiException known => known,
        DbUpdateException { InnerException: DbException inner } => Translate(inner, context),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiException.TooLarge(
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0),
        BadHttpRequestException bad => new ApiException(bad.StatusCode, ErrorTypes.ForStatus(bad.StatusCode), bad.Message),
        // Entity Framework wraps what may pass when it is tried again.
        InvalidOperationException { InnerException: DbUpdateException or DbException { IsTransient: true } } wrapped => Translate(wrapped.InnerException!, context),
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } or DbException { IsTransient: true } => new ApiException(
            StatusCodes.Status503ServiceUnavailable, ErrorTypes.SystemUnavailable, "The database is busy; try again."),
        _ => new ApiException(
            StatusCodes.Status500InternalServerError,
            ErrorTypes.InternalServerError,
            "Something went wrong on the server; the log has the reason under this request id."),
    };

    [LoggerMessage(1003, LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogUnhandled(Exception error, string method, string path);
}
