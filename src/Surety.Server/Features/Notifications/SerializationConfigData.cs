using System.ComponentModel;
using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Notifications;

/// <summary>How a channel writes its envelopes.</summary>
internal sealed record SerializationConfigData
{
    private const string Version = "v2";

    [Description("The version of the envelope: v2.")]
    public string Type { get; init; } = Version;

    [Description("The most events in one delivery, 100 to 10000; 10000 when absent.")]
    [JsonConverter(typeof(LenientNumberConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxChunkSize { get; init; }

    [Description("What the envelopes include.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SerializationConfigObjectV2? Cfg { get; init; }

    /// <exception cref="ApiException">400: a value is out of range.</exception>
    public void Validate()
    {
        if (Type != Version)
            throw ApiException.Invalid("serialization.type", $"must be {Version}");
        if ((MaxChunkSize ?? Cfg?.MaxChunkSize) is < ChannelLimits.MinChunk or > ChannelLimits.MaxChunk)
            throw ApiException.Invalid("serialization.max_chunk_size", $"must be from {ChannelLimits.MinChunk} to {ChannelLimits.MaxChunk}");
    }

    public SerializationConfig ToConfig() => new(
        MaxChunkSize ?? Cfg?.MaxChunkSize ?? ChannelLimits.MaxChunk,
        Cfg?.DeregistrationsAsObject ?? false,
        Cfg?.IncludeUid ?? false,
        Cfg?.IncludeTimestamp ?? false,
        Cfg?.IncludeOriginalEp ?? false);
}
