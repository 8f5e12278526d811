using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Surety.Server.Features.Notifications;

/// <summary>What a websocket channel can be asked for.</summary>
internal sealed record RegisterWebsocketChannel
{
    [Description("How events are written.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SerializationConfigData? Serialization { get; init; }
}
