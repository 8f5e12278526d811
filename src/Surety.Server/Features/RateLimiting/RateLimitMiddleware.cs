using System.Globalization;
using System.Net;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;

namespace Surety.Server.Features.RateLimiting;

/// <summary>Answers 429 with <c>Retry-After</c> to who calls too often; stands behind authentication, which refuses
/// wrong keys by itself where there are too many. Health checks are always answered.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimits limits)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<FailedAuthentication>() is { Wait: var wait }
            ? wait == TimeSpan.Zero
            : limits.TryTake(context.Features.Get<Caller>(), context.Connection.RemoteIpAddress ?? IPAddress.None, out wait))
        {
            return next(context);
        }

        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            return next(context);

        // Whole seconds, and never too early. (RFC 9110, 10.2.3.)
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ErrorWriter.WriteAsync(context, new ApiException(
            StatusCodes.Status429TooManyRequests,
            ErrorTypes.RateLimitExceeded,
            string.Create(CultureInfo.InvariantCulture, $"Too many requests; try again in {seconds} s.")));
    }
}
