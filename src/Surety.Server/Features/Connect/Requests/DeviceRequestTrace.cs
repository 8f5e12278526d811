using System.Diagnostics;
using Surety.Lwm2m.Server;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Connect;

/// <summary>
/// The span of each attempt to send a device request, in the trace of the REST call that asked for it (W3C Trace Context), also when it is sent
/// days later or after a restart.
/// </summary>
internal static class DeviceRequestTrace
{
    /// <summary>The <c>traceparent</c> of what this thread does; null without a trace.</summary>
    public static string? Parent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>The <c>tracestate</c> that belongs to it.</summary>
    public static string? State => Activity.Current?.TraceStateString;

    /// <summary>Begins the span of an attempt; null when nobody listens.</summary>
    public static Activity? Begin(DeviceRequestRecord record)
    {
        if (!Telemetry.Source.HasListeners())
            return null;
        // Whoever woke the queue has a trace of its own, which this does not belong to.
        Activity.Current = null;
        ActivityContext.TryParse(record.TraceParent, record.TraceState, isRemote: true, out var parent);
        var span = Telemetry.Source.StartActivity($"{record.Method} device", ActivityKind.Client, parent);
        span?.SetTag("surety.device.id", record.Device.ToString())
            .SetTag("surety.account.id", record.Account.ToString())
            .SetTag("surety.async_id", record.AsyncId)
            .SetTag("url.path", record.Uri);
        return span;
    }

    /// <summary>Says what the device answered.</summary>
    public static void End(Activity? span, DeviceResponse response)
    {
        span?.SetTag("coap.response.code", response.Code.ToString());
        span?.SetStatus(response.IsSuccess ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
    }

    /// <summary>Says why there is no answer.</summary>
    public static void End(Activity? span, Exception error) => span?.SetStatus(ActivityStatusCode.Error, error.Message);
}
