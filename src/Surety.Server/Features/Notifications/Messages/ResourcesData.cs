using System.Text.Json.Serialization;

namespace Surety.Server.Features.Notifications.Messages;

/// <summary>A resource that a device has registered.</summary>
internal sealed record ResourcesData(
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("rt")] string Rt,
    [property: JsonPropertyName("if")] string If,
    [property: JsonPropertyName("ct")] string Ct,
    [property: JsonPropertyName("obs")] bool Obs);
