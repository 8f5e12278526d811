namespace Surety.Server.Features.Notifications;

/// <summary>How a channel writes its envelopes. (connect, SerializationConfigData and SerializationConfigObjectV2.)</summary>
/// <param name="MaxChunkSize">Events of one delivery at most.</param>
/// <param name="DeregistrationsAsObject">De-registrations are objects instead of device ids.</param>
/// <param name="IncludeUid">Each event has an id, the same when it is delivered again.</param>
/// <param name="IncludeTimestamp">Each event has the time at which it came, in Unix milliseconds.</param>
/// <param name="IncludeOriginalEp">Each event has the device's endpoint name.</param>
internal sealed record SerializationConfig(
    int MaxChunkSize = ChannelLimits.MaxChunk,
    bool DeregistrationsAsObject = false,
    bool IncludeUid = false,
    bool IncludeTimestamp = false,
    bool IncludeOriginalEp = false)
{
    public static readonly SerializationConfig Default = new();
}
