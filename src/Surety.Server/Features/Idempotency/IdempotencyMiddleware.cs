using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.Idempotency;

/// <summary>
/// A POST with the header <c>Idempotency-Key</c> has one effect, however often it is sent: the first one runs, also when its client goes away, and its
/// answer is kept for those that come after. Stands behind authentication.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, IdempotencyStore store)
{
    /// <summary>Marks an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    // Larger answers are given once: no POST of the API has one.
    private const int MaxAnswer = 262_144;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.GetEndpoint() is null || context.Features.Get<Caller>() is not { } caller
            || IdempotencyKey.Of(context.Request) is not { } key)
        {
            await next(context);
            return;
        }

        var body = await ReadBodyAsync(context);
        var (taken, answer) = await store.BeginAsync(caller, key, Fingerprint(context.Request, body), context.RequestAborted);
        if (answer is not null)
            await ReplayAsync(context, answer);
        else
            await RunAsync(context, caller, taken!.Value, body);
    }

    private async Task RunAsync(HttpContext context, Caller caller, EntityId id, MemoryStream body)
    {
        // It runs to its end whether its client waits or not: a client that comes back is to find the answer.
        var aborted = context.RequestAborted;
        context.RequestAborted = CancellationToken.None;
        context.Request.Body = body;
        var response = context.Response.Body;
        using var written = new MemoryStream();
        context.Response.Body = written;
        try
        {
            var failure = await TryRunAsync(context);
            if (HasEffect(context.Response.StatusCode))
                await store.CompleteAsync(caller, id, AnswerOf(context, written));
            else
                await store.FreeAsync(caller, id);
            failure?.Throw();
        }
        finally
        {
            context.Response.Body = response;
            context.RequestAborted = aborted;
        }

        written.Position = 0;
        await written.CopyToAsync(response, aborted);
    }

    /// <summary>Runs the request and writes its answer, also that of a failure.</summary>
    /// <returns>What nobody foresaw, for the log.</returns>
    private async Task<ExceptionDispatchInfo?> TryRunAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, ContentType: null, ContentLength: null })
                await ErrorWriter.WriteAsync(context, context.Response.StatusCode);
            return null;
        }
        catch (Exception error)
        {
            await ErrorWriter.WriteAsync(context, ErrorHandling.Translate(error, context));
            return error is ApiException ? null : ExceptionDispatchInfo.Capture(error);
        }
    }

    // What was refused for now may be tried again with the same key.
    private static bool HasEffect(int status) => status is not (StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable);

    private static IdempotentAnswer AnswerOf(HttpContext context, MemoryStream written) => new(
        context.Response.StatusCode, context.TraceIdentifier, context.Response.ContentType, context.Response.Headers.Location, written.Length <= MaxAnswer ? written.ToArray() : null);

    private static async Task ReplayAsync(HttpContext context, IdempotentAnswer answer)
    {
        if (answer.Body is null)
        {
            throw new ApiException(
                StatusCodes.Status409Conflict, ErrorTypes.Duplicate, $"The request was done, with status {answer.Status}; its answer was too large to be kept.");
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers[ErrorHandling.RequestIdHeader] = answer.RequestId;
        response.Headers[ReplayedHeader] = "true";
        if (answer.Location is { } location)
            response.Headers.Location = location;
        if (answer.ContentType is { } type)
            response.ContentType = type;
        if (answer.Body.Length > 0)
            await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    // In memory, never in a file: it may hold secrets. Kestrel refuses what is larger than a body may be.
    private static async Task<MemoryStream> ReadBodyAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        return body;
    }

    private static byte[] Fingerprint(HttpRequest request, MemoryStream body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, request.Path.Value);
        Append(hash, request.QueryString.Value);
        Append(hash, request.ContentType);
        hash.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
