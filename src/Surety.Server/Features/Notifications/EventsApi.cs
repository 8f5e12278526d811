using Microsoft.AspNetCore.Http.HttpResults;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Notifications.Kafka;
using Surety.Server.Features.Notifications.Streams;
using Surety.Server.Features.PolicyGroups.Policies;
using Surety.Server.Hosting.Settings;

namespace Surety.Server.Features.Notifications;

/// <summary>The channels that Pelion has not: <c>/v3/events</c>.</summary>
internal static class EventsApi
{
    private const string Tag = "Events";
    private const string JsonType = "application/json";
    private const string StreamType = "text/event-stream";

    public static void MapEventsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v3/events").AtChannel().OfFeature(PlatformFeatures.Notifications).WithTags(Tag);
        group.MapGet("/stream", StreamAsync).UsingChannel().WithName("streamEvents").WithSummary("Get events as Server-Sent Events.")
            .WithDescription("Each message is an envelope of the same form as with other channels. Its id, sent back as Last-Event-ID, goes on behind it.")
            .Produces<string>(200, StreamType).WithErrors(400, 401, 410);
        group.MapPut("/stream", SetStreamAsync).UsingChannel().WithName("registerEventStream").WithSummary("Say how the event stream writes.")
            .Accepts<RegisterWebsocketChannel>(isOptional: true, JsonType).Produces(204).WithErrors(400, 401, 413, 415);
        group.MapDelete("/stream", DeleteStreamAsync).WithName("deleteEventStream").WithSummary("Delete the event stream's channel.")
            .Produces(204).WithErrors(401, 404);

        group.MapGet("/kafka", GetKafka).WithName("getKafkaChannel").WithSummary("Get the Kafka channel.")
            .Produces<KafkaChannel>().WithErrors(401, 404);
        group.MapPut("/kafka", SetKafkaAsync).UsingChannel().WithName("registerKafkaChannel").WithSummary("Have events delivered to a Kafka topic.")
            .Produces(204).WithErrors(400, 401, 413, 415);
        group.MapDelete("/kafka", DeleteKafkaAsync).WithName("deleteKafkaChannel").WithSummary("Delete the Kafka channel.")
            .Produces(204).WithErrors(401, 404);
    }

    private static async Task<EmptyHttpResult> StreamAsync(
        HttpContext context, Caller caller, NotificationService service, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        var channel = await service.OpenStreamAsync(caller, context.RequestAborted);
        var response = context.Response;
        response.ContentType = StreamType;
        response.Headers.CacheControl = "no-store";
        // nginx collects what it passes on, unless it is told.
        response.Headers["X-Accel-Buffering"] = "no";
        using var any = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, channel.Ending, lifetime.ApplicationStopping);
        using var stream = new EventStream(channel, response, time, any.Token);
        if (channel.ExchangeStream(stream) is { } older)
        {
            older.End();
            await older.Completed;
        }

        try
        {
            await stream.RunAsync(context.Request.Headers["Last-Event-ID"]);
        }
        finally
        {
            channel.ReleaseStream(stream);
            channel.Use(time.GetUtcNow());
        }

        return TypedResults.Empty;
    }

    private static async Task<NoContent> SetStreamAsync(HttpContext context, Caller caller, NotificationService service, CancellationToken cancellationToken)
    {
        await service.SetStreamAsync(caller, await NotificationApi.ReadSerializationAsync(context), cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<IResult> DeleteStreamAsync(Caller caller, NotificationService service, CancellationToken cancellationToken) =>
        NotificationApi.DeleteAsync(caller, ChannelType.EventStream, service, cancellationToken);

    private static Ok<KafkaChannel> GetKafka(Caller caller, NotificationService service) =>
        service.Find(caller, ChannelType.Kafka)?.Settings is { Kafka: { } target } settings
            ? TypedResults.Ok(target.ToChannel(settings.Serialization))
            : throw ChannelErrors.NoChannel();

    private static async Task<NoContent> SetKafkaAsync(
        Caller caller, JsonBody<KafkaChannel> body, SuretySettings settings, NotificationService service, CancellationToken cancellationToken)
    {
        if (!KafkaTarget.TryCreate(body.Value, settings.Notifications.KafkaServers, out var target, out var reason))
            throw ApiException.Malformed(reason);
        await service.SetKafkaAsync(caller, target, body.Value.Serialization, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<IResult> DeleteKafkaAsync(Caller caller, NotificationService service, CancellationToken cancellationToken) =>
        NotificationApi.DeleteAsync(caller, ChannelType.Kafka, service, cancellationToken);
}
