using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Notifications.Kafka;
using Surety.Server.Features.Notifications.Messages;
using Surety.Server.Features.Notifications.Websockets;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Features.Notifications;

/// <summary>Channels of applications: <c>/v2/notification</c>. (connect, "Endpoints".)</summary>
internal static class NotificationApi
{
    private const string Tag = "Device data - notifications";

    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<NotificationHub>();
        services.AddSingleton<NotificationService>();
        services.AddSingleton<ChannelRows>();
        services.AddSingleton<WebhookAddresses>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<KafkaClient>();
        services.AddSingleton<LongPoll>();
        services.AddSingleton<WebSocketEndpoint>();
        services.AddHostedService<NotificationHost>();
        services.AddAuthenticationCore(options => options.AddScheme<WebSocketAuthentication>(WebSocketAuthentication.SchemeName, displayName: null));
        services.AddTransient<WebSocketAuthentication>();
        return services;
    }

    public static void MapNotificationsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v2/notification").AtChannel().OfFeature(PlatformFeatures.Notifications).WithTags(Tag);
        group.MapGet("/callback", GetWebhook).WithName("getWebhook").WithSummary("Check callback URL.")
            .Produces<Webhook>().WithErrors(401, 404);
        group.MapPut("/callback", SetWebhookAsync).UsingChannel().WithName("registerWebhook").WithSummary("Register a callback URL.")
            .Produces(204).WithErrors(400, 401, 413, 415);
        group.MapDelete("/callback", DeleteWebhookAsync).WithName("deregisterWebhook").WithSummary("Delete callback URL.")
            .Produces(204).WithErrors(401, 404);

        group.MapGet("/channel", GetChannel).WithName("getChannelMetadata").WithSummary("Get channel metadata.")
            .Produces<ChannelMetadata>().WithErrors(401, 404);

        group.MapGet("/pull", PollAsync).UsingChannel().WithName("longPollNotifications").WithSummary("Get notifications using Long Poll")
            .Produces<NotificationMessage>().Produces(204).WithErrors(400, 401, 409, 410);
        group.MapDelete("/pull", DeleteLongPollAsync).WithName("deleteLongPollChannel").WithSummary("Delete notification Long Poll channel.")
            .Produces<string>(200, TextType).WithErrors(401);

        group.MapGet("/websocket", GetWebsocket).WithName("getWebsocket").WithSummary("Get websocket channel information.")
            .Produces<WebsocketChannel>().WithErrors(401, 404);
        group.MapPut("/websocket", SetWebsocketAsync).UsingChannel().WithName("registerWebsocket").WithSummary("Register a websocket channel.")
            .Accepts<RegisterWebsocketChannel>(isOptional: true, JsonType)
            .Produces<RegisterWebsocketChannel>().Produces<WebsocketChannel>(201).WithErrors(400, 401, 413, 415);
        group.MapDelete("/websocket", DeleteWebsocketAsync).WithName("deleteWebsocket").WithSummary("Delete websocket channel.")
            .Produces(204).WithErrors(401, 404);
        group.MapGet("/websocket-connect", ConnectAsync).WithName("connectWebsocket").WithSummary("Open the websocket.")
            .RequireAuthorization(new AuthorizationPolicyBuilder(WebSocketAuthentication.SchemeName).RequireAuthenticatedUser().Build())
            .Produces(101).Produces(200).WithErrors(400, 401, 426, 429);
        routes.MapEventsApi();
    }

    private const string JsonType = "application/json";
    private const string TextType = "text/plain";

    private static Ok<Webhook> GetWebhook(Caller caller, NotificationService service) =>
        service.Find(caller, ChannelType.Webhook)?.Settings is { Webhook: { } target } settings
            ? TypedResults.Ok(new Webhook
            {
                Url = target.Text,
                Headers = target.Headers.ToDictionary(header => header.Key, header => (string?)header.Value),
                Serialization = settings.Serialization,
            })
            : throw ChannelErrors.NoChannel();

    private static async Task<NoContent> SetWebhookAsync(
        Caller caller, JsonBody<Webhook> body, NotificationService service, CancellationToken cancellationToken)
    {
        await service.SetWebhookAsync(caller, body.Value, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<IResult> DeleteWebhookAsync(Caller caller, NotificationService service, CancellationToken cancellationToken) =>
        DeleteAsync(caller, ChannelType.Webhook, service, cancellationToken);

    private static Ok<ChannelMetadata> GetChannel(Caller caller, NotificationService service) =>
        service.Describe(caller) is { } channel ? TypedResults.Ok(channel) : throw ChannelErrors.NoChannel();

    private static Task<IResult> PollAsync(HttpContext context, Caller caller, LongPoll polls, [FromQuery(Name = "noWait")] string? noWait = null) =>
        polls.RunAsync(context, caller, bool.TryParse(noWait, out var isSet) && isSet);

    private static async Task<IResult> DeleteLongPollAsync(Caller caller, NotificationService service, CancellationToken cancellationToken) =>
        TypedResults.Text(await service.DeleteAsync(caller, ChannelType.LongPoll, cancellationToken) ? "REMOVED" : "ALREADY_DELETED");

    private static Ok<WebsocketChannel> GetWebsocket(Caller caller, NotificationService service) =>
        service.Find(caller, ChannelType.Websocket) is { } channel ? TypedResults.Ok(Describe(channel)) : throw ChannelErrors.NoChannel();

    private static async Task<IResult> SetWebsocketAsync(
        HttpContext context, Caller caller, NotificationService service, CancellationToken cancellationToken)
    {
        var serialization = await ReadSerializationAsync(context);
        var (channel, isNew) = await service.SetWebsocketAsync(caller, serialization, cancellationToken);
        return isNew
            ? TypedResults.Created((string?)null, Describe(channel))
            : TypedResults.Ok(new RegisterWebsocketChannel { Serialization = channel.Settings.Serialization });
    }

    private static Task<IResult> DeleteWebsocketAsync(Caller caller, NotificationService service, CancellationToken cancellationToken) =>
        DeleteAsync(caller, ChannelType.Websocket, service, cancellationToken);

    private static Task<IResult> ConnectAsync(HttpContext context, Caller caller, WebSocketEndpoint sockets) => sockets.RunAsync(context, caller);

    internal static async Task<IResult> DeleteAsync(Caller caller, ChannelType type, NotificationService service, CancellationToken cancellationToken) =>
        await service.DeleteAsync(caller, type, cancellationToken) ? TypedResults.NoContent() : throw ChannelErrors.NoChannel();

    // Most clients send no body, some an empty one with any type.
    internal static async Task<SerializationConfigData?> ReadSerializationAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding"))
            return null;
        return (await JsonBody<RegisterWebsocketChannel>.BindAsync(context, null!))!.Value.Serialization;
    }

    private static WebsocketChannel Describe(LiveChannel channel) => new()
    {
        QueueSize = channel.Queue.Count,
        Status = channel.Socket is null ? "disconnected" : "connected",
        Serialization = channel.Settings.Serialization,
    };
}
