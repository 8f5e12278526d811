using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Surety.Server.Features.Notifications;

/// <summary>A websocket channel.</summary>
internal sealed record WebsocketChannel
{
    [Description("Events that wait to be delivered.")]
    public required long QueueSize { get; init; }

    [Description("connected while there is a websocket, otherwise disconnected.")]
    public required string Status { get; init; }

    [Description("How events are written.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SerializationConfigData? Serialization { get; init; }
}
