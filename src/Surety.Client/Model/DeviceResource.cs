using System.Text.Json.Serialization;

namespace Surety.Client;

/// <summary>What a device has named when it registered. (<c>/v2/endpoints/{device-id}</c>)</summary>
/// <param name="Uri">The path, such as <c>/3303/0/5700</c>.</param>
/// <param name="Rt">The resource types, separated by spaces.</param>
/// <param name="Type">The content type.</param>
/// <param name="IsObservable">Whether it can be subscribed to.</param>
public sealed record DeviceResource(string Uri, string? Rt = null, string? Type = null, [property: JsonPropertyName("obs")] bool IsObservable = false);
