using System.Text.Json;
using System.Text.Json.Serialization;

namespace Surety.Client;

/// <summary>What a channel delivers. Every member may be absent or null.</summary>
internal sealed record NotificationMessage(
    [property: JsonPropertyName("notifications")] IReadOnlyList<NotificationData>? Notifications,
    [property: JsonPropertyName("registrations")] IReadOnlyList<EndpointData>? Registrations,
    [property: JsonPropertyName("reg-updates")] IReadOnlyList<EndpointData>? RegistrationUpdates,
    [property: JsonPropertyName("de-registrations")] IReadOnlyList<JsonElement>? Deregistrations,
    [property: JsonPropertyName("registrations-expired")] IReadOnlyList<JsonElement>? RegistrationsExpired,
    [property: JsonPropertyName("async-responses")] IReadOnlyList<AsyncResponse>? AsyncResponses);
