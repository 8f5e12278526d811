namespace Surety.Server.Features.Notifications;

/// <summary>Bounds of channels. (connect, "Channels"; the sizes without a source are ours.)</summary>
internal static class ChannelLimits
{
    /// <summary>Bytes that wait in one channel; above this the oldest events go.</summary>
    public const long MaxQueue = 50_000_000;

    /// <summary>Bytes of one file of a queue: what goes at once when a queue is full.</summary>
    public const int Segment = 1024 * 1024;

    /// <summary>The longest event: a value of 1 MiB and its description, with room to spare.</summary>
    public const int MaxEvent = 4 * 1024 * 1024;

    /// <summary>Bytes of events of one channel that wait in memory while the disk takes nothing.</summary>
    public const int MaxUnwritten = 8 * 1024 * 1024;

    /// <summary>
    /// Bytes of JSON in one delivery, about; a single event may be larger. What common clients of websockets take by default is 1 MiB.
    /// </summary>
    public const int MaxDelivery = 768 * 1024;

    /// <summary>Events of one delivery: default and maximum of <c>max_chunk_size</c>, and its minimum.</summary>
    public const int MaxChunk = 10_000;

    public const int MinChunk = 100;

    /// <summary>How long an event waits to be delivered.</summary>
    public static readonly TimeSpan EventLifetime = TimeSpan.FromHours(24);

    /// <summary>A file of a queue takes events of this time, so that old events can go without the young ones.</summary>
    public static readonly TimeSpan SegmentTime = TimeSpan.FromHours(1);

    /// <summary>How long a request of a long poll is held. Proxies and clients commonly wait 30 s.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(25);

    /// <summary>A long-poll channel that nobody polls is removed.</summary>
    public static readonly TimeSpan PollExpiry = TimeSpan.FromMinutes(10);

    /// <summary>A websocket channel without a socket is removed.</summary>
    public static readonly TimeSpan SocketExpiry = TimeSpan.FromHours(24);

    /// <summary>A webhook that never answers is removed.</summary>
    public static readonly TimeSpan WebhookExpiry = TimeSpan.FromHours(24);

    /// <summary>How long a webhook may take to answer.</summary>
    public static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Characters of a webhook's URL and headers together.</summary>
    public const int MaxWebhook = 400;
}
