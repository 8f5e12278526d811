using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Surety.Server.Features.Notifications;

/// <summary>What a channel's envelopes include.</summary>
internal sealed record SerializationConfigObjectV2
{
    [Description("De-registrations and expired registrations are objects instead of device IDs.")]
    [JsonConverter(typeof(LenientSwitchConverter))]
    public bool DeregistrationsAsObject { get; init; }

    [Description("Events have the endpoint name of the device.")]
    [JsonConverter(typeof(LenientSwitchConverter))]
    public bool IncludeOriginalEp { get; init; }

    [Description("Events have the time at which they came, in milliseconds since 1970.")]
    [JsonConverter(typeof(LenientSwitchConverter))]
    public bool IncludeTimestamp { get; init; }

    [Description("Events have an ID, the same when they are delivered again.")]
    [JsonConverter(typeof(LenientSwitchConverter))]
    public bool IncludeUid { get; init; }

    // Pelion's connector for Kafka sends it here. (pelion-clients, "Endpoints per test library".)
    [JsonConverter(typeof(LenientNumberConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxChunkSize { get; init; }
}
