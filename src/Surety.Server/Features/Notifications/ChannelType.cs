namespace Surety.Server.Features.Notifications;

/// <summary>How events reach an application. (connect, "Channels".)</summary>
internal enum ChannelType
{
    /// <summary>PUT requests to a URL of the application.</summary>
    Webhook = 1,

    /// <summary>Text frames on a websocket that the application opens.</summary>
    Websocket = 2,

    /// <summary>Answers to requests of the application that are held until there is something to tell.</summary>
    LongPoll = 3,

    /// <summary>Not known yet: the application has made requests to devices before it has a channel, and the answers wait for one.</summary>
    Implicit = 4,

    /// <summary>Server-Sent Events on a response that does not end. Not in Pelion.</summary>
    EventStream = 5,

    /// <summary>Messages to a topic of Kafka. Not in Pelion.</summary>
    Kafka = 6,
}
