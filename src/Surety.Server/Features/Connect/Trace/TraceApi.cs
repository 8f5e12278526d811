using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.PolicyGroups.Policies;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Surety.Server.Features.Connect;

/// <summary>How a device is connected, and its messages as they come and go: <c>/v3/devices/{device_id}/connection</c> and <c>/trace</c>.</summary>
internal static class TraceApi
{
    private const string DeviceParameter = "device_id";
    private const string DeviceMeaning = "The ID of the device.";
    private const string StreamType = "text/event-stream";

    // Proxies end what is silent for a minute.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    private static readonly byte[] Comment = ":\n\n"u8.ToArray();
    private static readonly byte[] Data = "data: "u8.ToArray();
    private static readonly byte[] EndOfEvent = "\n\n"u8.ToArray();

    public static IServiceCollection AddDeviceTraces(this IServiceCollection services) => services.AddSingleton<DeviceTraces>();

    public static void MapTraceApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v3/devices/{device_id}").AtDevice(DeviceParameter).OfFeature(PlatformFeatures.Endpoints).WithTags("Connect - connection of a device");
        group.MapGet("/connection", GetAsync).WithName("getDeviceConnection").WithSummary("Get how a device is connected.").WithErrors(401, 404);
        group.MapGet("/trace", TraceAsync).WithName("traceDevice").WithSummary("Watch the messages of a device as Server-Sent Events.")
            .WithDescription("Each event is a CoAP message: who sent it, its code, options and payload in words, and the datagram itself for a capture. What a bootstrap writes is withheld, because it holds keys.")
            .Produces<string>(200, StreamType).WithErrors(401, 404, 429);
    }

    private static Task<DeviceConnection> GetAsync(
        Caller caller, [FromRoute(Name = DeviceParameter), Description(DeviceMeaning)] string deviceId, DeviceTraces traces, CancellationToken cancellationToken) =>
        traces.GetConnectionAsync(caller.AccountId, deviceId, cancellationToken);

    private static async Task<EmptyHttpResult> TraceAsync(
        HttpContext context,
        Caller caller,
        [FromRoute(Name = DeviceParameter), Description(DeviceMeaning)] string deviceId,
        DeviceTraces traces,
        IOptions<JsonOptions> json,
        IHostApplicationLifetime lifetime,
        TimeProvider time)
    {
        var trace = await traces.BeginAsync(caller.AccountId, deviceId, context.RequestAborted);
        try
        {
            var response = context.Response;
            response.ContentType = StreamType;
            response.Headers.CacheControl = "no-store";
            // nginx collects what it passes on, unless it is told.
            response.Headers["X-Accel-Buffering"] = "no";
            using var any = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await WriteAsync(trace, response.Body, json.Value.SerializerOptions, time, any.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader went, or the server goes.
        }
        finally
        {
            traces.End(trace);
        }

        return TypedResults.Empty;
    }

    private static async Task WriteAsync(DeviceTrace trace, Stream body, JsonSerializerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        // The reader knows that it watches, before there is anything to see.
        await CommentAsync();
        while (true)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var waiting = trace.Lines.WaitToReadAsync(silence.Token).AsTask();
            if (await Task.WhenAny(waiting, Task.Delay(KeepAlive, time, silence.Token)) != waiting)
            {
                await silence.CancelAsync();
                await CommentAsync();
                continue;
            }

            await waiting;
            await silence.CancelAsync();
            while (trace.Lines.TryRead(out var line))
            {
                // JSON is one line, as a field of an event must be.
                await body.WriteAsync(Data, cancellationToken);
                await JsonSerializer.SerializeAsync(body, line, options, cancellationToken);
                await body.WriteAsync(EndOfEvent, cancellationToken);
            }

            await body.FlushAsync(cancellationToken);
        }

        async Task CommentAsync()
        {
            await body.WriteAsync(Comment, cancellationToken);
            await body.FlushAsync(cancellationToken);
        }
    }
}
