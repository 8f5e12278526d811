using Surety.Server.Api;

namespace Surety.Server.Features.Notifications;

/// <summary>The failures of channels. Pelion answers them without a body, so there are no words to begin with. (connect, "Endpoints".)</summary>
internal static class ChannelErrors
{
    public static ApiException NoChannel() => new(
        StatusCodes.Status404NotFound, ErrorTypes.NotFound, "This API key has no such channel.");

    public static ApiException OtherType(ChannelType present) => ApiException.Malformed(
        $"This API key has a channel of another type, {Name(present)}; delete it first.");

    public static ApiException AlreadyPolled() => new(
        StatusCodes.Status409Conflict, ErrorTypes.Duplicate, "Another request polls this channel; one at a time.");

    public static ApiException Deleted() => new(
        StatusCodes.Status410Gone, ErrorTypes.NotFound, "CHANNEL_DELETED: the channel was deleted while it was polled.");

    private static string Name(ChannelType type) => type switch
    {
        ChannelType.Webhook => "a webhook (DELETE /v2/notification/callback)",
        ChannelType.Websocket => "a websocket (DELETE /v2/notification/websocket)",
        ChannelType.EventStream => "an event stream (DELETE /v3/events/stream)",
        ChannelType.Kafka => "a Kafka topic (DELETE /v3/events/kafka)",
        _ => "a long poll (DELETE /v2/notification/pull)",
    };
}
